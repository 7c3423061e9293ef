using E3Gen.Tests;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

/// <summary>Files that tests/ReferenceData/pytorch/write.py wrote.</summary>
internal static class Fixtures
{
    public static string PathOf(string name) => ReferenceFile.PathOf(Path.Combine("pytorch", name + ".pt"));

    public static IEnumerable<string> All => Directory.GetFiles(ReferenceFile.PathOf("pytorch"), "*.pt").Order(StringComparer.Ordinal);
}

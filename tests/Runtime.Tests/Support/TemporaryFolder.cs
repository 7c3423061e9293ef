namespace E3Gen.Runtime.Tests.Support;

/// <summary>A folder that exists for the length of a test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("e3gen-");

    public string File(string name) => Path.Combine(folder.FullName, name);

    public string[] Files => [.. folder.GetFiles().Select(f => f.Name).Order()];

    public void Dispose() => folder.Delete(recursive: true);
}

using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>A program without libtorch is told so in one sentence, when it is built and when it runs. (That libraries are not, <see cref="UncheckedTests"/> shows: they have none.)</summary>
[Collection(Installed.Name)]
public sealed class LibtorchTests(InstalledPackage package)
{
    private const string Network = """
        [E3Gen.MessagePassingNetwork(Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 2)]
        public sealed partial class Network;

        """;

    private const string Program = Network + """
        public static class Program
        {
            public static void Main() => new Network();
        }
        """;

    [Fact]
    public void A_program_without_it_is_told_to_reference_it()
    {
        var (code, output) = package.Build("Without.csproj", "net10.0", Program, "OutputType=Exe");
        Assert.True(code == 0, output);
        Assert.Equal(["warning E3G0004"], UncheckedTests.Said(output));
        Assert.Contains(
            "E3Gen needs libtorch at run time, but no package that 'Without.csproj' references brings it: reference TorchSharp-cpu, or for NVIDIA GPUs TorchSharp-cuda-linux or "
            + "TorchSharp-cuda-windows; add E3G0004 to NoWarn if the machine has a libtorch of its own.",
            output);

        string folder = package.Folder("Without.csproj");
        (code, output) = PackedFeed.Execute(Path.Combine(folder, "bin", "Debug", "net10.0", "Without"), folder);
        Assert.NotEqual(0, code);
        Assert.StartsWith(
            "Unhandled exception. System.DllNotFoundException: libtorch cannot be loaded: reference TorchSharp-cpu, or for NVIDIA GPUs TorchSharp-cuda-linux or TorchSharp-cuda-windows, "
            + "in the project of the program, beside E3Gen.",
            output.TrimStart());
    }

    [Fact]
    public void So_is_a_test_project()
    {
        var (code, output) = package.Build("Tested.csproj", "net10.0", Network, "IsTestProject=true");
        Assert.True(code == 0, output);
        Assert.Equal(["warning E3G0004"], UncheckedTests.Said(output));
    }

    [Theory]
    [InlineData("NoWarn", 0)]
    [InlineData("WarningsAsErrors", 1, "error E3G0004")]
    public void It_is_a_warning_like_others(string property, int expected, params string[] said)
    {
        var (code, output) = package.Build($"{property}.csproj", "net10.0", Program, "OutputType=Exe", $"{property}=E3G0004");
        Assert.True(code == expected, output);
        Assert.Equal(said, UncheckedTests.Said(output));
    }
}

using System.Text.RegularExpressions;

namespace E3Gen.Package.Tests;

/// <summary>What cannot be checked says so in one sentence, whatever else would be wrong with it.</summary>
[Collection(Installed.Name)]
public sealed partial class UncheckedTests(InstalledPackage package)
{
    private const string Network = """
        [E3Gen.MessagePassingNetwork(Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 2)]
        public sealed partial class Network { }
        """;

    [Theory]
    [InlineData("RunAnalyzers")]
    [InlineData("RunAnalyzersDuringBuild")]
    public void A_build_without_analyzers(string property)
    {
        var (code, output) = package.Build($"No{property}.csproj", "net10.0", Network, $"{property}=false");
        Assert.True(code == 0, output);
        Assert.Equal(["warning E3G0001"], Said(output));
        Assert.Contains(
            $"Equivariance was not verified in this build of 'No{property}.csproj', because analyzers are off: "
            + $"{property} is false; set RunAnalyzers to true to turn them on.",
            output);
    }

    [Theory]
    [InlineData("Basic.vbproj", "Visual Basic", "Public Class Sample\nEnd Class\n")]
    [InlineData("Sharp.fsproj", "F#", "module Sample\nlet graph : E3Gen.Graph = null\n")]
    public void A_project_of_another_language(string file, string language, string source)
    {
        var (code, output) = package.Build(file, "net10.0", source);
        Assert.NotEqual(0, code);
        Assert.Equal(["error E3G0002"], Said(output));
        Assert.Contains(
            $"E3Gen checks and generates C#, but '{file}' is {language}: "
            + "declare networks in a C# project that references E3Gen, and reference that project here.",
            output);
    }

    [Theory]
    [InlineData("11")]
    [InlineData("7.3")]
    public void An_old_language(string version)
    {
        string file = $"Old{version[0]}.csproj";
        var (code, output) = package.Build(file, "net10.0", Network, $"LangVersion={version}");
        Assert.NotEqual(0, code);
        Assert.Equal(["error E3G0003"], Said(output));
        Assert.Contains(
            $"E3Gen generates C# 12, but LangVersion of '{file}' is {version}: leave LangVersion out, or set it to 12 or later.", output);
    }

    /// <summary>NuGet's own sentence, which names what there is.</summary>
    [Fact]
    public void An_old_framework()
    {
        var (code, output) = package.Build("Eight.csproj", "net8.0", Network);
        Assert.NotEqual(0, code);
        Assert.Equal(["error NU1202"], Said(output));
        Assert.Contains("supports: net10.0", output);
    }

    /// <summary>Each error and warning once. NU1603 is about patch versions that TorchSharp asks for.</summary>
    internal static IEnumerable<string> Said(string output) =>
        Complaint().Matches(output).Select(m => m.Value).Where(c => !c.EndsWith("NU1603", StringComparison.Ordinal)).Distinct();

    [GeneratedRegex(@"\b(error|warning) [A-Z][A-Z\d]+")]
    private static partial Regex Complaint();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>The section "Your own project" of README.md: whoever copies its project file and programs gets something that runs.</summary>
[Collection(Installed.Name)]
public sealed partial class ReadmeTests(InstalledPackage package)
{
    private static readonly string Section = Read("README.md").Split("\n## Your own project\n")[1].Split("\n## ")[0];

    private static readonly string ProjectFile = Block().Matches(Section).Single(m => m.Groups[1].Value == "xml").Groups[2].Value;

    private static readonly string[] Programs = [.. Block().Matches(Section).Where(m => m.Groups[1].Value == "csharp").Select(m => m.Groups[2].Value)];

    private const string Crystal = """
        2
        Lattice="3 0 0 0 3 0 0 0 3" Properties=species:S:1:pos:R:3 pbc="T T T"
        Cs 0.1 0 0
        Cl 1.5 1.5 1.4
        2
        Lattice="3 0 0 0 3 0 0 0 4" Properties=species:S:1:pos:R:3 pbc="T T T"
        Cs 0 0 0
        Cl 1.5 1.2 2

        """;

    [Fact]
    public void Its_versions_are_those_of_this_repository()
    {
        var used = XDocument.Parse(ProjectFile).Descendants("PackageReference").ToDictionary(r => r.Attribute("Include")!.Value, r => r.Attribute("Version")!.Value);
        string torchSharp = XDocument.Parse(Read("Directory.Packages.props")).Descendants("PackageVersion").Single(v => v.Attribute("Include")!.Value == "TorchSharp").Attribute("Version")!.Value;
        Assert.Equal(XDocument.Parse(Read("Directory.Build.props")).Descendants("Version").Single().Value, used["E3Gen"]);
        Assert.Equal(torchSharp, used["TorchSharp-cpu"]);
    }

    /// <summary>
    /// Two things differ from README's project file: the version of E3Gen, which is that of the packages under test, and the line with TorchSharp-cpu, which brings libtorch for every system.
    /// In its place stands the part for this system.
    /// </summary>
    [Fact]
    public void Its_project_builds_and_its_programs_run()
    {
        string file = Replaced(ProjectFile, Of("E3Gen"), $"""<PackageReference Include="E3Gen" Version="{package.Version}" />""");
        file = Replaced(file, Of("TorchSharp-cpu"), InstalledPackage.LibtorchForThisSystem);
        string folder = package.Project("Readme.csproj", file).FullName;
        Assert.Equal(2, Programs.Length);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Programs[0]);
        File.WriteAllText(Path.Combine(folder, "crystal.xyz"), Crystal);

        // The second program uses the first one's network. It runs before it, for one build of both as they stand.
        File.WriteAllText(Path.Combine(folder, "Second.cs"), $$"""
            using E3Gen;
            using static TorchSharp.torch;

            internal static class Second
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run()
                {
            {{Programs[1]}}
                }
            }
            """);
        var (code, output) = PackedFeed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        Assert.Equal(2, SecondLine().Count(output));
        Assert.True(File.Exists(Path.Combine(folder, "potential.safetensors")), output);
        var losses = Loss().Matches(output).Select(m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(losses.Count == 5 && losses[^1] < losses[0] / 2, output);
    }

    private static string Of(string package) => Regex.Match(ProjectFile, $"""<PackageReference Include="{package}" Version="[^"]+" />""").Value;

    private static string Replaced(string text, string old, string by)
    {
        Assert.Equal(2, text.Split(old).Length);
        return text.Replace(old, by);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(PackedFeed.RepositoryRoot, file)).ReplaceLineEndings("\n");

    [GeneratedRegex("^```(\\w+)\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^energy -?\d+\.\d{3}, largest force \d+\.\d{3}, pressure -?\d+\.\d{3}", RegexOptions.Multiline)]
    private static partial Regex SecondLine();

    [GeneratedRegex(@"step \d+: loss (\S+)")]
    private static partial Regex Loss();
}

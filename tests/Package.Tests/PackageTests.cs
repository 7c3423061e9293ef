using System.IO.Compression;

namespace E3Gen.Package.Tests;

/// <summary>What a stranger gets who installs the packages.</summary>
[Collection(Installed.Name)]
public sealed class PackageTests(InstalledPackage package)
{
    private const string Program = """
        using System;
        using E3Gen;
        using E3Gen.Analysis;
        using TorchSharp;
        using static TorchSharp.torch;

        var graph = Graph.FromPositions(randn(5, 3), cutoff: 10);
        using var network = new Network();
        Console.WriteLine($"equivariance error {Equivariance.Error(network, randn(5, 3), graph, "2x0e + 1o"):E1}");
        Console.WriteLine(string.Join(", ", new Layer().forward(randn(2, 11)).shape));

        using (var recorder = new Recorder(network, new ParquetSink("powers.parquet")))
        using (recorder.Step(1))
        {
            network.forward(randn(5, 3), graph).sum().backward();
        }

        Console.WriteLine($"recorded {new System.IO.FileInfo("powers.parquet").Length > 1000}");

        [MessagePassingNetwork(Hidden = "8x0e + 4x1o", Output = "2x0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 10)]
        public sealed partial class Network;

        [EquivariantModule]
        public sealed partial class Layer : nn.Module<Tensor, Tensor>
        {
            [Linear("8x0e + 1o", "4x0e + OUTPUT")]
            private partial Tensor Mix(Tensor x);

            public override Tensor forward([Irreps("8x0e + 1o")] Tensor x) => Mix(x);
        }
        """;

    [Fact]
    public void Holds_the_runtime_its_analyzers_and_the_build_step()
    {
        using var archive = ZipFile.OpenRead(package.PackageFile("E3Gen"));
        string[] expected =
        [
            "README.md",
            "analyzers/dotnet/cs/E3Gen.Algebra.dll", "analyzers/dotnet/cs/E3Gen.Attributes.dll", "analyzers/dotnet/cs/E3Gen.CodeFixes.dll",
            "analyzers/dotnet/cs/E3Gen.Generator.dll", "analyzers/dotnet/cs/E3Gen.Polynomials.dll",
            "buildTransitive/net10.0/E3Gen.targets", "buildTransitive/net10.0/MakeVersionNeedWeak.cs",
            "lib/net10.0/E3Gen.Algebra.dll", "lib/net10.0/E3Gen.Algebra.xml",
            "lib/net10.0/E3Gen.Cuda.dll", "lib/net10.0/E3Gen.Cuda.xml",
            "lib/net10.0/E3Gen.Runtime.dll", "lib/net10.0/E3Gen.Runtime.xml",
        ];
        Assert.Equal(expected, archive.Entries.Select(e => e.FullName).Where(n => n == "README.md" || n.Split('/')[0] is "analyzers" or "buildTransitive" or "lib").Order(StringComparer.Ordinal));
        using var reader = new StreamReader(archive.GetEntry("E3Gen.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();
        Assert.Equal(2, nuspec.Split("<dependency ").Length - 1);
        Assert.Contains($"<dependency id=\"E3Gen.Kernels\" version=\"[{package.Version}]\"", nuspec);
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec);
        Assert.Contains("<readme>README.md</readme>", nuspec);
        Assert.Contains("<dependency id=\"TorchSharp\" version=\"0.107.0\"", nuspec);

        // Where the package says that it lives, the pages of its rules are.
        string site = nuspec.Split("<projectUrl>")[1].Split('<')[0];
        Assert.Contains($"<repository type=\"git\" url=\"{site}\"", nuspec);
        using var targets = new StreamReader(archive.GetEntry("buildTransitive/net10.0/E3Gen.targets")!.Open());
        Assert.Contains($"<_E3GenPages>{site}/blob/main/docs/diagnostics</_E3GenPages>", targets.ReadToEnd());
    }

    [Fact]
    public void Kernels_depend_on_nothing()
    {
        using var archive = ZipFile.OpenRead(package.PackageFile("E3Gen.Kernels"));
        Assert.Equal(
            ["lib/net10.0/E3Gen.Attributes.dll", "lib/net10.0/E3Gen.Attributes.xml", "lib/net10.0/E3Gen.Kernels.dll", "lib/net10.0/E3Gen.Kernels.xml"],
            archive.Entries.Select(e => e.FullName).Where(n => n.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using var reader = new StreamReader(archive.GetEntry("E3Gen.Kernels.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd());
    }

    [Fact]
    public void Analysis_depends_on_the_runtime_s_package()
    {
        using var archive = ZipFile.OpenRead(package.PackageFile("E3Gen.Analysis"));
        Assert.Equal(
            ["lib/net10.0/E3Gen.Analysis.dll", "lib/net10.0/E3Gen.Analysis.xml"],
            archive.Entries.Select(e => e.FullName).Where(n => n.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.NotNull(archive.GetEntry("analysis.md"));
        using var reader = new StreamReader(archive.GetEntry("E3Gen.Analysis.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();
        Assert.Equal(["E3Gen", "Parquet.Net", "ScottPlot"], nuspec.Split("<dependency id=\"").Skip(1).Select(d => d.Split('"')[0]));
        Assert.Contains("<readme>analysis.md</readme>", nuspec);
    }

    [Fact]
    public void A_network_in_a_fresh_project_builds_and_runs()
    {
        var (code, output) = package.Run("Good", "run", Program.Replace("OUTPUT", "1o"));
        Assert.True(code == 0, output);
        Assert.Matches(@"equivariance error \d\.\dE-00[5-9]", output);
        Assert.Contains("2, 7", output);
        Assert.Contains("recorded True", output);
    }

    [Fact]
    public void A_wrong_one_is_refused_at_the_exact_characters()
    {
        var (code, output) = package.Run("Wrong", "build", Program.Replace("OUTPUT", "1e"));
        Assert.NotEqual(0, code);
        Assert.Contains("Program.cs(26,34): error E3G0203", output);
    }
}

using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Incremental;

/// <summary>A keystroke re-runs what it changes and nothing else.</summary>
public class CachingTests
{
    private static readonly ProjectSettings Project = new();

    private const string Modules = Sample.Usings + """
        [EquivariantModule]
        internal sealed partial class First : nn.Module<Tensor, Tensor>
        {
            [Linear("4x0e", "8x0e")]
            private partial Tensor Mix(Tensor x);

            public override Tensor forward(Tensor x) => Mix(x);
        }

        [EquivariantModule]
        internal sealed partial class Second : nn.Module
        {
            [Linear(Widths.Hidden, Widths.Hidden)]
            private partial Tensor Mix(Tensor x);
        }

        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = Cutoff)]
        internal sealed partial class Network
        {
            private const double Cutoff = 2;

            private static int Count() => 1;
        }

        [NequIP("H", Cutoff = 4, Features = 2, Layers = 1)]
        internal sealed partial class Potential;
        """;

    private static readonly string[] Couplings = ["E3Gen.Coupling0x0to0.g.cs", "E3Gen.Coupling0x1to1.g.cs", "E3Gen.Coupling1x0to1.g.cs", "E3Gen.Coupling1x1to0.g.cs"];

    private const string Other = "internal static class Widths { public const string Hidden = \"4x0e\"; public static int Method() => 1; }";

    [Fact]
    public void A_second_run_of_the_same_is_cached()
    {
        var (driver, compilation) = FirstRun();
        var result = driver.RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.All(Reasons(result), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Theory]
    [InlineData(1, "Method() => 1", "Method() => 2")]
    [InlineData(1, "internal", "/* a comment */ internal")]
    [InlineData(0, "[EquivariantModule]\ninternal sealed partial class First", "// a comment\n[EquivariantModule]\ninternal sealed partial class First")]
    [InlineData(0, "public override", "// a comment\n    public override")]
    [InlineData(0, "=> Mix(x);", "{ var y = Mix(x); return y; }")]
    [InlineData(0, "[Linear(\"4x0e\", \"8x0e\")]", "[Linear(output: \"8x0e\", input: \"4x0e\")]")]
    [InlineData(0, "\"4x0e\", \"8x0e\"", "\"4x0e \", \"  8x0e\"")]
    [InlineData(0, "Count() => 1", "Count() => 2")]
    [InlineData(0, "private static int Count", "// a comment\n    private static int Count")]
    [InlineData(0, "[MessagePassingNetwork(", "\n\n[MessagePassingNetwork( ")]
    [InlineData(0, "MaxRadius = Cutoff", "MaxRadius = 2")]
    [InlineData(1, "\"4x0e\"", "@\"4x0e\"")]
    public void An_edit_that_changes_no_declaration_writes_nothing(int file, string before, string after)
    {
        var result = RunAfter(file, before, after);
        Assert.All(Reasons(result), r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, r.ToString()));
        Assert.All(OutputReasons(result).Values, r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Theory]
    [InlineData(0, "\"4x0e\", \"8x0e\"", "\"4x0e\", \"9x0e\"", "First.g.cs")]
    [InlineData(0, "private partial Tensor Mix(Tensor x);\n\n    public", "internal partial Tensor Mix(Tensor x);\n\n    public", "First.g.cs")]
    [InlineData(1, "\"4x0e\"", "\"5x0e\"", "Second.g.cs")]
    [InlineData(0, "Cutoff = 2", "Cutoff = 3", "Network.g.cs")]
    public void An_edit_of_irreps_writes_the_one_class(int file, string before, string after, string written)
    {
        var reasons = OutputReasons(RunAfter(file, before, after));
        Assert.Equal([.. Couplings, "First.g.cs", "Network.g.cs", "Potential.g.cs", "Second.g.cs"], reasons.Keys.Order(StringComparer.Ordinal));
        Assert.All(reasons, r => Assert.Equal(r.Key == written ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached, r.Value));
    }

    /// <summary>A class with errors keeps a file, of bodies that throw.</summary>
    [Fact]
    public void An_edit_that_breaks_a_class_changes_its_file_only()
    {
        var reasons = OutputReasons(RunAfter(0, "partial class Second", "class Second"));
        Assert.Equal([.. Couplings, "First.g.cs", "Network.g.cs", "Potential.g.cs", "Second.g.cs"], reasons.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(IncrementalStepRunReason.Modified, reasons["Second.g.cs"]);
        Assert.All(reasons.Where(r => r.Key != "Second.g.cs"), r => Assert.Equal(IncrementalStepRunReason.Cached, r.Value));
    }

    [Fact]
    public void A_new_coupling_writes_its_own_file_and_no_other()
    {
        var reasons = OutputReasons(RunAfter(0, "EdgeHarmonics = \"0e + 1o\"", "EdgeHarmonics = \"0e + 1o + 2e\""));
        Assert.Equal(IncrementalStepRunReason.New, reasons["E3Gen.Coupling1x2to1.g.cs"]);
        Assert.All(Couplings, c => Assert.Equal(IncrementalStepRunReason.Cached, reasons[c]));
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) FirstRun()
    {
        var compilation = TestCompiler.Create(Project, Modules, Other);
        var driver = TestCompiler.Driver(Project, track: true).RunGenerators(compilation);
        Assert.Equal(4 + Couplings.Length, driver.GetRunResult().GeneratedTrees.Length);
        return (driver, compilation);
    }

    private static GeneratorRunResult RunAfter(int file, string before, string after)
    {
        var (driver, compilation) = FirstRun();
        var tree = compilation.SyntaxTrees[file];
        string text = tree.ToString();
        Assert.Contains(before, text);
        var edited = CSharpSyntaxTree.ParseText(text.Replace(before, after), Project.ParseOptions, tree.FilePath);
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results.Single();
    }

    /// <summary>Why the generator's own steps and their outputs ran.</summary>
    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result) =>
        new[] { E3GenGenerator.ModulesStep, E3GenGenerator.NetworksStep, E3GenGenerator.PotentialsStep, E3GenGenerator.CouplingsStep }
            .SelectMany(step => result.TrackedSteps[step])
            .Concat(result.TrackedOutputSteps.SelectMany(s => s.Value))
            .SelectMany(step => step.Outputs).Select(o => o.Reason);

    /// <summary>Why each file was written.</summary>
    private static Dictionary<string, IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(run => run.Outputs)
            .SelectMany(o => Files(o.Value).Select(file => (file, o.Reason)))
            .ToDictionary(f => f.file, f => f.Reason);

    /// <summary>An output is a pair of sources and diagnostics, of types that the compiler does not show.</summary>
    private static IEnumerable<string> Files(object output) =>
        from object source in (IEnumerable)((ITuple)output)[0]!
        select (string)source.GetType().GetProperty("HintName")!.GetValue(source)!;
}

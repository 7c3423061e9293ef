namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>What is wrong with [MACE] and [NequIP] classes.</summary>
public class PotentialRuleTests
{
    [Theory]
    [InlineData("E3G0313", "MACE([|\"Hh\"|], Cutoff = 4)", "The species 'Hh' of 'Sample' is no chemical element; write symbols such as \"H\" and \"Cl\"")]
    [InlineData("E3G0313", "NequIP(\"H\", [|\"h\"|], Cutoff = 4)", "The species 'h' of 'Sample' is no chemical element; write symbols such as \"H\" and \"Cl\"")]
    [InlineData("E3G0313", "NequIP(\"H\", [|\"H\"|], Cutoff = 4)", "The species 'H' of 'Sample' is there twice; each element has its weights once")]
    [InlineData("E3G0313", "MACE([|null|], \"O\", Cutoff = 4)", "The species 'null' of 'Sample' is no chemical element; write symbols such as \"H\" and \"Cl\"")]
    [InlineData("E3G0314", "MACE(Cutoff = 4, Hidden = \"[|2x1o|] + 2x0e\")", "Hidden of 'Sample' begins with 2x1o, but the energies are read from even scalars, which come first: begin with 0e")]
    [InlineData("E3G0315", "MACE(Cutoff = 4, Hidden = \"2x0e + [|2x0e|]\", Degree = 1)", "Hidden of 'Sample' has 0e twice; its products are made for each irrep once, so write more copies of all")]
    [InlineData("E3G0216", "MACE(Cutoff = 4, Hidden = \"4x0e + [|2x1o|]\")", "'Sample' multiplies copy by copy, so that all irreps have one multiplicity: write 4 copies instead of 2x1o")]
    [InlineData("E3G0203", "MACE(Cutoff = 4, Hidden = \"4x0e + [|4x1e|]\", Degree = 0)", "No path of 'Sample' reaches 4x1e, so it would be zero forever; no product of up to 3 messages 4x0e contains it")]
    [InlineData("E3G0204", "MACE(Cutoff = 4, Hidden = \"4x0e\", Degree = [|1|], Correlation = 1)", "No path of 'Sample' reads 4x1o: it is computed for nothing; write Degree = 0, or a larger Correlation, or Hidden irreps that need it")]
    [InlineData("E3G0311", "MACE(Cutoff = [|-2|])", "Cutoff of 'Sample' is -2, but must be a positive number")]
    [InlineData("E3G0311", "[|NequIP|]", "Cutoff of 'Sample' is not set, but must be a positive number")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, NumNeighbors = [|0|])", "NumNeighbors of 'Sample' is 0, but must be a positive number")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, Correlation = [|5|])", "Correlation of 'Sample' is 5, but must be from 1 to 4")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, Correlations = new[] { 3, [|9|] })", "Correlations of 'Sample' is 9, but must be from 1 to 4")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, Correlations = [|new[] { 3 }|])", "Correlations of 'Sample' is of 1 numbers, but must be one for each of 2 layers")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, RadialNeurons = new[] { [|0|] })", "RadialNeurons of 'Sample' is 0, but must be from 1 to 65536")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, Degree = [|12|])", "Degree of 'Sample' is 12, but must be from 0 to 11")]
    [InlineData("E3G0311", "MACE(Cutoff = 4, Transform = [|DistanceTransform.Soft|])", "Transform of 'Sample' is Soft, but must be None or Agnesi")]
    [InlineData("E3G0311", "NequIP(Cutoff = 4, Layers = [|0|])", "Layers of 'Sample' is 0, but must be from 1 to 100")]
    [InlineData("E3G0311", "NequIP(Cutoff = 4, CutoffPower = [|1|])", "CutoffPower of 'Sample' is 1, but must be from 2 to 100")]
    [InlineData("E3G0212", "NequIP(Cutoff = 4, RadialLayers = 0, RadialNeurons = [|8|])", "'Sample' has no hidden layers in its radial network, so RadialNeurons has no effect")]
    [InlineData("E3G0212", "MACE(Cutoff = 4, Correlation = [|3|], Correlations = new[] { 3, 3 })", null)]
    public void Options(string id, string attribute, string? message) => Diagnose.Source(id, message, $"[{attribute}] internal sealed partial class Sample;");

    [Fact, Reports("E3G0301")]
    public void Not_partial() => Diagnose.Source("E3G0301", null, "[MACE(\"H\", Cutoff = 4)] internal class [|Sample|];");

    [Fact, Reports("E3G0302")]
    public void Another_base() => Diagnose.Source("E3G0302", null, "[MACE(\"H\", Cutoff = 4)] internal partial class [|Sample|] : nn.Module<Tensor, Tensor> { protected Sample() : base(\"x\") { } public override Tensor forward(Tensor x) => x; }");

    [Theory]
    [InlineData("E3G0312", "public override Tensor [|forward|](Tensor positions, Tensor species, Graph graph) => positions;", "'Sample' declares 'forward' itself, but [NequIP] generates it; remove it or use [EquivariantModule]")]
    [InlineData("E3G0312", "public int [|Features|] => 1;", "'Sample' declares 'Features' itself, but [NequIP] generates it; remove it or use [EquivariantModule]")]
    public void Declares_what_is_generated(string id, string member, string message) => Diagnose.Source(id, message, $"[NequIP(\"H\", Cutoff = 4)] internal partial class Sample {{ {member} }}");

    [Fact, Reports("E3G0303")]
    public void Declares_a_constructor() => Diagnose.Source("E3G0303", null, "[NequIP(\"H\", Cutoff = 4)] internal partial class Sample : nn.Module<Tensor, Tensor, Graph, Tensor> { public [|Sample|]() : base(\"x\") { } }");

    [Fact, Reports("E3G0303")]
    public void Has_the_name_of_a_member() => Diagnose.Source("E3G0303", null, "[NequIP(\"H\", Cutoff = 4)] internal partial class [|Features|];");

    [Fact, Reports("E3G0303")]
    public void Inherits_a_member() => Diagnose.Source(
        "E3G0303",
        "'Sample' cannot be generated: its base 'Named' declares 'Cutoff', which is generated; name that otherwise",
        """
        internal abstract class Named : nn.Module<Tensor, Tensor, Graph, Tensor> { protected Named(string name) : base(name) { } public int Cutoff => 1; }
        [NequIP("H", Cutoff = 4)] internal partial class [|Sample|] : Named;
        """);

    /// <summary>Without parity, inversion may change energies: who relies on them is not proven.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData(", Parity = false", 1)]
    public void Without_parity_energies_are_not_invariant(string option, int count)
    {
        var compiled = TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, Sample.Usings + $$"""
            [NequIP("H", Cutoff = 4{{option}})] internal sealed partial class Energies;
            [EquivariantModule]
            internal sealed partial class Total : nn.Module<Tensor, Tensor, Graph, Tensor>
            {
                private readonly Energies _energies = new();
                public Total() : base("Total") => RegisterComponents();
                [return: Invariant]
                public override Tensor forward([Positions] Tensor positions, [Invariant] Tensor species, Graph graph) => _energies.forward(positions, species, graph).sum();
            }
            """);
        Assert.Equal(count, compiled.Reported.Count(d => d.Id.StartsWith("E3G05", StringComparison.Ordinal) && d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData("E3G0303", "EquivariantModule, [|MACE(\"H\", Cutoff = 4)|]")]
    [InlineData("E3G0303", "[|MACE(\"H\", Cutoff = 4)|], NequIP(\"H\", Cutoff = 4)")]
    [InlineData("E3G0303", "MessagePassingNetwork, [|MACE(\"H\", Cutoff = 4)|]")]
    public void Two_attributes(string id, string attributes) => Diagnose.Source(id, null, $"[{attributes}] internal partial class Sample;");

    /// <summary>Code that uses a potential with errors compiles, so that nothing hides them.</summary>
    [Fact, Reports("E3G0311")]
    public void Users_of_a_potential_with_errors() => Diagnose.Source("E3G0311", null, """
        [MACE("H", Cutoff = [|0|])] internal sealed partial class Sample;
        internal static class User
        {
            internal static IPotential Make(DatasetStatistics statistics)
            {
                var potential = new Sample();
                potential.Adapt(statistics);
                return potential;
            }
            internal static Tensor[] Features(Sample sample, Tensor x, Tensor species, Graph graph) => sample.Features(x, species, graph);
        }
        """);
}

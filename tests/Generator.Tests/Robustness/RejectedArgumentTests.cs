namespace E3Gen.Generator.Tests.Robustness;

/// <summary>What the compiler rejects is the compiler's to say: E3Gen neither throws nor adds anything, and the errors stay those of the user's own code.</summary>
public class RejectedArgumentTests
{
    [Theory]
    [InlineData("Linear(5, \"4x0e\")", "CS1503")]
    [InlineData("Linear(\"4x0e\")", "CS7036")]
    [InlineData("Linear", "CS7036")]
    [InlineData("Linear(\"4x0e\", \"4x0e\", \"4x0e\")", "CS1729")]
    [InlineData("Linear(Missing, \"4x0e\")", "CS0103")]
    [InlineData("Linear(Field, \"4x0e\")", "CS0182")]
    [InlineData("Linear(nothing: \"4x0e\", output: \"4x0e\")", "CS1739")]
    [InlineData("Linear(\"4x0e\", \"4x0e\", Bias = 1)", "CS0029")]
    [InlineData("Linear(\"4x0e\", \"4x0e\", Missing = 1)", "CS0246")]
    [InlineData("Linear(\"4x0e\", \"4x0\\q\")", "CS1009")]
    [InlineData("Gate(\"4x0e\", \"\", EvenScalars = \"Silu\")", "CS0029")]
    [InlineData("Gate(\"4x0e\", \"\", Gates = 4)", "CS0029")]
    [InlineData("Gate(\"4x0e\", \"\", Gates = new[] { 1 })", "CS0029")]
    [InlineData("Gate(\"4x0e\", \"\", Gates = null)")]
    [InlineData("Dropout(\"4x0e\")", "CS7036")]
    [InlineData("Dropout(\"4x0e\", \"1\")", "CS1503")]
    [InlineData("Dropout(\"4x0e\", Missing)", "CS0103")]
    [InlineData("BatchNorm(\"4x0e\", Epsilon = \"1\")", "CS0029")]
    [InlineData("Extract(\"4x0e\", \"4x0e\", Entries = 0)", "CS0029")]
    [InlineData("Extract(\"4x0e\", \"4x0e\", Entries = new[] { Missing })", "CS0103")]
    [InlineData("Extract(\"4x0e\", \"4x0e\", Entries = [Missing])", "CS0103")]
    [InlineData("Extract(\"4x0e\", \"4x0e\", Entries = null)")]
    public void Arguments_of_operations(string attribute, params string[] errors) => Diagnose.Sources("", null, [Sample.Module($"""
            private static string Field = "4x0e";

            [{attribute}]
            private partial Tensor Mix(Tensor x);
        """)], errors);

    [Fact]
    public void A_circular_constant() => Diagnose.Sources("", null, [Sample.Linear("Circular", "\"4x0e\"", "private const string Circular = Circular + \"4x0e\";")], ["CS0110", "CS0182"]);

    [Theory]
    [InlineData("Path(\"1o x 1o -> 0e\", 1)", "CS1503")]
    [InlineData("Path(Missing)", "CS0103")]
    [InlineData("Path(0, 0, Missing)", "CS0103")]
    [InlineData("Path(0, 0, 0, Weight = \"1\")", "CS0029")]
    public void Paths(string attribute, params string[] errors)
    {
        var compiled = TestCompiler.Compile(Sample.Module($"""
                [TensorProduct("1o", "1o", "0e")]
                [{attribute}]
                private partial Tensor Product(Tensor x, Tensor y);
            """));
        Assert.Equal(errors, compiled.Errors.Select(d => d.Id));
        Assert.DoesNotContain(compiled.Reported, d => d.Id is "E3G0209" or "E3G0210");
    }

    [Theory]
    [InlineData("MessagePassingNetwork(Hidden = 4, Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)", "CS0029")]
    [InlineData("MessagePassingNetwork(Hidden = \"0e\", Output = Missing, EdgeHarmonics = \"0e\", MaxRadius = 1)", "CS0103")]
    [InlineData("MessagePassingNetwork(Hidden = \"0e\", Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1, Layers = \"2\")", "CS0029")]
    public void Arguments_of_networks(string attribute, params string[] errors) =>
        Diagnose.Source("", null, $"[{attribute}] internal sealed partial class Network;", errors);

    [Fact]
    public void Arguments_of_annotations() => Diagnose.Source("", null, """
        internal sealed class Sample
        {
            [return: Irreps(5)] public Tensor A([Irreps] Tensor x, [Irreps(Missing)] Tensor y) => x;
        }
        """, "CS0103", "CS1503", "CS7036");

    [Theory]
    [InlineData("internal struct Sample;", "CS0592")]
    [InlineData("internal interface Sample;", "CS0592")]
    [InlineData("internal enum Sample;", "CS0592")]
    [InlineData("internal delegate Tensor Sample(Tensor x);", "CS0592")]
    public void Things_that_are_no_classes(string declaration, params string[] errors)
    {
        Diagnose.Source("", null, $"[EquivariantModule] {declaration}", errors);
        Diagnose.Source("", null, $"[MessagePassingNetwork(Output = \"0e\")] {declaration}", errors);
    }

    [Fact]
    public void Attributes_twice() => Diagnose.Source("", null, """
        [EquivariantModule]
        internal sealed partial class Sample : nn.Module { [Linear("4x0e", "4x0e")] private partial Tensor Mix(Tensor x); }

        [EquivariantModule]
        partial class Sample { }
        """, "CS0579");

    [Fact]
    public void Names_that_are_missing()
    {
        TestCompiler.Compile(Sample.Module("[Linear(\"4x0e\", \"4x0e\")] private partial Tensor (Tensor x);"));
        TestCompiler.Compile(Sample.Usings + "[EquivariantModule] partial class : nn.Module { [Linear(\"4x0e\", \"4x0e\")] private partial Tensor Mix(Tensor); }");
        TestCompiler.Compile(Sample.Usings + "[MessagePassingNetwork(Hidden = \"0e\", Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)] partial class");
        TestCompiler.Compile(Sample.Usings + "[EquivariantModule] partial class A.B : nn.Module { }");
    }

    [Fact]
    public void Explicit_implementations() => Diagnose.Source("E3G0304", "'IMix.Mix' cannot be an operation: it implements an interface explicitly", """
        internal interface IMix { Tensor Mix(Tensor x); }

        [EquivariantModule]
        internal sealed partial class Sample : nn.Module, IMix
        {
            [Linear("4x0e", "4x0e")]
            partial Tensor IMix.[|Mix|](Tensor x);
        }
        """, "CS0754", "CS8796");
}

using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

/// <summary>Attributes that are too many, and options that have no such value.</summary>
public class AttributeTests
{
    private const string Two = """
            // Mixes.
            [Gate("8x0e", "")]
            [Linear("8x0e", "8x0e")]
            private partial Tensor Mix(Tensor x);
        """;

    [Fact]
    public Task An_attribute_typed_above_an_operation_gets_a_method_of_its_own() => Bulb.FixesFirst<OneOperation>("E3G0309", Sample.Module(Two), Sample.Module("""
            // Mixes.
            [Gate("8x0e", "")]
            private partial Tensor Gate(Tensor x);

            [Linear("8x0e", "8x0e")]
            private partial Tensor Mix(Tensor x);
        """));

    [Theory]
    [InlineData("Keep only [Gate]", "    [Gate(\"8x0e\", \"\")]\n")]
    [InlineData("Keep only [Linear]", "    [Linear(\"8x0e\", \"8x0e\")]\n")]
    public Task Or_only_one_is_kept(string title, string kept) =>
        Bulb.Fixes<OneOperation>("E3G0309", title, Sample.Module(Two), Sample.Module($"    // Mixes.\n{kept}    private partial Tensor Mix(Tensor x);"));

    [Fact]
    public async Task Of_one_list_only_one_can_be_kept()
    {
        static string Product(string attributes) => Sample.Module($"    {attributes}\n    private partial Tensor Dot(Tensor x, Tensor y);");
        const string Before = "[TensorProduct(\"1o\", \"1o\", \"0e\"), Linear(\"0e\", \"0e\"), Path(\"1o x 1o -> 0e\")]";
        Assert.Equal(["Keep only [TensorProduct]", "Keep only [Linear]"], await Bulb.Offers<OneOperation>("E3G0309", Product(Before)));
        await Bulb.Fixes<OneOperation>("E3G0309", "Keep only [TensorProduct]", Product(Before), Product("[TensorProduct(\"1o\", \"1o\", \"0e\"), Path(\"1o x 1o -> 0e\")]"));
        Assert.Null(new OneOperation().GetFixAllProvider());
    }

    [Theory]
    [InlineData("    [Norm(\"8x0e\")]\n    [Path(\"0e x 0e -> 0e\")]\n    [Path(\"0e x 0e -> 0e\")]\n", "    [Norm(\"8x0e\")]\n")]
    [InlineData("    [Norm(\"8x0e\"), Path(\"0e x 0e -> 0e\")]\n", "    [Norm(\"8x0e\")]\n")]
    [InlineData("    // Lengths.\n    [Path(\"0e x 0e -> 0e\")] [Norm(\"8x0e\")]\n", "    // Lengths.\n    [Norm(\"8x0e\")]\n")]
    public Task Lonely_paths_go(string before, string after)
    {
        static string Mix(string attributes) => Sample.Module($"{attributes}    private partial Tensor Mix(Tensor x);");
        return Bulb.FixesFirst<RemovePaths>("E3G0310", Mix(before), Mix(after));
    }

    [Fact]
    public Task Lonely_paths_of_all_methods()
    {
        static string Two(string path) => Sample.Module($"    [Norm(\"0e\")]\n{path}    private partial Tensor A(Tensor x);\n\n{path}    public void B() {{ }}");
        return Bulb.FixesAll<RemovePaths>("E3G0310", [Two("    [Path(\"0e x 0e -> 0e\")]\n")], [Two("")]);
    }

    [Theory]
    [InlineData("", ", MaxRadius = 5.0")]
    [InlineData(", MaxRadius = -3.5", ", MaxRadius = 3.5")]
    [InlineData(", MaxRadius = 0", ", MaxRadius = 5.0")]
    [InlineData(", MaxRadius = 2, Layers = -1", ", MaxRadius = 2, Layers = 0")]
    [InlineData(", MaxRadius = 2, NumberOfBasis = 1", ", MaxRadius = 2, NumberOfBasis = 2")]
    [InlineData(", NumNeighbors = 0, MaxRadius = 2", ", MaxRadius = 2")]
    public Task An_option_gets_a_value_that_it_can_have(string before, string after) => Bulb.FixesFirst<SetOption>("E3G0311", Network(before), Network(after));

    [Fact]
    public async Task Or_is_left_out()
    {
        await Bulb.Fixes<SetOption>("E3G0311", "Leave Layers out", Network(", MaxRadius = 2, Layers = -1"), Network(", MaxRadius = 2"));
        Assert.Equal(["Write 'MaxRadius = 5.0'"], await Bulb.Offers<SetOption>("E3G0311", Network(""))); // that one has no default
        Assert.Null(new SetOption().GetFixAllProvider());
    }

    [Theory]
    [InlineData("[Gate(\"0e\", \"1o\", EvenScalars = (ActivationFunction)99)]", "[Gate(\"0e\", \"1o\")]")]
    [InlineData("[SphericalHarmonics(\"0e\", Normalization = (Normalization)9, Normalize = false)]", "[SphericalHarmonics(\"0e\", Normalize = false)]")]
    public Task Also_one_of_an_operation(string before, string after)
    {
        static string Module(string attribute) => Sample.Module($"    {attribute}\n    private partial Tensor Mix(Tensor x);");
        return Bulb.FixesFirst<SetOption>("E3G0311", Module(before), Module(after));
    }

    [Fact]
    public Task Unused_options_are_left_out()
    {
        static string Two(string first, string second) => Sample.Module($"""
                [Gate("8x0e", "2x1o"{first})]
                private partial Tensor First(Tensor x);

                [Gate("8x0e", "2x1o"{second})]
                private partial Tensor Second(Tensor x);
            """);
        return Bulb.FixesAll<LeaveOptionOut>(
            "E3G0212",
            [Two(", OddScalars = ActivationFunction.Tanh", ", EvenScalars = ActivationFunction.Tanh, OddGates = ActivationFunction.Tanh")],
            [Two("", ", EvenScalars = ActivationFunction.Tanh")]);
    }

    private static string Network(string options) => $"""
        {Sample.Usings}[MessagePassingNetwork(Hidden = "8x0e", Output = "0e", EdgeHarmonics = "0e"{options})]
        internal sealed partial class Network;
        """;
}

using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

/// <summary>Tensor code that breaks equivariance, and what does the same without.</summary>
public class TensorCodeTests
{
    private const string Relu = """
            [return: Irreps("4x0e + 2x1o")]
            public Tensor Activate([Irreps("4x0e + 2x1o")] Tensor x) => x.relu();
        """;

    private static string Length(string parameter, string body) => Sample.Module($"    public Tensor Length([Irreps(\"{parameter}\")] Tensor x) => {body};");

    [Fact]
    public Task Irreps_are_gated() => Bulb.FixesFirst<GateIrreps>("E3G0501", Sample.Module(Relu), Sample.Module("""
            [return: Irreps("4x0e + 2x1o")]
            public Tensor Activate([Irreps("4x0e + 2x1o")] Tensor x) => Gate(ToGate(x));

            [Linear("4x0e + 2x1o", "@Gate.Input")]
            private partial Tensor ToGate(Tensor x);

            [Gate("4x0e", "2x1o", EvenScalars = ActivationFunction.Relu)]
            private partial Tensor Gate(Tensor x);
        """));

    [Fact]
    public async Task Or_lengths_are_acted_on()
    {
        await Bulb.FixesFirst<GateIrreps>("E3G0501", Length("1o", "nn.functional.silu(x)"), Length("1o", "x.norm(-1, keepdim: true).silu()"));
        await Bulb.FixesFirst<GateIrreps>("E3G0501", Length("1o", "(x + x).exp()"), Length("1o", "(x + x).norm(-1, keepdim: true).exp()"));
        Assert.Equal(
            ["Declare a [Gate] and a [Linear] that gives it gates: Gate(ToGate(x))", "Act on the length: x.norm(-1, keepdim: true).relu()"],
            await Bulb.Offers<GateIrreps>("E3G0501", Length("4x0e + 2x1o", "x.relu()")));
    }

    [Theory]
    [InlineData("1o", "public", "[return: Irreps(\"1o\")]")] // no scalars to make gates of, and a length is no vector
    [InlineData("4x0e + 2x1o", "public static", "[return: Irreps(\"4x0e + 2x1o\")]")] // no module to hold their weights
    public async Task Not_where_the_result_would_be_refused(string irreps, string modifiers, string result) => Assert.Empty(await Bulb.Offers<GateIrreps>(
        "E3G0501", Sample.Module($"    {result}\n    {modifiers} Tensor Activate([Irreps(\"{irreps}\")] Tensor x) => x.relu();")));

    [Theory]
    [InlineData("x.relu()", "x.tanh()")]
    [InlineData("nn.functional.silu(2 * x)", "(2 * x).tanh()")]
    public async Task Odd_scalars_get_an_odd_function(string before, string after)
    {
        await Bulb.FixesFirst<FunctionParity>("E3G0502", Length("4x0o", before), Length("4x0o", after));
        await Bulb.Fixes<FunctionParity>("E3G0502", "Use abs() (even)", Length("4x0o", before), Length("4x0o", after.Replace("tanh", "abs")));
    }

    [Fact]
    public Task All_odd_scalars_at_once()
    {
        static string Two(string first, string second) => Sample.Module($"""
                public Tensor First([Irreps("4x0o")] Tensor x) => {first};

                public Tensor Second([Irreps("4x0o")] Tensor x) => {second};
            """);
        return Bulb.FixesAll<FunctionParity>("E3G0502", [Two("x.relu()", "x.exp()")], [Two("x.tanh()", "x.tanh()")]);
    }

    [Theory]
    [InlineData("x * x", "(x * x).sum(-1, keepdim: true)")]
    [InlineData("x.mul(x)", "x.mul(x).sum(-1, keepdim: true)")]
    public Task A_product_is_summed(string before, string after) =>
        Bulb.FixesFirst<ContractProduct>("E3G0504", Length("4x0e + 2x1o", before), Length("4x0e + 2x1o", after));

    [Fact]
    public Task Or_declared_where_irreps_are_wanted()
    {
        static string Square(string body, string rest = "") => Sample.Module($"""
                [return: Irreps("4x0e + 2x1o")]
                public Tensor Square([Irreps("4x0e + 2x1o")] Tensor x) => {body};{rest}
            """);
        return Bulb.FixesFirst<ContractProduct>("E3G0504", Square("x * x"), Square("Multiply(x, x)", """


                [TensorProduct("4x0e + 2x1o", "4x0e + 2x1o", "4x0e + 2x1o")]
                private partial Tensor Multiply(Tensor x, Tensor y);
            """));
    }

    [Theory]
    [InlineData("x.narrow(-1, 4, 4)", "x.narrow(-1, 4, 3)")]
    [InlineData("x[.., 0..8]", "x[.., 0..7]")]
    [InlineData("x[.., 5..9]", "x[.., 4..10]")]
    public Task A_slice_ends_with_an_irrep(string before, string after) =>
        Bulb.FixesFirst<MoveSlice>("E3G0505", Length("4x0e + 2x1o", $"Same({before})", "x"), Length("4x0e + 2x1o", $"Same({after})", "x"));

    private static string Length(string parameter, string body, string rest) => Sample.Module($"""
            public Tensor Length([Irreps("{parameter}")] Tensor x) => {body};

            private static Tensor Same(Tensor {rest}) => {rest};
        """);
}

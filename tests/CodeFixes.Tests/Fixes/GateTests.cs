using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class GateTests
{
    private static string Gate(string scalars, string options) => Sample.Module($"""
            [Gate("{scalars}", "8x1o"{options})]
            private partial Tensor Activate(Tensor x);
        """);

    [Theory]
    [InlineData(", Gates = \"4x0e\"", "")]
    [InlineData(", Gates = \"4x0e\", EvenScalars = ActivationFunction.Tanh", ", EvenScalars = ActivationFunction.Tanh")]
    [InlineData(", EvenScalars = ActivationFunction.Tanh, Gates = \"\"", ", EvenScalars = ActivationFunction.Tanh")]
    public Task Gates_are_left_out(string before, string after) => Bulb.Fixes<ChangeGates>("E3G0206", "Leave Gates out", Gate("8x0e", before), Gate("8x0e", after));

    [Fact]
    public async Task But_rather_resized_and_so_in_all_gates()
    {
        static string Two(string first, string second) => Sample.Module($"""
                [Gate("8x0e", "8x1o", Gates = "{first}")]
                private partial Tensor First(Tensor x);

                [Gate("8x0e", "4x1o", Gates = "{second}")]
                private partial Tensor Second(Tensor x);
            """);
        Assert.Equal(["Change '4x0e' to '8x0e'", "Leave Gates out"], await Bulb.Offers<ChangeGates>("E3G0206", Gate("8x0e", ", Gates = \"4x0e\"")));
        await Bulb.FixesAll<ChangeGates>("E3G0206", [Two("4x0e", "2x0o")], [Two("8x0e", "4x0o")]);
    }

    [Theory]
    [InlineData("OddScalars = Tanh (odd)", "OddScalars = ActivationFunction.Silu", "OddScalars = ActivationFunction.Tanh")]
    [InlineData("OddScalars = Abs (even)", "OddScalars = E3Gen.ActivationFunction.Relu", "OddScalars = ActivationFunction.Abs")]
    [InlineData("OddScalars = Tanh (odd)", "OddScalars = (ActivationFunction)2", "OddScalars = ActivationFunction.Tanh")]
    [InlineData("OddGates = Abs (even)", "Gates = \"8x0o\", OddGates = ActivationFunction.Sigmoid", "Gates = \"8x0o\", OddGates = ActivationFunction.Abs")]
    public Task Odd_scalars_get_a_function_with_a_parity(string title, string before, string after) =>
        Bulb.Fixes<ActivationParity>("E3G0208", title, Gate("8x0e + 2x0o", $", {before}"), Gate("8x0e + 2x0o", $", {after}"));

    [Theory]
    [InlineData("Gate(\"8x0e + 2x0o\", \"8x1o\", ScalarFunctions = [ActivationFunction.Silu, {0}])", "Abs")]
    [InlineData("Gate(\"8x0e + 2x0o\", \"8x1o\", ScalarFunctions = new[] {{ ActivationFunction.Silu, {0} }})", "Tanh")]
    [InlineData("Activation(\"8x0e + 2x0o\", ActivationFunction.Silu, {0})", "Tanh")]
    [InlineData("Activation(\"2x0o + 8x0e\", functions: [{0}, ActivationFunction.Silu])", "Abs")]
    public Task Functions_of_single_entries_too(string attribute, string function) => Bulb.Fixes<ActivationParity>(
        "E3G0208", function == "Tanh" ? "Tanh (odd)" : "Abs (even)", Activate(attribute, "Softplus"), Activate(attribute, function));

    private static string Activate(string attribute, string function) => Sample.Module($"""
            [{string.Format(System.Globalization.CultureInfo.InvariantCulture, attribute, $"ActivationFunction.{function}")}]
            private partial Tensor Activate(Tensor x);
        """);

    [Fact]
    public Task Odd_scalars_in_all_gates_at_once()
    {
        static string Two(string function) => Sample.Module($"""
                [Gate("2x0o", "8x1o", OddScalars = ActivationFunction.{function})]
                private partial Tensor First(Tensor x);

                [Gate("4x0o", "8x1o", OddScalars = ActivationFunction.{function})]
                private partial Tensor Second(Tensor x);
            """);
        return Bulb.FixesAll<ActivationParity>("E3G0208", [Two("Silu")], [Two("Tanh")]);
    }
}

namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>What is wrong with normalisations, [Dropout], [Extract] and [Attention].</summary>
public class LayerRuleTests
{
    [Theory]
    [InlineData("E3G0311", "Dropout(\"4x0e\", [|1.5|])", "probability of 'Act' is 1.5, but must be from 0 to 1")]
    [InlineData("E3G0311", "Dropout(\"4x0e\", [|-0.1|])", "probability of 'Act' is -0.1, but must be from 0 to 1")]
    [InlineData("E3G0311", "Dropout(probability: [|double.NaN|], irreps: \"4x0e\")", "probability of 'Act' is NaN, but must be from 0 to 1")]
    [InlineData("E3G0311", "BatchNorm(\"4x0e\", Epsilon = [|0|])", "Epsilon of 'Act' is 0, but must be a number from 1E-15 to 1E+15")]
    [InlineData("E3G0311", "BatchNorm(\"4x0e\", Momentum = [|1.5|])", "Momentum of 'Act' is 1.5, but must be from 0 to 1")]
    [InlineData("E3G0311", "BatchNorm(\"4x0e\", Reduce = [|(SampleReduction)7|])", "Reduce of 'Act' is 7, but must be one of Mean, Max")]
    [InlineData("E3G0311", "LayerNorm(\"4x0e\", Normalization = [|Normalization.Integral|])", "Normalization of 'Act' is Integral, but must be Component or Norm")]
    [InlineData("E3G0311", "RmsNorm(\"4x0e\", Epsilon = [|double.PositiveInfinity|])", "Epsilon of 'Act' is Infinity, but must be a number from 1E-15 to 1E+15")]
    [InlineData("E3G0212", "LayerNorm(\"4x1o\", Bias = [|true|])", "'Act' has no even scalars, so Bias has no effect")]
    [InlineData("E3G0212", "RmsNorm(\"4x0e\", Affine = false, Bias = [|true|])", "'Act' has no weights, so Bias has no effect")]
    [InlineData("E3G0212", "BatchNorm(\"4x0e\", Instance = true, Momentum = [|0.2|])", "'Act' has no running statistics, so Momentum has no effect")]
    [InlineData("E3G0209", "Extract(\"4x0e + 2x1o\", \"4x0e + [|2x1e|]\")", "'Act' has no 2x1e in its input; it has 4x0e+2x1o")]
    [InlineData("E3G0209", "Extract(\"4x0e + 2x1o\", \"[|1x1o|]\")", "'Act' has no 1x1o in its input; it has 4x0e+2x1o")]
    [InlineData("E3G0209", "Extract(\"4x0e\", \"4x0e + [|4x0e|]\")", "'Act' has no 4x0e in its input once more; it has 4x0e")]
    [InlineData("E3G0209", "Extract(\"4x0e + 2x1o\", \"4x0e + [|2x1o|]\", Entries = [0, 0])", "'Act' has no 2x1o in its input's entry 0; it has 4x0e")]
    [InlineData("E3G0311", "Extract(\"4x0e\", \"4x0e\", Entries = [[|1|]])", "Entries of 'Act' is 1, but must be from 0 to 0, an entry of the input")]
    [InlineData("E3G0311", "Extract(\"4x0e\", \"4x0e\", Entries = new[] { [|-1|] })", "Entries of 'Act' is -1, but must be from 0 to 0, an entry of the input")]
    [InlineData("E3G0311", "Extract(\"4x0e\", \"4x0e\", Entries = [|new int[0]|])", "Entries of 'Act' is 0 indices, but must be 1 index, of the output's entry")]
    [InlineData("E3G0311", "Extract(\"4x0e\", \"4x0e + 4x0e\", Entries = [|[0]|])", "Entries of 'Act' is 1 index, but must be 2 indices, one for each entry of the output")]
    public void Options(string id, string attribute, string message) => Diagnose.Members(id, message, $"[{attribute}] private partial Tensor Act(Tensor x);");

    [Theory]
    [InlineData("\"4x0e\", \"6x1o\", Heads = [|4|]", "Heads of 'Attend' is 4, but must be a divisor of every multiplicity, which it is not of 6x1o")]
    [InlineData("\"4x0e + 3x1o\", \"4x1o\", Heads = [|2|]", "Heads of 'Attend' is 2, but must be a divisor of every multiplicity, which it is not of 3x1o")]
    [InlineData("\"4x0e\", \"4x0e\", Heads = [|0|]", "Heads of 'Attend' is 0, but must be from 1 to 2147483647")]
    [Reports("E3G0311")]
    public void Heads(string arguments, string message) => Diagnose.Members(
        "E3G0311", message, $"[Attention({arguments})] private partial Tensor Attend(Tensor queries, Tensor keys, Tensor values, Graph graph);");

    [Theory]
    [InlineData("[|(Tensor queries, Tensor keys, Tensor values)|]", "it has 3 parameters", "")]
    [InlineData("(Tensor queries, Tensor keys, Tensor values, Graph graph, [|Graph cutoff|])", "its parameter 'cutoff' is 'Graph'", ", Tensor cutoff")]
    [Reports("E3G0305")]
    public void Signatures(string parameters, string reason, string more) => Diagnose.Members(
        "E3G0305",
        $"'Attend' must be declared as 'private partial Tensor Attend(Tensor queries, Tensor keys, Tensor values, Graph graph{more})', but {reason}",
        $"[Attention(\"4x0e\", \"4x0e\")] private partial Tensor Attend{parameters};");

    /// <summary>A module without weights must be registered, too: it follows train() and eval().</summary>
    [Fact, Reports("E3G0307")]
    public void Forgotten_registration() => Diagnose.Members(
        "E3G0307",
        "The constructor of 'Sample' does not call RegisterComponents(): 'Drop' would be missing from parameters(), state_dict(), to() and train(); call it at the end",
        "[Dropout(\"4x0e\", 0.5)] private partial Tensor Drop(Tensor x); public [|Sample|]() : base(\"Sample\") { }");
}

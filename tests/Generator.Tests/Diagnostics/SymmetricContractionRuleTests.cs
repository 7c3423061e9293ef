namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>What is wrong with a [SymmetricContraction].</summary>
public class SymmetricContractionRuleTests
{
    [Theory]
    [InlineData("E3G0216", "\"4x0e + [|2x1o|]\", \"4x0e\"", "'Contract' multiplies copy by copy, so that all irreps have one multiplicity: write 4 copies instead of 2x1o")]
    [InlineData("E3G0216", "\"4x0e\", \"[|2x0e|]\"", "'Contract' multiplies copy by copy, so that all irreps have one multiplicity: write 4 copies instead of 2x0e")]
    [InlineData("E3G0203", "\"4x1o\", \"4x0e + [|4x1e|]\"", "No path of 'Contract' reaches 4x1e, so it would be zero forever; no product of up to 3 factors of 4x1o contains it")]
    [InlineData("E3G0203", "\"4x1o\", \"[|4x0e|]\", Correlation = 1", "No path of 'Contract' reaches 4x0e, so it would be zero forever; no product of one factor of 4x1o contains it")]
    [InlineData("E3G0311", "\"4x1o\", \"4x1o\", Correlation = [|5|]", "Correlation of 'Contract' is 5, but must be from 1 to 4")]
    [InlineData("E3G0311", "\"4x1o\", \"4x1o\", Correlation = [|0|]", "Correlation of 'Contract' is 0, but must be from 1 to 4")]
    [InlineData("E3G0311", "\"4x1o\", \"4x1o\", Elements = [|0|]", "Elements of 'Contract' is 0, but must be from 1 to 1000")]
    public void Irreps_and_options(string id, string arguments, string message) => Report(id, message, $"SymmetricContraction({arguments})", "(Tensor x)");

    [Theory]
    [InlineData("Elements = 2", "[|(Tensor x)|]", "Tensor x, Tensor species", "1 parameter")]
    [InlineData("Elements = 1", "[|(Tensor x, Tensor species)|]", "Tensor x", "2 parameters")]
    [Reports("E3G0305")]
    public void Signatures(string option, string parameters, string wanted, string count) => Report(
        "E3G0305",
        $"'Contract' must be declared as 'private partial Tensor Contract({wanted})', but it has {count}",
        $"SymmetricContraction(\"4x0e\", \"4x0e\", {option})",
        parameters);

    [Fact, Reports("E3G0106")]
    public void More_couplings_than_can_be_planned() => Report(
        "E3G0106",
        "'Contract' is too large: The coupling tensors have more than 200000 entries. Use a lower Correlation or fewer irreps",
        "[|SymmetricContraction(\"0e + 1o + 2e + 3o + 4e\", \"0e + 1o + 2e + 3o\", Correlation = 4)|]",
        "(Tensor x)");

    [Fact, Reports("E3G0106")]
    public void Couplings_through_degrees_that_there_are_none_of() => Report(
        "E3G0106",
        "'Contract' is too large: It couples through l = 12, but there are couplings for l from 0 to 11. Use a lower Correlation or fewer irreps",
        "[|SymmetricContraction(\"6e\", \"6e\")|]",
        "(Tensor x)");

    private static void Report(string id, string message, string attribute, string parameters) =>
        Diagnose.Members(id, message, $"[{attribute}] private partial Tensor Contract{parameters};");
}

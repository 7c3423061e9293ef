using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class RemoveTermTests
{
    [Theory]
    [InlineData("\"8x0e + 4x1e\"", "\"8x0e\"")]
    [InlineData("\"4x1e + 8x0e\"", "\"8x0e\"")]
    [InlineData("\"8x0e+4x1e+2x0e\"", "\"8x0e+2x0e\"")]
    [InlineData("\"8x0e + \" + \"4x1e + 2x0e\"", "\"8x0e + \" + \"2x0e\"")]
    [InlineData("\"\"\"\n        8x0e\n        + 4x1e\n        \"\"\"", "\"\"\"\n        8x0e\n        \"\"\"")]
    [InlineData("@\"4x1e +\n 8x0e\"", "@\"8x0e\"")]
    [InlineData("$\"{\"8x0e\"} + 4x1e\"", "$\"{\"8x0e\"}\"")]
    public Task An_unreached_output_goes_with_its_plus(string before, string after) =>
        Bulb.Fixes<RemoveTerm>("E3G0203", "Remove '4x1e'", Sample.Linear("\"8x0e\"", before), Sample.Linear("\"8x0e\"", after));

    [Theory]
    [InlineData("\"4x1e\"")] // nothing would be left
    [InlineData("\"4x1e\" + \" + 8x0e\"")] // its '+' lies in another literal
    public async Task Not_where_no_plus_stands_beside_it(string output) => Assert.Empty(await Bulb.Offers<RemoveTerm>("E3G0203", Sample.Linear("\"8x0e\"", output)));

    [Fact]
    public async Task Not_where_the_term_stands_for_all_that_an_operation_yields() => Assert.Empty(await Bulb.Offers<RemoveTerm>("E3G0204", Sample.Module("""
            [Linear("8x0e + 4x1o", "8x0e + 4x1o")]
            private partial Tensor Mix(Tensor x);

            [Linear("8x0e + @Mix", "8x0e")]
            private partial Tensor Update(Tensor x);
        """)));

    [Fact]
    public Task An_unread_input_goes() =>
        Bulb.Fixes<RemoveTerm>("E3G0204", "Remove '4x1o'", Sample.Linear("\"4x1o + 8x0e\"", "\"8x0e\""), Sample.Linear("\"8x0e\"", "\"8x0e\""));

    [Fact]
    public Task In_the_constant() => Bulb.Fixes<RemoveTerm>(
        "E3G0203",
        "Remove '4x1e'",
        Sample.Linear("\"8x0e\"", "Sum", "    private const string Sum = \"8x0e + 4x1e\";"),
        Sample.Linear("\"8x0e\"", "Sum", "    private const string Sum = \"8x0e\";"));

    [Theory]
    [InlineData("8x0e + + 4x1o", "8x0e + 4x1o")]
    [InlineData("8x0e +", "8x0e")]
    [InlineData("+ 8x0e", "8x0e")]
    [InlineData("@Mix + + 4x1o", "@Mix + 4x1o")]
    [InlineData("@Mix + ", "@Mix ")]
    [InlineData(" + @Mix", "@Mix")]
    public Task An_empty_term_goes(string before, string after)
    {
        static string Annotated(string text) => Sample.Linear("\"0e\"", "\"0e\"", $"    [Irreps(\"{text}\")] private readonly Tensor _x = empty(1);");
        return Bulb.Fixes<RemoveTerm>("E3G0104", "Remove the empty term", Annotated(before), Annotated(after));
    }

    [Fact]
    public Task An_output_that_a_network_cannot_reach_goes()
    {
        static string Network(string output) => $"""
            {Sample.Usings}[MessagePassingNetwork(Hidden = "8x0e", Output = "{output}", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 2.0)]
            internal sealed partial class Network;
            """;
        return Bulb.Fixes<RemoveTerm>("E3G0214", "Remove '1x2e'", Network("1x0e + 1x2e"), Network("1x0e"));
    }

    [Fact]
    public Task All_at_once() => Bulb.FixesAll<RemoveTerm>(
        "E3G0203",
        [Sample.Linear("\"8x0e\"", "\"8x0e + 4x1e + 2x1o + 2e\"")],
        [Sample.Linear("\"8x0e\"", "\"8x0e\"")]);
}

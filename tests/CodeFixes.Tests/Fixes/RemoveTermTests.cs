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
        Bulb.Fixes<ChangeTerm>("E3G0203", "Remove '4x1e'", Sample.Linear("\"8x0e\"", before), Sample.Linear("\"8x0e\"", after));

    [Theory]
    [InlineData("\"4x1e\"")] // nothing would be left
    [InlineData("\"4x1e\" + \" + 8x0e\"")] // its '+' lies in another literal
    public async Task Not_where_no_plus_stands_beside_it(string output) =>
        Assert.DoesNotContain("Remove '4x1e'", await Bulb.Offers<ChangeTerm>("E3G0203", Sample.Linear("\"8x0e\"", output)));

    [Fact]
    public async Task Not_where_the_term_stands_for_all_that_an_operation_yields() => Assert.Empty(await Bulb.Offers<ChangeTerm>("E3G0204", Sample.Module("""
            [Linear("8x0e + 4x1o", "8x0e + 4x1o")]
            private partial Tensor Mix(Tensor x);

            [Linear("8x0e + @Mix", "8x0e")]
            private partial Tensor Update(Tensor x);
        """)));

    [Fact]
    public Task An_unread_input_goes() =>
        Bulb.Fixes<ChangeTerm>("E3G0204", "Remove '4x1o'", Sample.Linear("\"4x1o + 8x0e\"", "\"8x0e\""), Sample.Linear("\"8x0e\"", "\"8x0e\""));

    [Fact]
    public Task In_the_constant() => Bulb.Fixes<ChangeTerm>(
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
        return Bulb.Fixes<ChangeTerm>("E3G0104", "Remove the empty term", Annotated(before), Annotated(after));
    }

    [Fact]
    public Task An_output_that_a_network_cannot_reach_goes()
    {
        static string Network(string output) => $"""
            {Sample.Usings}[MessagePassingNetwork(Hidden = "8x0e", Output = "{output}", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 2.0)]
            internal sealed partial class Network;
            """;
        return Bulb.Fixes<ChangeTerm>("E3G0214", "Remove '1x2e'", Network("1x0e + 1x2e"), Network("1x0e"));
    }

    [Fact]
    public Task Only_where_nothing_nearer_can_stand_there() => Bulb.FixesAll<ChangeTerm>(
        "E3G0203",
        [Sample.Linear("\"8x0e\"", "\"8x0e + 4x1e\"", """

                [Linear("8x0e + 2x1o", "8x0e + 2x1e")]
                private partial Tensor Second(Tensor x);
            """)],
        [Sample.Linear("\"8x0e\"", "\"8x0e\"", """

                [Linear("8x0e + 2x1o", "8x0e + 2x1o")]
                private partial Tensor Second(Tensor x);
            """)]);

    [Fact]
    public async Task It_is_the_last_choice() => Assert.Equal(
        ["Change '2x1e' to '2x1o'", "Remove '2x1e'"],
        await Bulb.Offers<ChangeTerm>("E3G0203", Sample.Linear("\"8x0e + 2x1o\"", "\"8x0e + 2x1e\"")));

    [Fact]
    public async Task Channels_that_two_mistakes_are_about_stay()
    {
        await Bulb.FixesFirst<ChangeTerm>(
            "E3G0204", Sample.Linear("\"8x0e + 2x1o\"", "\"8x0e + 2x1e\""), Sample.Linear("\"8x0e + 2x1e\"", "\"8x0e + 2x1e\""));
        await Bulb.FixesFirst<ChangeTerm>(
            "E3G0203", Sample.Linear("\"8x0e + 2x1o\"", "\"8x0e + 2x1e\""), Sample.Linear("\"8x0e + 2x1o\"", "\"8x0e + 2x1o\""));
    }

    [Theory]
    [InlineData("E3G0203", "4x1o", "1o", "0e + 4x3e", "4x1o", "0e + 4x2e")]
    [InlineData("E3G0204", "4x1o + 4x3o", "1o", "0e + 4x2o", "4x1o + 4x3e", "0e + 4x2o")]
    public Task So_do_those_of_products(string rule, string x, string y, string z, string newX, string newZ)
    {
        static string Product(string x, string y, string z) => Sample.Module($"""
                [TensorProduct("{x}", "{y}", "{z}")]
                private partial Tensor Multiply(Tensor a, Tensor b);
            """);
        return Bulb.FixesFirst<ChangeTerm>(rule, Product(x, y, z), Product(newX, y, newZ));
    }

    [Theory]
    [InlineData("E3G0203", "    [Path(\"1o x 1o -> 0e\")] // a dot product\n", "    [Path(\"1o x 1o -> 0e\")] [Path(\"1o x 1o -> 1e\")] // a dot product\n")]
    [InlineData("E3G0203", "    [Path(\"1o x 1o -> 0e\")]\n", "    [Path(\"1o x 1o -> 0e\")]\n    [Path(\"1o x 1o -> 1e\")]\n")]
    public Task A_path_is_picked_as_well(string rule, string before, string after)
    {
        static string Product(string paths) => Sample.Module($"""
                [TensorProduct("1o", "1o", "4x0e + 4x1e")]
            {paths}    private partial Tensor Multiply(Tensor a, Tensor b);
            """);
        return Bulb.FixesFirst<ChangeTerm>(rule, Product(before), Product(after));
    }

    [Fact]
    public Task Also_one_that_reads_an_input()
    {
        static string Product(string paths) => Sample.Module($"""
                [TensorProduct("1o + 1e", "1o", "0e + 0o")]
                [Path("1o x 1o -> 0e")]{paths}
                private partial Tensor Multiply(Tensor a, Tensor b);
            """);
        return Bulb.FixesFirst<ChangeTerm>("E3G0204", Product(""), Product("\n    [Path(\"1e x 1o -> 0o\")]"));
    }

    [Theory]
    [InlineData("E3G0214", "8x0e", "0e + 1o", "1x0e + 1x3e", "8x0e", "1x0e + 1x1o")]
    [InlineData("E3G0214", "8x0e + 4x1o", "0e + 1o", "1x0e + 1x2o", "8x0e + 4x1o", "1x0e + 1x2e")]
    public Task An_output_of_a_network_becomes_one_that_it_can_reach(string rule, string hidden, string edges, string output, string newHidden, string newOutput)
    {
        static string Network(string hidden, string edges, string output) => $"""
            {Sample.Usings}[MessagePassingNetwork(Hidden = "{hidden}", Output = "{output}", EdgeHarmonics = "{edges}", Layers = 1, MaxRadius = 2.0)]
            internal sealed partial class Network;
            """;
        return Bulb.FixesFirst<ChangeTerm>(rule, Network(hidden, edges, output), Network(newHidden, edges, newOutput));
    }

    [Fact]
    public Task All_at_once() => Bulb.FixesAll<ChangeTerm>(
        "E3G0203",
        [Sample.Linear("\"8x0e\"", "\"8x0e + 4x1e + 2x1o + 2e\"")],
        [Sample.Linear("\"8x0e\"", "\"8x0e\"")]);
}

using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class ChangeTermTests
{
    private static string Annotated(string literal) => Sample.Module($"    [Irreps({literal})]\n    private readonly Tensor _x = empty(1);");

    private static string Path(string path) => Sample.Module($"""
            [TensorProduct("1o", "1o", "0e + 1e")]
            [Path("1o x 1o -> 0e")]
            [Path("1o x 1o -> 1e")]
            [Path({path})]
            private partial Tensor Multiply(Tensor x, Tensor y);
        """);

    [Theory]
    [InlineData("E3G0101", "Change '1' to '1o'", "8x1", "8x1o")]
    [InlineData("E3G0101", "Change '1' to '1e'", "1 + 0e", "1e + 0e")]
    [InlineData("E3G0101", "Change 'p' to 'o'", "8x1p", "8x1o")]
    [InlineData("E3G0103", "Change '-1' to '1'", "8x-1o", "8x1o")]
    [InlineData("E3G0103", "Change '12x12e' to '12x11e'", "0e + 12x12e", "0e + 12x11e")]
    [InlineData("E3G0103", "Change '100' to '11'", "4x100e", "4x11e")]
    public Task An_irrep_is_completed(string rule, string title, string before, string after) =>
        Bulb.Fixes<ChangeTerm>(rule, title, Annotated($"\"{before}\""), Annotated($"\"{after}\""));

    [Theory]
    [InlineData("\"8x1p\"", "\"8x1o\"")]
    [InlineData("@\"8x1p\"", "@\"8x1o\"")]
    [InlineData("\"\"\"8x1p\"\"\"", "\"\"\"8x1o\"\"\"")]
    [InlineData("\"\"\"\n        0e\n        + 8x1p\n        \"\"\"", "\"\"\"\n        0e\n        + 8x1o\n        \"\"\"")]
    [InlineData("\"\\t8x1p\"", "\"\\t8x1o\"")]
    [InlineData("\"0e + \" + \"8x1p\"", "\"0e + \" + \"8x1o\"")]
    [InlineData("$\"{\"0e\"} + 8x1p\"", "$\"{\"0e\"} + 8x1o\"")]
    public Task In_a_literal_of_any_form(string before, string after) => Bulb.Fixes<ChangeTerm>("E3G0101", "Change 'p' to 'o'", Annotated(before), Annotated(after));

    [Theory]
    [InlineData("E3G0101", "\"8x1\\u0070\"")] // the p is an escape
    [InlineData("E3G0103", "\"12\" + \"x12e\"")] // the term lies in two literals
    public async Task Not_where_the_source_reads_otherwise(string rule, string literal) => Assert.Empty(await Bulb.Offers<ChangeTerm>(rule, Annotated(literal)));

    /// <summary>A part of what another operation takes or yields cannot go, but the rest can be written out.</summary>
    [Theory]
    [InlineData("[Linear(\"16x0e\", OUTPUT)] private partial Tensor Skip(Tensor x);")]
    [InlineData("[TensorProduct(\"16x0e\", \"2x0e\", OUTPUT)] private partial Tensor Skip(Tensor x, Tensor y);")]
    public Task What_is_reached_of_another_operation_is_written_out(string skip)
    {
        string Module(string output) => Sample.Module($"    [Gate(\"8x0e\", \"4x1o\")] private partial Tensor Act(Tensor x);\n    {skip.Replace("OUTPUT", output)}");
        return Bulb.Fixes<ChangeTerm>("E3G0203", "Change '@Act.Input' to '12x0e'", Module("\"@Act.Input\""), Module("\"12x0e\""));
    }

    [Fact]
    public Task Every_mistaken_term_at_once() => Bulb.FixesAll<ChangeTerm>("E3G0101", [Annotated("\"16x0 + 8x1p + 0e\"")], [Annotated("\"16x0e + 8x1e + 0e\"")]);

    [Theory]
    [InlineData("[Linear(\"@Convlove\", \"8x0e\")]", "[Linear(\"@Convolve\", \"8x0e\")]")]
    [InlineData("[Linear(\"@convolve + 2x0e\", \"8x0e\")]", "[Linear(\"@Convolve + 2x0e\", \"8x0e\")]")]
    [InlineData("[Linear(\"@Convolv.Inptu\", \"8x0e\")]", "[Linear(\"@Convolve.Input\", \"8x0e\")]")]
    public Task A_mistyped_operation_is_the_nearest(string before, string after)
    {
        static string Two(string attribute) => Sample.Module($"""
                [Linear("8x0e", "8x0e")]
                private partial Tensor Convolve(Tensor nodes);

                [Linear("8x0e", "8x0e")]
                private partial Tensor Mix(Tensor nodes);

                {attribute}
                private partial Tensor Update(Tensor messages);
            """);
        return Bulb.FixesFirst<ChangeTerm>("E3G0107", Two(before), Two(after));
    }

    [Fact]
    public Task Also_in_an_annotation() => Bulb.FixesFirst<ChangeTerm>(
        "E3G0107",
        Sample.Linear("\"8x0e\"", "\"8x0e\"", "    public Tensor Same([Irreps(\"@Mxi\")] Tensor x) => x;"),
        Sample.Linear("\"8x0e\"", "\"8x0e\"", "    public Tensor Same([Irreps(\"@Mix\")] Tensor x) => x;"));

    [Fact]
    public async Task Nor_where_it_would_lead_back()
    {
        string circle = Sample.Module("""
                [Linear("@Bck", "8x0e")]
                private partial Tensor Forth(Tensor x);

                [Linear("@Forth", "8x0e")]
                private partial Tensor Back(Tensor x);
            """);
        Assert.Empty(await Bulb.Offers<ChangeTerm>("E3G0107", circle));
    }

    [Fact]
    public async Task Not_where_no_name_is_near() => Assert.Empty(await Bulb.Offers<ChangeTerm>(
        "E3G0107", Sample.Linear("\"8x0e\"", "\"8x0e\"", "    public Tensor Same([Irreps(\"@Update\")] Tensor x) => x;")));

    [Fact]
    public Task In_the_file_of_the_constant() => Bulb.Fixes<ChangeTerm>(
        "E3G0203",
        "Change '4x1e' to '4x1o'",
        [Sample.Linear("Words.Nodes", "Words.Wrong"), "internal static class Words { public const string Nodes = \"4x0e + 4x1o\", Wrong = \"4x0e + 4x1e\"; }"],
        [Sample.Linear("Words.Nodes", "Words.Wrong"), "internal static class Words { public const string Nodes = \"4x0e + 4x1o\", Wrong = \"4x0e + 4x1o\"; }"]);

    [Fact]
    public async Task A_path_ends_in_what_its_inputs_give()
    {
        await Bulb.Fixes<ChangeTerm>("E3G0201", "Change '1o' to '1e'", Path("\"1o x 1o -> 1o\""), Path("\"1o x 1o -> 1e\""));
        await Bulb.Fixes<ChangeTerm>("E3G0202", "Change '3e' to '1e'", Path("\"1o x 1o -> 3e\""), Path("\"1o x 1o -> 1e\""));
    }

    [Fact]
    public async Task A_path_is_offered_outputs_that_are_there_the_nearest_first() =>
        Assert.Equal(["Change '3e' to '1e'", "Change '3e' to '0e'"], await Bulb.Offers<ChangeTerm>("E3G0202", Path("\"1o x 1o -> 3e\"")));

    [Fact]
    public async Task A_path_is_offered_nothing_that_would_be_refused_in_turn()
    {
        static string Product(string path, string output) => Sample.Module($"""
                [TensorProduct("1o + 2e", "1o", "{output}")]
                [Path("{path}")]
                private partial Tensor Multiply(Tensor x, Tensor y);
            """);
        Assert.Empty(await Bulb.Offers<ChangeTerm>("E3G0202", Product("1o x 1o -> 4e", "4e"))); // the output has nothing that the product gives
        Assert.Equal(["Change '2e' to '0e'"], await Bulb.Offers<ChangeTerm>("E3G0209", Product("1o x 1o -> 2e", "1o + 0e"))); // 1o cannot come of 1o x 1o
        Assert.Equal(["Change '1e' to '1o'"], await Bulb.Offers<ChangeTerm>("E3G0209", Product("1e x 1o -> 0e", "0e"))); // 2e x 1o does not give 0e
        Assert.Empty(await Bulb.Offers<ChangeTerm>("E3G0209", Product("3o x 1o -> 0o", "0o"))); // no input makes it right
        Assert.Equal(["Change '3e' to '0e'"], await Bulb.Offers<ChangeTerm>("E3G0202", Sample.Module("""
                [TensorProduct("1o", "1o", "0e + 8x1e + 3e", Mode = ConnectionMode.UVU)]
                [Path("1o x 1o -> 3e")]
                private partial Tensor Multiply(Tensor x, Tensor y);
            """))); // 8 copies do not fit the mode
    }

    [Fact]
    public Task A_path_names_irreps_that_are_there() =>
        Bulb.Fixes<ChangeTerm>("E3G0209", "Change '1e' to '1o'", Path("\"1e x 1o -> 0e\""), Path("\"1o x 1o -> 0e\""));

    [Theory]
    [InlineData("8x0e + 4x1o", "8x0e + 4x1e", "Change '4x1e' to '4x1o'", "8x0e + 4x1o")] // the other parity
    [InlineData("8x0e + 4x2e", "8x0e + 4 x 3o", "Change '4 x 3o' to '4 x 2e'", "8x0e + 4 x 2e")] // the nearest degree
    public Task An_output_of_a_linear_map_is_an_irrep_of_its_input(string input, string output, string title, string after) =>
        Bulb.Fixes<ChangeTerm>("E3G0203", title, Sample.Linear($"\"{input}\"", $"\"{output}\""), Sample.Linear($"\"{input}\"", $"\"{after}\""));

    [Fact]
    public Task A_kept_irrep_is_one_that_the_convolution_reaches()
    {
        static string Convolution(string keep) => Sample.Module($"""
                [Convolution("8x0e", "0e + 1o", Keep = "{keep}")]
                private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            """);
        return Bulb.Fixes<ChangeTerm>("E3G0203", "Change '1e' to '1o'", Convolution("0e + 1e"), Convolution("0e + 1o"));
    }

    [Fact]
    public Task An_output_of_a_product_is_one_that_a_path_reaches()
    {
        static string Product(string output) => Sample.Module($"""
                [TensorProduct("8x1o", "1o", "{output}")]
                private partial Tensor Multiply(Tensor x, Tensor y);
            """);
        return Bulb.Fixes<ChangeTerm>("E3G0203", "Change '4x3o' to '4x2e'", Product("4x0e + 4x3o"), Product("4x0e + 4x2e"));
    }

    [Fact]
    public Task Harmonics_have_the_parity_of_their_vector()
    {
        static string Harmonics(string irreps) => Sample.Module($"""
                [SphericalHarmonics("{irreps}")]
                private partial Tensor Directions(Tensor vectors);
            """);
        return Bulb.Fixes<ChangeTerm>("E3G0211", "Change '2o' to '2e'", Harmonics("0e + 1o + 2o"), Harmonics("0e + 1o + 2e"));
    }

    [Theory]
    [InlineData("8x0e", "12x0e")]
    [InlineData("8x0e + 2x0o", "8x0e + 4x0o")]
    [InlineData("20x0o", "12x0o")]
    [InlineData("8x0e + 8x0o", "8x0e + 4x0o")]
    public Task Gates_are_as_many_as_gated_irreps(string before, string after)
    {
        static string Gate(string gates) => Sample.Module($"""
                [Gate("4x0e", "8x1o + 4x2e", Gates = "{gates}")]
                private partial Tensor Activate(Tensor x);
            """);
        return Bulb.Fixes<ChangeGates>("E3G0206", $"Change '{before}' to '{after}'", Gate(before), Gate(after));
    }

    [Theory]
    [InlineData("NodeAttributes = \"0e + 1o\", Output = \"0o\"", "Change '0o' to '0e'", "NodeAttributes = \"0e + 1o\", Output = \"0e\"")]
    [InlineData("Output = \"0o\"", "Change '0o' to '0e'", "Output = \"0e\"")]
    public Task An_output_that_the_network_reaches(string before, string title, string after)
    {
        static string Network(string options) => $"{Sample.Usings}[MessagePassingNetwork(Layers = 0, EdgeHarmonics = \"0e + 1o\", MaxRadius = 3, {options})] public partial class Network;";
        return Bulb.Fixes<ChangeTerm>("E3G0214", title, Network(before), Network(after));
    }

    [Theory]
    [InlineData("4x0e + 2x1o", "4x0e", "Change '2x1o' to '4x1o'", "4x0e + 4x1o", "4x0e")]
    [InlineData("4x0e", "0e", "Change '0e' to '4x0e'", "4x0e", "4x0e")]
    public Task As_many_copies_of_all_irreps(string input, string output, string title, string rightInput, string rightOutput)
    {
        static string Contraction(string input, string output) =>
            Sample.Module($"        [SymmetricContraction(\"{input}\", \"{output}\")]\n        private partial Tensor Contract(Tensor x);");
        return Bulb.Fixes<ChangeTerm>("E3G0216", title, Contraction(input, output), Contraction(rightInput, rightOutput));
    }

    [Fact]
    public Task All_at_once_also_where_two_uses_share_a_constant() => Bulb.FixesAll<ChangeTerm>(
        "E3G0203",
        [
            Sample.Linear("Words.Nodes", "Words.Wrong", """

                    [Linear(Words.Nodes, Words.Wrong)]
                    private partial Tensor Again(Tensor x);

                    [Linear("0e", "0o")]
                    private partial Tensor Third(Tensor x);
                """),
            "internal static class Words { public const string Nodes = \"4x0e + 4x1o\", Wrong = \"4x0e + 4x1e\"; }",
        ],
        [
            Sample.Linear("Words.Nodes", "Words.Wrong", """

                    [Linear(Words.Nodes, Words.Wrong)]
                    private partial Tensor Again(Tensor x);

                    [Linear("0e", "0e")]
                    private partial Tensor Third(Tensor x);
                """),
            "internal static class Words { public const string Nodes = \"4x0e + 4x1o\", Wrong = \"4x0e + 4x1o\"; }",
        ]);
}

namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>In whatever way a string is written, a diagnostic points at the characters that are meant.</summary>
public class LiteralTests
{
    private const string Raw = "\"\"\"";
    private const string LongRaw = "\"\"\"\"";

    /// <summary>An unknown parity: the mistake is in the string itself.</summary>
    [Theory]
    [InlineData("\"8x0e + 2[|a|]\"")]
    [InlineData("@\"8x0e + 2[|a|]\"")]
    [InlineData(Raw + "8x0e + 2[|a|]" + Raw)]
    [InlineData(LongRaw + "8x0e + 2[|a|]" + LongRaw)]
    [InlineData("\"8x0e\" + \" + 2[|a|]\"")]
    [InlineData("(\"8x0e\" + (\" + 2\" + @\"[|a|]\"))")]
    [InlineData("$\"8x0e + 2[|a|]\"")]
    [InlineData("$\"{\"8x0e\"} + 2{\"[|a|]\"}\"")]
    [InlineData("$\"{Scalars} + 2[|a|]\"")]
    [InlineData("Scalars + \" + 2[|a|]\"")]
    [InlineData("Outside.Scalars + \" + 2[|a|]\"")]
    [InlineData("\"\\u0038x0e\\t+\\x00202[|\\x61|]\"")]
    [InlineData("\"8x0e\\n+\\U000000202[|\\U00000061|]\"")]
    public void A_mistake_in_the_argument(string argument) => Diagnose.Sources("E3G0101", null, [Linear("\"8x0e\"", argument)], []);

    /// <summary>An output that no path reaches: the term is fine in itself.</summary>
    [Theory]
    [InlineData("\"8x0e + [|2x2e|]\"")]
    [InlineData("@\"8x0e + [|2x2e|]\"")]
    [InlineData(Raw + "8x0e + [|2x2e|]" + Raw)]
    [InlineData("\"8x0e + [|2\" + \"x\" + \"2e|]\"")]
    [InlineData("\"8x0e + [|2\\x78\\u0032\\u0065|]\"")]
    [InlineData("\"8x0e + \" + [|Quadrupoles|]")]
    [InlineData("$\"8x0e + {[|Quadrupoles|]}\"")]
    [InlineData("$\"{Scalars} + [|2x2e|]\"")]
    [InlineData("[|AtOnce|]")]
    [InlineData("[|Outside.AtOnce|]")]
    public void A_term_that_selection_rules_reject(string argument) => Diagnose.Sources("E3G0203", null, [Linear("\"8x0e\"", argument)], []);

    [Fact]
    public void Raw_literals_of_several_lines()
    {
        Diagnose.Sources("E3G0101", null, [Linear("\"8x0e\"", $"""
            {Raw}
                    8x0e
                      + 2[|a|]
                    {Raw}
            """)], []);
        Diagnose.Sources("E3G0203", null, [Linear("\"8x0e\"", $"""
            {Raw}
                    8x0e +

                    [|2x2e|]
                    {Raw}
            """)], []);
    }

    [Fact]
    public void Raw_literals_with_the_line_ends_of_windows() =>
        Diagnose.Sources("E3G0203", null, [Linear("\"8x0e\"", $"{Raw}\n    8x0e +\n    [|2x2e|]\n    {Raw}").ReplaceLineEndings("\r\n")], []);

    [Fact]
    public void A_mistake_in_a_constant_is_shown_in_the_constant() =>
        Diagnose.Sources("E3G0101", null, [Linear("Hidden", "Hidden", """private const string Hidden = Scalars + " + 2[|a|]";""")], []);

    [Fact]
    public void A_mistake_in_a_constant_of_another_file_is_shown_there() =>
        Diagnose.Sources("E3G0101", null, [
            Linear("Widths.Hidden", "$\"{Widths.Hidden}\""),
            "namespace Samples; internal static class Widths { public const string Hidden = @\"8x0e + 2[|a|]\"; }"], []);

    [Fact]
    public void A_term_of_a_constant_of_another_file_is_shown_where_it_is_used() =>
        Diagnose.Sources("E3G0203", null, [
            Linear("\"8x0e\"", "[|Widths.Hidden|]"),
            "namespace Samples; internal static class Widths { public const string Hidden = \"8x0e + 2x2e\"; }"], []);

    [Fact]
    public void A_mistake_across_two_constants_is_shown_from_the_first_on() =>
        Diagnose.Sources("E3G0103", null, [Linear("A + B", "\"\"", """
            private const string A = "8x0e + [|1|]", B = "2e";
            """)], []);

    [Fact]
    public void References_by_nameof() =>
        Diagnose.Members("E3G0107", "There is no operation 'Sample' in 'Sample'; '@' can name 'Mix'", """
                [Linear("4x0e", "4x0e")]
                private partial Tensor Mix(Tensor x);

                [Linear("[|@" + nameof(Sample)|], "4x0e")]
                private partial Tensor Next(Tensor x);
            """);

    [Fact]
    public void Named_arguments_in_any_order() =>
        Diagnose.Members("E3G0101", null, """
                [Linear(output: "8x0e", input: "8x0[|a|]")]
                private partial Tensor Mix(Tensor x);
            """);

    /// <summary>An expression that is not followed character by character is shown whole.</summary>
    [Theory]
    [InlineData("[|true ? \"8x0a\" : \"\"|]")]
    public void Other_expressions_are_shown_whole(string argument) => Diagnose.Sources("E3G0101", null, [Linear("\"8x0e\"", argument)], []);

    private static string Linear(string input, string output, string members = "") => Sample.Linear(input, output, $$"""
            private const string Scalars = "8x0e";
            private const string Quadrupoles = "2x2e";
            private const string AtOnce = "8x0e + 2x2e";
        {{members}}
        """) + """

        internal static class Outside
        {
            public const string Scalars = "8x0e";
            public const string AtOnce = "8x0e + 2x2e";
        }
        """;
}

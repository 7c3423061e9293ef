namespace E3Gen.CodeFixes.Tests.Completion;

/// <summary>Through the IDE's own service, which finds the provider in the assembly as it would in a package.</summary>
public class IrrepsCompletionTests
{
    private const string Other = """
            [Linear("8x0e", "8x0e")]
            private partial Tensor Other(Tensor x);


        """;

    private static string Linear(string output) => Sample.Module($"""
        {Other}    [Linear("8x0e", {output})]
            private partial Tensor Mix(Tensor x);
        """);

    [Theory]
    [InlineData("\"$$\"", "1o", "\"1o\"")]
    [InlineData("\"8x$$\"", "1e", "\"8x1e\"")]
    [InlineData("\"8x0e + 12x2$$\"", "2e", "\"8x0e + 12x2e\"")]
    [InlineData("@\"0e + $$ + 1o\"", "4e", "@\"0e + 4e + 1o\"")]
    [InlineData("\"\"\"8x$$\"\"\"", "0o", "\"\"\"8x0o\"\"\"")]
    [InlineData("\"8x0e\" + \" + $$\"", "@Other", "\"8x0e\" + \" + @Other\"")]
    [InlineData("\"@O$$\"", "@Other", "\"@Other\"")]
    [InlineData("output: \"$$\"", "@Other", "output: \"@Other\"")]
    public async Task A_term_is_completed(string before, string item, string after)
    {
        var (document, service, items) = await Offered.CompletionAsync(Linear(before));
        var change = await service.GetChangeAsync(document, Assert.Single(items, i => i.DisplayText == item));
        var text = (await document.GetTextAsync()).WithChanges(change.TextChange);
        Assert.Equal(Linear(after), text.ToString());
    }

    [Fact]
    public async Task Irreps_come_with_their_names_in_order()
    {
        var (_, _, items) = await Offered.CompletionAsync(Linear("\"$$\""));
        Assert.Equal(
            ["0e scalar", "0o pseudoscalar", "1o vector", "1e pseudovector", "2e 5 components", "2o 5 components"],
            items.OrderBy(i => i.SortText, StringComparer.Ordinal).Take(6).Select(i => $"{i.DisplayText} {i.InlineDescription}"));
        Assert.DoesNotContain(items, i => i.DisplayText == "@Mix"); // itself
    }

    [Theory]
    [InlineData("    [Irreps(\"$$\")]\n    private readonly Tensor _x = empty(1);")]
    [InlineData("    [Gate(\"0e\", \"$$\")]\n    private partial Tensor Activate(Tensor x);")]
    [InlineData("    private static Tensor State(Tensor x) => x.AssumeIrreps(\"$$\");")]
    public async Task Wherever_irreps_are_wanted(string members) => Assert.Contains((await Offered.CompletionAsync(Sample.Module(members))).Items, i => i.DisplayText == "1o");

    [Theory]
    [InlineData("    private const string Nodes = \"32x$$\";\n\n    [Linear(Nodes, Nodes)]\n    private partial Tensor Mix(Tensor x);")]
    [InlineData("    private const string Nodes = \"32x$$\", Sum = Nodes + \" + 2e\";\n\n    [Linear(\"2e\", (Sum))]\n    private partial Tensor Mix(Tensor x);")]
    [InlineData("    private static class Words { public const string Nodes = \"32x$$\"; }\n\n    [Irreps(Sample.Words.Nodes)]\n    private readonly Tensor _x = empty(1);")]
    [InlineData("    private static Tensor State(Tensor x) { const string Text = \"$$\"; return x.AssumeIrreps(Text); }")]
    public async Task Also_in_a_constant_that_gets_there(string members) => Assert.Contains((await Offered.CompletionAsync(Sample.Module(members))).Items, i => i.DisplayText == "1o");

    [Theory]
    [InlineData("    [SphericalHarmonics(\"$$\")]\n    private partial Tensor Directions(Tensor x);", "0e 1o 2e 3o 4e @Scalars @Vectors")]
    [InlineData("    [SphericalHarmonics(\"1e + $$\")]\n    private partial Tensor Directions(Tensor x);", "0e 1e 2e 3e 4e @Scalars")]
    [InlineData("    [Gate(\"$$\", \"1o\")]\n    private partial Tensor Activate(Tensor x);", "0e 0o @Scalars")]
    [InlineData("    [Gate(\"0e\", \"1o\", Gates = \"8x$$\")]\n    private partial Tensor Activate(Tensor x);", "0e 0o @Scalars")]
    [InlineData("    private static Tensor State(Tensor x) => x.AssumeIrreps(\"$$\");", "0e 0o 1o 1e 2e 2o 3o 3e 4e 4o")]
    [InlineData("    [MessagePassingNetwork(EdgeHarmonics = \"$$\")]\n    private partial class Network;", "0e 1o 2e 3o 4e")]
    [InlineData("    [MessagePassingNetwork(Hidden = \"8x$$\")]\n    private partial class Network;", "0e 0o 1o 1e 2e 2o 3o 3e 4e 4o")]
    [InlineData("    [Linear(\"@$$\", \"0e\")]\n    private partial Tensor Own(Tensor x);\n\n    [Linear(\"0e\", \"@Own\")]\n    private partial Tensor Circle(Tensor x);", "@Scalars @Vectors")]
    [InlineData("    [Irreps(\"@Vectors.$$\")]\n    private readonly Tensor _x = empty(1);", "Input")]
    [InlineData("    [Irreps(\"@Vektors.$$\")]\n    private readonly Tensor _x = empty(1);", "")]
    [InlineData("    [Gate(\"@Vectors.$$\", \"1o\")]\n    private partial Tensor Activate(Tensor x);", "")]
    public async Task Nothing_that_would_be_refused(string members, string expected)
    {
        const string Operations = """
                [Linear("8x0e", "8x0e")]
                private partial Tensor Scalars(Tensor x);

                [Linear("8x1o", "8x1o")]
                private partial Tensor Vectors(Tensor x);


            """;
        var (_, _, items) = await Offered.CompletionAsync(Sample.Module(Operations + members));
        Assert.Equal(expected, string.Join(" ", items.OrderBy(i => i.SortText, StringComparer.Ordinal).Select(i => i.DisplayText)));
    }

    [Theory]
    [InlineData("$$", "0e 1o 2e")]
    [InlineData("1$$", "0e 1o 2e")]
    [InlineData("1o x $$", "0e 1o")]
    [InlineData("2ex$$", "1o")]
    [InlineData("1o x 1o -> $$", "0e 1e")]
    [InlineData("1o x 1o -> 1$$", "0e 1e")]
    [InlineData("1o × 0e → $$", "1o")]
    [InlineData("1o x 1o -> 0e $$", "")]
    public async Task In_a_path_the_irreps_of_its_product(string path, string expected)
    {
        var (_, _, items) = await Offered.CompletionAsync(Sample.Module($"""
                [Linear("8x1o + 8x0e", "8x1o + 8x0e")]
                private partial Tensor Mix(Tensor x);

                [TensorProduct("@Mix + 2e", "1o + 0e", "0e + 4x1e + 1o")]
                [Path("{path}")]
                private partial Tensor Multiply(Tensor x, Tensor y);
            """));
        Assert.Equal(expected, string.Join(" ", items.OrderBy(i => i.SortText, StringComparer.Ordinal).Select(i => i.DisplayText)));
    }

    [Theory]
    [InlineData("8x$$", "1o", "1o, a vector: l = 1, odd under inversion; 3 components, 24 in 8 copies")]
    [InlineData("$$", "2e", "2e: l = 2, even under inversion; 5 components")]
    [InlineData("$$", "@Mix", "What Mix yields: 2x1o+1x0e, 7 components\n2x1o in columns 0 to 5\n1x0e in column 6")]
    [InlineData("@Mix.$$", "Input", "What Mix takes: 2x1o+4x0e, 10 components\n2x1o in columns 0 to 5\n4x0e in columns 6 to 9")]
    public async Task Items_say_how_many_components_there_are_and_where(string text, string item, string expected)
    {
        var (document, service, items) = await Offered.CompletionAsync(Sample.Module($"""
                [Linear("2x1o + 4x0e", "2x1o + 0e")]
                private partial Tensor Mix(Tensor x);

                [Irreps("{text}")]
                private readonly Tensor _x = empty(1);
            """));
        Assert.Equal(expected, (await service.GetDescriptionAsync(document, items.Single(i => i.DisplayText == item)))!.Text);
    }

    [Theory]
    [InlineData("    private const string Text = \"$$\";")]
    [InlineData("    private static int Length() => int.Parse(\"$$\");")]
    [InlineData("    [System.Obsolete(\"$$\")]\n    private int _x;")]
    [InlineData("    [Irreps($$\"0e\")]\n    private readonly Tensor _x = empty(1);")]
    public async Task Nowhere_else(string members) => Assert.DoesNotContain((await Offered.CompletionAsync(Sample.Module(members))).Items, i => i.DisplayText == "1o");
}

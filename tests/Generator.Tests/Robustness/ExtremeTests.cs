namespace E3Gen.Generator.Tests.Robustness;

/// <summary>Sizes that nobody writes by hand: the compiler bears them, and so must we.</summary>
public class ExtremeTests
{
    private const int Many = 4000;

    [Fact]
    public void A_sum_of_many_strings() => Compile($"""
            private const string Nodes = {Sum("\"1x0e +\"", Many)} + "0e";

            [Linear(Nodes, "3x0e + 1")]
            private partial Tensor Mix(Tensor x);
        """, "E3G0101");

    [Fact]
    public void A_sum_of_many_tensors() => TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, Sample.Module(Forward($"return {Sum("x", Many)};")));

    [Fact]
    public void Many_calls_on_one_another() => Compile(Forward($"return x{string.Concat(Enumerable.Repeat(".neg()", Many / 5))};"), "E3G0509");

    [Fact]
    public void Many_parentheses() => Compile(Forward($"return {new string('(', 200)}x{new string(')', 200)};"), "E3G0509");

    [Fact]
    public void Many_statements() => Compile(Forward($"{Lines(Many / 5, i => $"if (x.shape[0] > {i}) x = -x;")} return x;"), "E3G0509");

    [Fact]
    public void Functions_that_call_functions() => Compile(Forward($"""
        Tensor F0(Tensor y) => -y;
        {Lines(12, i => $"Tensor F{i + 1}(Tensor y) => {string.Join(" + ", Enumerable.Repeat($"F{i}(y)", 12))};")}
        return F12(x);
        """), "E3G0510");

    [Fact]
    public void A_long_chain_of_references() => Compile($"""
            [Linear("0e", "0e")] private partial Tensor Mix0(Tensor x);
            {Lines(500, i => $"[Linear(\"@Mix{499 - i}\", \"0e\")] private partial Tensor Mix{500 - i}(Tensor x);")}
        """);

    [Fact]
    public void Constants_that_double() => Compile($"""
            private const string C0 = "";
            {Lines(60, i => $"private const string C{i + 1} = C{i} + C{i};")}
            [Linear("1o" + C60, C60 + "1e" + C60)]
            private partial Tensor Mix(Tensor x);
        """, "E3G0203", "E3G0204");

    [Fact]
    public void Constants_of_constants() => Compile($"""
            private const string C0 = "0e";
            {Lines(200, i => $"private const string C{i + 1} = C{i} + \"\";")}
            [Linear(C200, C200 + "+ 1")]
            private partial Tensor Mix(Tensor x);
        """, "E3G0101");

    [Theory, Reports("E3G0106")]
    [InlineData("Linear(Nodes, Nodes)", "Tensor x", 160_000)]
    [InlineData("Convolution(Nodes, Nodes)", "Tensor nodes, Tensor edges, Tensor weights, Graph graph", 480_000)]
    [InlineData("TensorProduct(Nodes, Nodes, Nodes, Mode = ConnectionMode.UUU)", "Tensor x, Tensor y", 64_000_000)]
    [InlineData("TensorProduct(Nodes, Nodes, Nodes), Path(\"1e x 1e -> 1e\")", "Tensor x, Tensor y", 64_000_000)]
    public void Many_terms(string attribute, string parameters, int paths) => Diagnose.Members(
        "E3G0106", $"'Mix' has {paths} paths; at most 10000 are possible. Write equal irreps as one term: 2x1o, not 1o + 1o", $"""
            private const string Nodes = "{Sum("1e", 400)}";

            [[|{attribute.Replace("), Path", ")|], Path").TrimEnd(']')}{(attribute.Contains("Path") ? "" : "|]")}]
            private partial Tensor Mix({parameters});
        """);

    [Theory, Reports("E3G0106")]
    [InlineData("Input = Terms, Hidden = \"0e\", Output = \"0e\", EdgeHarmonics = Terms", 160_000)]
    [InlineData("Input = Terms, Hidden = \"0e\", Output = \"0e\", EdgeHarmonics = \"0e\"", 160_000)]
    [InlineData("Input = Terms, Hidden = Terms, Output = Terms, EdgeHarmonics = Terms, NodeAttributes = Terms, Layers = 0", 25_600_000_000)]
    public void Many_terms_of_a_network(string arguments, long paths) => Diagnose.Source(
        "E3G0106", $"A layer of 'Network' has {paths} paths; at most 10000 are possible. Write equal irreps as one term: 2x1o, not 1o + 1o", $$"""
            [[|MessagePassingNetwork({{arguments}}, MaxRadius = 1)|]]
            internal partial class Network
            {
                private const string Terms = "{{Sum("0e", 400)}}";
            }
        """);

    [Fact]
    public void Many_copies() => Compile("""
            [SphericalHarmonics("2000000000x0e")] private partial Tensor Harmonics(Tensor x);
            [Gate("", "2000000000x0o")] private partial Tensor Gate(Tensor x);
            [Linear("2000000000x0e", "0e")] private partial Tensor Mix(Tensor x);
        """, "E3G0106");

    [Fact]
    public void Many_layers() => Compile("}\n[MessagePassingNetwork(Hidden = \"4x0e + 4x0o + 2x1o + 2x1e + 2x2e\", Output = \"0e\", EdgeHarmonics = \"0e + 1o + 2e\", MaxRadius = 3, Layers = 20)] partial class Network {", "E3G0213");

    private static void Compile(string members, params string[] reported)
    {
        var compiled = TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, Sample.Module(members).Replace("nn.Module\n", members.Contains("forward") ? "nn.Module<Tensor, Tensor>\n" : "nn.Module\n"));
        Assert.Equal(reported, compiled.Reported.Select(d => d.Id).Distinct());
        Assert.Equal([], compiled.Errors.Where(_ => reported.Length == 0).Select(d => d.ToString()));
    }

    private static string Sum(string term, int count) => string.Join(" + ", Enumerable.Repeat(term, count));

    private static string Lines(int count, Func<int, string> line) => string.Join("\n", Enumerable.Range(0, count).Select(line));

    private static string Forward(string body) => $$"""
            [return: Irreps("1o")]
            public override Tensor forward([Irreps("1o")] Tensor x)
            {
                {{body}}
            }
        """;
}

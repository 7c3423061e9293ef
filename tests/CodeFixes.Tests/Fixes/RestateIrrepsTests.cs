using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class RestateIrrepsTests
{
    private const string Mix = """
            private const string Nodes = "4x0e + 2x1o";

            [Linear(Nodes, Nodes)]
            private partial Tensor Mix(Tensor x);


        """;

    [Theory]
    [InlineData("E3G0402", "    [return: Irreps(\"4x0e + 2x1e\")]\n    public Tensor Run([Irreps(Nodes)] Tensor x) => Mix(x);", "    [return: Irreps(\"4x0e + 2x1o\")]\n    public Tensor Run([Irreps(Nodes)] Tensor x) => Mix(x);")]
    [InlineData("E3G0401", "    public Tensor Run([Irreps(\"4x0e + 2x1e\")] Tensor x) => Mix(x);", "    public Tensor Run([Irreps(\"4x0e + 2x1o\")] Tensor x) => Mix(x);")]
    [InlineData(
        "E3G0401",
        "    public Tensor Run([Irreps(Nodes)] Tensor x) => Same(Mix(x));\n\n    private static Tensor Same([Irreps(\"6x0e\")] Tensor x) => x;",
        "    public Tensor Run([Irreps(Nodes)] Tensor x) => Same(Mix(x));\n\n    private static Tensor Same([Irreps(\"4x0e + 2x1o\")] Tensor x) => x;")]
    [InlineData(
        "E3G0401",
        "    public Tensor Run([Irreps(Nodes)] Tensor x) => Last(torch.cat([Mix(x), x], -1).contiguous());\n\n    [Linear(\"4x0e + 1o\", \"0e + 1o\")]\n    private partial Tensor Last(Tensor x);",
        "    public Tensor Run([Irreps(Nodes)] Tensor x) => Last(torch.cat([Mix(x), x], -1).contiguous());\n\n    [Linear(\"4x0e + 2x1o + 4x0e + 2x1o\", \"0e + 1o\")]\n    private partial Tensor Last(Tensor x);")]
    [InlineData(
        "E3G0403",
        "    [Irreps(\"2x0o\")]\n    private Tensor? _last;\n\n    public void Run([Irreps(Nodes)] Tensor x) => _last = Mix(x);",
        "    [Irreps(\"4x0e + 2x1o\")]\n    private Tensor? _last;\n\n    public void Run([Irreps(Nodes)] Tensor x) => _last = Mix(x);")]
    public Task What_is_stated_becomes_what_the_value_is(string rule, string before, string after) =>
        Bulb.FixesFirst<RestateIrreps>(rule, Sample.Module(Mix + before), Sample.Module(Mix + after));

    [Fact]
    public Task What_is_known_needs_no_promise() => Bulb.FixesFirst<RestateIrreps>(
        "E3G0401",
        Sample.Module(Mix + "    public Tensor Run([Irreps(Nodes)] Tensor x) => Mix(x).AssumeIrreps(\"4x0e + 2x1e\") * 2;"),
        Sample.Module(Mix + "    public Tensor Run([Irreps(Nodes)] Tensor x) => Mix(x) * 2;"));

    [Fact]
    public async Task Both_ends_are_offered_and_a_constant_stays()
    {
        static string Two(string stated, string taken) => Sample.Module($"""
            {Mix}    public Tensor Run([Irreps({taken})] Tensor x) => Same(x);

                private static Tensor Same([Irreps({stated})] Tensor x) => x;
            """);
        Assert.Equal(["State that 'x' is 6x0e", "State that 'x' is 4x0e + 2x1o"], await Bulb.Offers<RestateIrreps>("E3G0401", Two("Nodes", "\"6x0e\"")));
        await Bulb.FixesFirst<RestateIrreps>("E3G0401", Two("Nodes", "\"6x0e\""), Two("\"6x0e\"", "\"6x0e\""));
    }

    [Theory]
    [InlineData("    public Tensor Run([Irreps(\"6x0e\")] Tensor x) { var y = x * 2; return Mix(y); }")] // an operation's own irreps, and a local variable
    [InlineData("    [return: Irreps(Nodes)]\n    public Tensor Run([Positions] Tensor x) => x;")] // a position is no irreps
    public async Task Not_where_nothing_can_be_stated(string members)
    {
        string rule = members.Contains("return:") ? "E3G0402" : "E3G0401";
        Assert.Empty(await Bulb.Offers<RestateIrreps>(rule, Sample.Module(Mix + members)));
    }

    [Fact]
    public void Every_statement_is_changed_alone() => Assert.Null(new RestateIrreps().GetFixAllProvider());
}

using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

/// <summary>What the class of an operation must be: marked, and derived from nn.Module.</summary>
public class ModuleTests
{
    private const string Mix = "    [Linear(\"8x0e\", \"8x0e\")]\n    private partial Tensor Mix(Tensor x);\n";

    private static string Class(string header, string members = "", string attribute = "[EquivariantModule]\n") =>
        $"{Sample.Usings}/// <summary>A layer.</summary>\n{attribute}{header}\n{{\n{members}{Mix}}}\n";

    [Theory]
    [InlineData("internal sealed partial class Sample : nn.Module")]
    [InlineData("internal sealed partial class Sample : nn.Module // all of it")]
    public Task A_class_is_marked(string header) =>
        Bulb.FixesFirst<MarkModule>("E3G0308", Class(header, attribute: ""), Class(header));

    [Fact]
    public Task One_attribute_for_all_its_operations()
    {
        static string Two(string attribute) => Class("internal sealed partial class Sample : nn.Module", Mix.Replace("Mix", "First"), attribute);
        return Bulb.FixesAll<MarkModule>("E3G0308", [Two("")], [Two("[EquivariantModule]\n")]);
    }

    [Theory]
    [InlineData("internal partial struct Sample", "")]
    [InlineData("internal partial record Sample", "")]
    [InlineData("internal static partial class Sample", "")]
    [InlineData("internal partial class Sample<T> : nn.Module", "")]
    [InlineData("internal partial class Sample", "[MessagePassingNetwork(Hidden = \"8x0e\", Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)]\n")]
    public async Task Not_where_that_would_be_refused(string header, string attribute) =>
        Assert.Empty(await Bulb.Offers<MarkModule>("E3G0308", Class(header, attribute: attribute)));

    [Theory]
    [InlineData("internal sealed partial class Sample", "", "internal sealed partial class Sample : nn.Module", "")]
    [InlineData("internal sealed partial class Sample : System.IDisposable", "", "internal sealed partial class Sample : nn.Module, System.IDisposable", "")]
    [InlineData("internal sealed partial class Sample : System.Exception", "", "internal sealed partial class Sample : nn.Module", "")]
    [InlineData(
        "internal sealed partial class Sample", "    public Tensor forward([Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n",
        "internal sealed partial class Sample : nn.Module<Tensor, Tensor>", "    public override Tensor forward([Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n")]
    [InlineData(
        "internal sealed partial class Sample : System.Exception, System.IDisposable", "    // Runs.\n    public Tensor forward(Graph graph, [Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n",
        "internal sealed partial class Sample : nn.Module<Graph, Tensor, Tensor>, System.IDisposable", "    // Runs.\n    public override Tensor forward(Graph graph, [Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n")]
    [InlineData(
        "internal sealed partial class Sample", "    public Sample()\n    {\n        RegisterComponents();\n    }\n\n",
        "internal sealed partial class Sample : nn.Module", "    public Sample() : base(\"Sample\")\n    {\n        RegisterComponents();\n    }\n\n")]
    [InlineData(
        "internal sealed partial class Sample", "    private Tensor forward([Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n",
        "internal sealed partial class Sample : nn.Module", "    private Tensor forward([Irreps(\"8x0e\")] Tensor x) => Mix(x);\n\n")]
    public Task A_class_derives_from_the_module_of_its_forward(string header, string members, string newHeader, string newMembers) =>
        Bulb.FixesFirst<DeriveFromModule>("E3G0302", Class(header, members), Class(newHeader, newMembers));

    [Fact]
    public Task A_network_names_no_base()
    {
        static string Network(string bases) => $"""
            {Sample.Usings}[MessagePassingNetwork(Hidden = "8x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1.0)]
            internal sealed partial class Network{bases};
            """;
        return Bulb.FixesFirst<DeriveFromModule>("E3G0302", Network(" : nn.Module<Tensor, Tensor>"), Network(""));
    }

    [Theory]
    [InlineData("internal partial class Sample(int n)")]
    [InlineData("internal class Base; internal partial class Sample : Base")]
    public async Task Not_where_the_base_is_the_user_s_to_choose(string header) => Assert.Empty(await Bulb.Offers<DeriveFromModule>("E3G0302", $$"""
        {{Sample.Usings}}{{header.Replace("internal partial", "[EquivariantModule] internal partial")}}
        {
        {{Mix}}}
        """));
}

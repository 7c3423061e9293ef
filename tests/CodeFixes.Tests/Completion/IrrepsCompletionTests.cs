using System.Reflection;
using E3Gen.CodeFixes.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Diagnostics;

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
        var (document, service, items) = await CompleteAsync(Linear(before));
        var change = await service.GetChangeAsync(document, Assert.Single(items, i => i.DisplayText == item));
        var text = (await document.GetTextAsync()).WithChanges(change.TextChange);
        Assert.Equal(Linear(after), text.ToString());
    }

    [Fact]
    public async Task Irreps_come_with_their_names_in_order()
    {
        var (_, _, items) = await CompleteAsync(Linear("\"$$\""));
        Assert.Equal(
            ["0e scalar", "0o pseudoscalar", "1o vector", "1e pseudovector", "2e 5 components", "2o 5 components"],
            items.OrderBy(i => i.SortText, StringComparer.Ordinal).Take(6).Select(i => $"{i.DisplayText} {i.InlineDescription}"));
        Assert.DoesNotContain(items, i => i.DisplayText == "@Mix"); // itself
    }

    [Theory]
    [InlineData("    [Irreps(\"$$\")]\n    private readonly Tensor _x = empty(1);")]
    [InlineData("    [Gate(\"0e\", \"1o\", Gates = \"$$\")]\n    private partial Tensor Activate(Tensor x);")]
    [InlineData("    private static Tensor State(Tensor x) => x.AssumeIrreps(\"$$\");")]
    public async Task Wherever_irreps_are_wanted(string members) => Assert.Contains((await CompleteAsync(Sample.Module(members))).Items, i => i.DisplayText == "1o");

    [Theory]
    [InlineData("    private const string Text = \"$$\";")]
    [InlineData("    private static int Length() => int.Parse(\"$$\");")]
    [InlineData("    [System.Obsolete(\"$$\")]\n    private int _x;")]
    [InlineData("    [Irreps($$\"0e\")]\n    private readonly Tensor _x = empty(1);")]
    public async Task Nowhere_else(string members) => Assert.DoesNotContain((await CompleteAsync(Sample.Module(members))).Items, i => i.DisplayText == "1o");

    private static async Task<(Document Document, CompletionService Service, IReadOnlyList<CompletionItem> Items)> CompleteAsync(string marked)
    {
        int position = marked.IndexOf("$$", StringComparison.Ordinal);
        var project = EditedProject.Create([marked.Remove(position, 2)]);
        var document = project
            .AddAnalyzerReference(new AnalyzerFileReference(typeof(IrrepsCompletion).Assembly.Location, new Loader()))
            .GetDocument(project.DocumentIds.Single())!;
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position);
        return (document, service, list.ItemsList);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}

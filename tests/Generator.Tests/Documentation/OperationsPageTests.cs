using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Generator.Tests.Documentation;

/// <summary>
/// docs/operations.md shows every operation: its calls, in comments such as <c>Mix(randn(5, 20)) → [5, 18]</c>, have these shapes, and the text below each block is what the generator documents.
/// <c>E3GEN_ACCEPT_SNAPSHOTS=1</c> writes it.
/// </summary>
public partial class OperationsPageTests
{
    private static readonly string Page = File.ReadAllText(PathOf()).ReplaceLineEndings("\n");

    private static readonly MatchCollection Blocks = Block().Matches(Page);

    private static string Whole => $$"""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        {{string.Concat(Blocks.Select((b, i) => b.Groups[1].Value.Contains("class ") ? b.Groups[1].Value : Module(b.Groups[1].Value, i)))}}
        """;

    [Fact]
    public void Every_operation_has_a_block()
    {
        var attributes = typeof(OperationAttribute).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(OperationAttribute))).Select(t => t.Name.Replace("Attribute", ""));
        Assert.All(attributes, a => Assert.True(Blocks.Any(b => b.Groups[1].Value.StartsWith($"[{a}(", StringComparison.Ordinal)), a));
    }

    [Fact]
    public void Calls_have_the_shapes_of_the_page()
    {
        var compiled = TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, Whole);
        using var image = new MemoryStream();
        var result = compiled.Output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        Assert.DoesNotContain(compiled.Reported, d => d.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);
        image.Position = 0;
        var types = new AssemblyLoadContext("operations", isCollectible: true).LoadFromStream(image).GetTypes();
        using var scope = NewDisposeScope();
        using var graph = Graph.FromEdges(tensor(new long[] { 0, 1, 2, 3, 3, 0 }), tensor(new long[] { 1, 0, 1, 1, 0, 3 }), 4);
        int calls = 0;
        foreach (var (block, i) in Blocks.Select((b, i) => (b.Groups[1].Value, i)).Where(b => !b.Value.Contains("class ")))
        {
            var type = types.Single(t => t.Name == $"Module{i}");
            using var module = (nn.Module)Activator.CreateInstance(type)!;
            var shapes = (long[][])type.GetMethod("Run")!.Invoke(module, [graph, tensor(new long[] { 0, 1, 1, 0, 1 })])!;
            Assert.Equal(Call().Matches(block).Select(c => c.Groups[2].Value), shapes.Select(s => $"[{string.Join(", ", s)}]"));
            calls += shapes.Length;
        }

        Assert.True(calls >= Blocks.Count - 1);
    }

    [Fact]
    public void The_text_is_what_is_generated()
    {
        var compiled = TestCompiler.Compile(Whole);
        var texts = Blocks.Select((b, i) => Documented(compiled.Sources.Single(s => b.Groups[1].Value.Contains("class ") ? s.HintName.Contains("EnergyNetwork") : s.HintName.EndsWith($"Module{i}.g.cs", StringComparison.Ordinal)).SourceText.ToString())).ToList();
        int next = 0;
        string page = Block().Replace(Page, b => $"```csharp\n{b.Groups[1].Value}\n```\n\n```text\n{texts[next++]}\n```");
        if (Environment.GetEnvironmentVariable("E3GEN_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(PathOf(), page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.Equal(page, Page);
    }

    /// <summary>A module with the operation, and a method that calls it.</summary>
    private static string Module(string block, int i) => $$"""
        [EquivariantModule]
        public sealed partial class Module{{i}} : nn.Module
        {
            {{block}}

            [AssumeEquivariant("only shapes are looked at")]
            public long[][] Run(Graph graph, [Invariant] Tensor species) => [{{string.Join(", ", Call().Matches(block).Select(c => $"{c.Groups[1].Value}.shape"))}}];
        }

        """;

    /// <summary>The documentation of the operation, or of the class of a network, as plain text.</summary>
    private static string Documented(string generated)
    {
        string comment = Commented().Match(generated).Groups[1].Value;
        var lines = comment.Split('\n').Select(l => Tag().Replace(l.Trim().TrimStart('/'), "")).Select(l => l.StartsWith(' ') ? l[1..] : l).Where(l => l.Trim().Length > 0);
        return string.Join("\n", lines).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }

    private static string PathOf([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "docs", "operations.md"));

    [GeneratedRegex("^```csharp\n(.*?)\n```\n\n```text\n(.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^// (.+) → (\[[\d, ]+\])$", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"((?:^ *///.*\n)+)(?: *\[.*\n)+ *(?:\w+ )*partial (?:class|global::TorchSharp\.torch\.Tensor)", RegexOptions.Multiline)]
    private static partial Regex Commented();

    [GeneratedRegex("</?(summary|remarks|para|code)>")]
    private static partial Regex Tag();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Tests.Documentation;

/// <summary>docs/diagnostics: a page a rule, whose wrong code gives the rule's message and whose right code gives none.</summary>
public partial class PageTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics");

    private static readonly DiagnosticAnalyzer[] Analyzers = [new DeclarationAnalyzer(), new FlowAnalyzer()];

    private static readonly List<DiagnosticDescriptor> Rules = [.. Analyzers.SelectMany(a => a.SupportedDiagnostics)];

    /// <summary>What the build itself says, before and beside the compiler.</summary>
    private static readonly List<XElement> BuildRules =
        [.. XDocument.Load(Path.Combine(Folder, "..", "E3Gen.targets")).Descendants().Where(e => e.Attribute("Code")?.Value.StartsWith("E3G0") == true)];

    public static TheoryData<string> Ids => [.. Rules.Select(d => d.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void The_page_tells_the_truth(string id)
    {
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
        var rule = Rules.Single(d => d.Id == id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri);

        var code = CodeBlock().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(2, code.Count);
        string message = MessageBlock().Match(page).Groups[1].Value;
        var wrong = Reported(TestCompiler.Compile(Whole(code[0])), id);
        Assert.All(wrong, d => Assert.Equal(id, d.Id));
        Assert.Equal([message], wrong.Select(d => d.GetMessage()));

        var right = TestCompiler.Compile(Whole(code[1]));
        Assert.Empty(Reported(right, id));
        Assert.Empty(right.Errors);
    }

    [Fact]
    public void There_is_a_page_for_every_rule_and_no_other()
    {
        var pages = Directory.GetFiles(Folder, "E3G*.md").Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(Rules.Select(d => d.Id).Concat(BuildRules.Select(r => r.Attribute("Code")!.Value)).Order(), pages);
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Rules, d => Assert.Contains($"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity.ToString().ToLowerInvariant()} | {d.Title}", index));
    }

    [Fact]
    public void Pages_of_the_build_s_own_rules_quote_them()
    {
        Assert.NotEmpty(BuildRules);
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        foreach (var rule in BuildRules)
        {
            string id = rule.Attribute("Code")!.Value, page = File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
            string title = page[$"# {id}: ".Length..page.IndexOf('\n')];
            Assert.StartsWith($"# {id}: {title}\n", page);
            Assert.Contains($"| [{id}]({id}.md) | {rule.Name.LocalName.ToLowerInvariant()} | {title} |", index);
            Assert.EndsWith($"/{id}.md", rule.Attribute("HelpLink")!.Value);
            string sentence = Regex.Replace(Regex.Escape(rule.Attribute("Text")!.Value), @"\\\$\\\(\w+\\\)", ".+");
            Assert.Matches($"^{sentence}$", MessageBlock().Match(page).Groups[1].Value);
        }
    }

    /// <summary>The compiler's own check of these files sees no rule that a helper method makes.</summary>
    [Fact]
    public void Every_rule_is_in_the_release_notes_as_it_is()
    {
        var lines = Directory.GetFiles(Path.GetDirectoryName(Folder)!, "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines).Where(l => l.StartsWith("E3G", StringComparison.Ordinal));
        Assert.Equal(Rules.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => $"{d.Id} | {d.Category} | {d.DefaultSeverity} | {d.Title}"), lines.Order(StringComparer.Ordinal));
    }

    /// <summary>What both analyzers say; that a forward is proven, or something taken on trust, only where the page is about that.</summary>
    private static List<Diagnostic> Reported(Compiled compiled, string id) =>
    [
        .. compiled.Output.WithAnalyzers([.. Analyzers]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Where(d => d.Id == id || d.Id is not ("E3G0509" or "E3G0511")),
    ];

    /// <summary>Pages show the members of a module, or a whole class.</summary>
    private static string Whole(string code) => code.Contains("class ") ? Sample.Usings + code : Sample.Module(code);

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("\n\n```\n(.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex MessageBlock();
}

using System.Text.RegularExpressions;
using E3Gen.Generator.Analysis;

namespace E3Gen.Generator.Tests.Documentation;

/// <summary>docs/diagnostics: a page a rule, whose wrong code gives the rule's message and whose right code gives none.</summary>
public partial class PageTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics");

    public static TheoryData<string> Ids => [.. new DeclarationAnalyzer().SupportedDiagnostics.Select(d => d.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void The_page_tells_the_truth(string id)
    {
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
        var rule = new DeclarationAnalyzer().SupportedDiagnostics.Single(d => d.Id == id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri);

        var code = CodeBlock().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(2, code.Count);
        string message = MessageBlock().Match(page).Groups[1].Value;
        var wrong = TestCompiler.Compile(Whole(code[0])).Reported;
        Assert.All(wrong, d => Assert.Equal(id, d.Id));
        Assert.Equal([message], wrong.Select(d => d.GetMessage()));

        var right = TestCompiler.Compile(Whole(code[1]));
        Assert.Empty(right.Reported);
        Assert.Empty(right.Errors);
    }

    [Fact]
    public void There_is_a_page_for_every_rule_and_no_other()
    {
        var pages = Directory.GetFiles(Folder, "E3G*.md").Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(new DeclarationAnalyzer().SupportedDiagnostics.Select(d => d.Id).Order(), pages);
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(new DeclarationAnalyzer().SupportedDiagnostics, d => Assert.Contains($"| [{d.Id}]({d.Id}.md) | {d.DefaultSeverity.ToString().ToLowerInvariant()} | {d.Title}", index));
    }

    /// <summary>Pages show the members of a module, or a whole class.</summary>
    private static string Whole(string code) => code.Contains("class ") ? Sample.Usings + code : Sample.Module(code);

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("\n\n```\n(.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex MessageBlock();
}

using System.Reflection;
using System.Text.RegularExpressions;
using E3Gen.CodeFixes.Fixes;
using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;

namespace E3Gen.CodeFixes.Tests;

/// <summary>The page says of every rule what is offered, or why nothing is.</summary>
public class PageTests
{
    private static readonly string[] Page = File.ReadAllText(Path.Combine(Root(), "docs", "light-bulbs.md")).Split("No light bulb stands");

    private static readonly IEnumerable<Fix> Fixes =
        typeof(Fix).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fix))).Select(t => (Fix)Activator.CreateInstance(t)!);

    [Fact]
    public void Rules_with_a_light_bulb_are_listed() =>
        Assert.Equal(Fixes.SelectMany(f => f.FixableDiagnosticIds).Distinct().Order(), Rules(Page[0]).Order());

    [Fact]
    public void A_rule_has_one_light_bulb() => // the order of two would be nobody's, and with it what "fix all" does
        Assert.Empty(Fixes.SelectMany(f => f.FixableDiagnosticIds).GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Of_the_others_it_says_why()
    {
        var all = new DeclarationAnalyzer().SupportedDiagnostics.Concat(new FlowAnalyzer().SupportedDiagnostics).Select(d => d.Id).Where(id => id.StartsWith("E3G", StringComparison.Ordinal));
        Assert.Equal(all.Except(Rules(Page[0])).Order(), Rules(Page[1]).Where(id => !id.StartsWith("E3G00", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void What_cannot_be_fixed_all_at_once_is_told()
    {
        string told = Page[0].Split("no *fix all*")[1];
        Assert.All(Fixes.Where(f => f.GetFixAllProvider() is null && f is not AssumeIrreps), f => Assert.Contains($"({Link(f.FixableDiagnosticIds[0])})", told));
    }

    private static string Link(string id) => $"diagnostics/{id}.md";

    private static IEnumerable<string> Rules(string part) => Regex.Matches(part, @"\[(E3G\d{4})\]").Select(m => m.Groups[1].Value).Distinct();

    private static string Root()
    {
        string folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Combine(folder, "E3Gen.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}

using System.Text.RegularExpressions;
using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>Links of the documentation lead somewhere, and lead to every page.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = PackedFeed.RepositoryRoot;

    private static readonly string[] Pages =
        [.. Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var links = Pages.SelectMany(page => Links(page).Select(link => (Page: page, Link: link))).ToList();
        Assert.True(links.Count > 100, $"Only {links.Count} links were found.");
        string broken = string.Join("\n", links.Where(l => !Exists(l.Page, l.Link)).Select(l => $"{Path.GetRelativePath(Root, l.Page)}: {l.Link}"));
        Assert.True(broken == "", broken);
    }

    /// <summary>Pages of rules are listed in an index of their own, as another test checks.</summary>
    [Fact]
    public void The_readme_links_every_page()
    {
        string readme = Path.Combine(Root, "README.md");
        var linked = Links(readme).Select(l => Target(readme, l)).ToHashSet();
        var pages = Pages.Where(p => p.StartsWith(Path.Combine(Root, "docs"), StringComparison.Ordinal) && !Rule().IsMatch(p));
        Assert.Empty(pages.Where(p => !linked.Contains(p)).Select(p => Path.GetRelativePath(Root, p)));
    }

    /// <summary>Links and pictures that stay in the repository, outside of code.</summary>
    private static IEnumerable<string> Links(string page) =>
        Link().Matches(Code().Replace(File.ReadAllText(page), "")).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://"));

    private static string Target(string page, string link)
    {
        string file = link.Split('#')[0];
        return file == "" ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, file));
    }

    private static bool Exists(string page, string link)
    {
        string target = Target(page, link);
        return link.Split('#') is [_, var heading] ? File.Exists(target) && Headings(target).Contains(heading) : File.Exists(target) || Directory.Exists(target);
    }

    /// <summary>The anchors of a page, as GitHub makes them.</summary>
    private static IEnumerable<string> Headings(string page) =>
        Heading().Matches(Code().Replace(File.ReadAllText(page), "")).Select(m => Dropped().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`(?=.*\n)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"E3G\d{4}\.md$")]
    private static partial Regex Rule();
}

using System.Text.RegularExpressions;
using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>What no analyzer looks at.</summary>
public sealed partial class SourceTests
{
    /// <summary>Lines of libraries and samples are as long as .editorconfig says at most.</summary>
    [Fact]
    public void Lines_are_within_the_limit()
    {
        string root = PackedFeed.RepositoryRoot;
        int limit = int.Parse(Limit().Match(File.ReadAllText(Path.Combine(root, ".editorconfig"))).Groups[1].Value);
        var longer =
            from folder in new[] { "src", "samples" }
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}")
            from line in File.ReadLines(file).Select((text, number) => (text, number))
            where line.text.Length > limit
            select $"{Path.GetRelativePath(root, file)}:{line.number + 1} has {line.text.Length} characters";
        Assert.Empty(longer);
    }

    [GeneratedRegex(@"\[\*\.cs\]\s+max_line_length = (\d+)")]
    private static partial Regex Limit();
}

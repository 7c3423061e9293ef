using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// What one bulb lists, the best first. "Fix all" with the first choice takes the first of every other bulb, whatever kind that is: with
/// one kind everywhere it would remove terms that can be replaced, only because the first one could not.
/// </summary>
/// <param name="fix">The name of the light bulb.</param>
internal sealed class Choices(string fix)
{
    private readonly List<CodeAction> _all = [];

    public IEnumerable<CodeAction> All => _all;

    public void Add(string title, Solution changed, string kind, CodeActionPriority priority = CodeActionPriority.Default) =>
        _all.Add(CodeAction.Create(title, _ => Task.FromResult(changed), _all.Count == 0 ? fix : fix + kind, priority));

    /// <summary>A choice that nothing of ours refuses in turn; no choice at all where something does.</summary>
    public async Task AddAcceptedAsync(string title, Solution changed, string kind, Review review)
    {
        if (await review.AcceptsAsync(changed).ConfigureAwait(false))
        {
            Add(title, changed, kind);
        }
    }

    /// <summary>The texts that the rule would see in place of what is written.</summary>
    public void AddReplacements(Reported reported, WrittenText written)
    {
        foreach (string text in reported.Suggests(Suggestion.Replace)?.Split('|') ?? [])
        {
            Add($"Change '{written.Value}' to '{text}'", written.Replace(text), $"{_all.Count}");
        }
    }
}

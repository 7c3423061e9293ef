using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Removes an irrep that no path reaches or reads, or an empty term, with its '+'.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RemoveTerm() : Fix(
    IrrepsRules.EmptyTerm.Id, SelectionRules.Unreached.Id, SelectionRules.Unread.Id, SelectionRules.NothingReaches.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Remove) is null
            || await WrittenText.FindAsync(reported).ConfigureAwait(false) is not { } written
            || written.Remove() is not { } solution)
        {
            return [];
        }

        string title = written.Value == "+" ? "Remove the empty term" : $"Remove '{written.Value}'";
        return [CodeAction.Create(title, _ => Task.FromResult(solution), nameof(RemoveTerm))];
    }
}

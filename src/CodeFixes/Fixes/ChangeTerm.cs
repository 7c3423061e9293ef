using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Changes a term to one that is allowed there, the nearest first; removing it comes last, since channels go with it. One bulb for both,
/// because whoever fixes all takes the first choice of each, and the order between two bulbs would be nobody's.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ChangeTerm() : Fix(
    IrrepsRules.Parity.Id,
    IrrepsRules.DegreeOutOfRange.Id,
    IrrepsRules.EmptyTerm.Id,
    IrrepsRules.UnknownReference.Id,
    SelectionRules.PathParity.Id,
    SelectionRules.PathTriangle.Id,
    SelectionRules.Unreached.Id,
    SelectionRules.Unread.Id,
    SelectionRules.UnknownPath.Id,
    SelectionRules.HarmonicParity.Id,
    SelectionRules.UnequalCopies.Id,
    SelectionRules.NothingReaches.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(ChangeTerm));
        if (await AddedPath.OfAsync(reported).ConfigureAwait(false) is { } added)
        {
            choices.Add(added.Title, added.Solution, "Path");
        }

        if (await WrittenText.FindAsync(reported).ConfigureAwait(false) is { } written)
        {
            choices.AddReplacements(reported, written);
            if (reported.Suggests(Suggestion.Remove) is not null && written.Remove() is { } rest)
            {
                bool isEmpty = written.Value == "+";
                var priority = isEmpty ? CodeActionPriority.Default : CodeActionPriority.Low;
                choices.Add(isEmpty ? "Remove the empty term" : $"Remove '{written.Value}'", rest, "Remove", priority);
            }
        }

        return choices.All;
    }
}

using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Changes an irrep to one that is allowed there, the nearest first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ReplaceTerm() : Fix(
    IrrepsRules.Parity.Id,
    IrrepsRules.DegreeOutOfRange.Id,
    SelectionRules.PathParity.Id,
    SelectionRules.PathTriangle.Id,
    SelectionRules.Unreached.Id,
    SelectionRules.GateCount.Id,
    SelectionRules.UnknownPath.Id,
    SelectionRules.HarmonicParity.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Replace) is not { } alternatives
            || await WrittenText.FindAsync(reported).ConfigureAwait(false) is not { } written)
        {
            return [];
        }

        // The n-th choice of one diagnostic is the n-th of every other when all are fixed.
        return alternatives.Split('|').Select((text, n) => CodeAction.Create(
            $"Change '{written.Value}' to '{text}'", _ => Task.FromResult(written.Replace(text)), $"{nameof(ReplaceTerm)}{n}"));
    }
}

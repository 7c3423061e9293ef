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
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Properties.TryGetValue(Suggestion.Replace, out string? alternatives)
            || await WrittenText.FindAsync(document, diagnostic, cancellation).ConfigureAwait(false) is not { } written)
        {
            return [];
        }

        // The n-th choice of one diagnostic is the n-th of every other when all are fixed.
        return alternatives!.Split('|').Select((text, n) => CodeAction.Create(
            $"Change '{written.Value}' to '{text}'", _ => Task.FromResult(written.Replace(text)), $"{nameof(ReplaceTerm)}{n}"));
    }
}

using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// As many gates as gated irreps, of the kinds that are written; or, last, no Gates at all, so that every gated irrep gets an even scalar
/// as its gate.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ChangeGates() : Fix(SelectionRules.GateCount.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(ChangeGates));
        if (await WrittenText.FindAsync(reported).ConfigureAwait(false) is { } written)
        {
            choices.AddReplacements(reported, written);
        }

        var argument = await reported.FindAsync<AttributeArgumentSyntax>().ConfigureAwait(false);
        if (argument?.Parent is AttributeArgumentListSyntax list)
        {
            var rest = list.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!;
            choices.Add("Leave Gates out", reported.Replace(list, rest), "Remove", CodeActionPriority.Low);
        }

        return choices.All;
    }
}

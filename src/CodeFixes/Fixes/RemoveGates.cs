using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Leaves Gates out, so that every gated irrep gets an even scalar as its gate. (The other way, the right number of gates, is <see cref="ReplaceTerm"/>'s.)
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RemoveGates() : Fix(SelectionRules.GateCount.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var argument = await reported.FindAsync<AttributeArgumentSyntax>().ConfigureAwait(false);
        return argument?.Parent is AttributeArgumentListSyntax list
            ? [Replace("Leave Gates out", reported.Document, list, list.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!)]
            : [];
    }
}

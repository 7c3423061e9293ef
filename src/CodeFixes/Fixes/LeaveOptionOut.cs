using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Leaves out an option that nothing uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class LeaveOptionOut() : Fix(SelectionRules.UnusedOption.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var argument = await reported.FindAsync<AttributeArgumentSyntax>().ConfigureAwait(false);
        return argument is { NameEquals.Name.Identifier.ValueText: var name, Parent: AttributeArgumentListSyntax list }
            ? [Replace($"Leave {name} out", reported.Document, list, list.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!)]
            : [];
    }
}

using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Sets an option to the nearest value that it can have, or leaves it out, so that its default holds; writes the one that has no default.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class SetOption() : Fix(DeclarationRules.OptionOutOfRange.Id)
{
    /// <summary>None: a cutoff or a number of layers is the choice of whoever trains the network, one network at a time.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(SetOption));
        if (await reported.FindAsync<AttributeSyntax>().ConfigureAwait(false) is not { } attribute)
        {
            return choices.All;
        }

        var arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        var written = arguments.Arguments.FirstOrDefault(a => a.Span.Contains(reported.Diagnostic.Location.SourceSpan));
        if (reported.Suggests(Suggestion.Option) is { } option)
        {
            var changed = SyntaxFactory.ParseAttributeArgumentList($"({option})")!.Arguments[0];
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
            var commas = Enumerable.Repeat(comma, arguments.Arguments.Count);
            var all = written is not null
                ? arguments.ReplaceNode(written, changed.WithTriviaFrom(written))
                : arguments.WithArguments(SyntaxFactory.SeparatedList([.. arguments.Arguments, changed], commas));
            choices.Add($"Write '{option}'", reported.Replace(attribute, attribute.WithArgumentList(all)), "Value");
        }

        if (written?.NameEquals is { Name.Identifier.ValueText: not (nameof(MessagePassingNetworkAttribute.MaxRadius) or nameof(MACEAttribute.Cutoff)) and var name })
        {
            var rest = arguments.RemoveNode(written, SyntaxRemoveOptions.KeepNoTrivia)!;
            choices.Add($"Leave {name} out", reported.Replace(arguments, rest), "Remove");
        }

        return choices.All;
    }
}

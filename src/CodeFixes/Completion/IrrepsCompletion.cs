using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Completion;

/// <summary>
/// Completes irreps strings: irreps after a multiplicity or at the start of a term, <c>@Operation</c> for what another operation of the class yields.
/// </summary>
[ExportCompletionProvider(nameof(IrrepsCompletion), LanguageNames.CSharp)]
internal sealed class IrrepsCompletion : CompletionProvider
{
    private const int HighestDegree = 4; // beyond that nobody needs a list

    private static readonly string[] Names = ["scalar", "pseudoscalar", "vector", "pseudovector"];

    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind != CompletionTriggerKind.Insertion || trigger.Character is '@' or '"' or '+' or ' ' or 'x' || char.IsDigit(trigger.Character);

    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var (document, position, cancellation) = (context.Document, context.Position, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root?.FindToken(position) is not { Parent: LiteralExpressionSyntax literal } token
            || !literal.IsKind(SyntaxKind.StringLiteralExpression)
            || position <= token.SpanStart
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || !IrrepsPlace.Takes(literal, model, cancellation))
        {
            return;
        }

        string word = LastWord(token.Text.Substring(0, position - token.SpanStart));
        if (!word.StartsWith("@", StringComparison.Ordinal))
        {
            word = word.Substring(word.LastIndexOf('x') + 1); // a multiplicity stays
            AddIrreps(context);
        }

        context.CompletionListSpan = TextSpan.FromBounds(position - word.Length, position);
        AddOperations(context, literal, model);
    }

    /// <summary>Letters and digits before the caret, back to a '@' if there is one.</summary>
    private static string LastWord(string text)
    {
        int start = text.Length;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_'))
        {
            start--;
        }

        return text.Substring(start > 0 && text[start - 1] == '@' ? start - 1 : start);
    }

    private static void AddIrreps(CompletionContext context)
    {
        foreach (var irrep in Irrep.Iterator(HighestDegree))
        {
            int name = (2 * irrep.L) + (irrep.Parity == (irrep.L % 2 == 0 ? 1 : -1) ? 0 : 1);
            context.AddItem(CompletionItem.Create(
                irrep.ToString(),
                sortText: $"{name:d2}",
                tags: [WellKnownTags.Constant],
                inlineDescription: name < Names.Length ? Names[name] : $"{irrep.Dim} components"));
        }
    }

    private static void AddOperations(CompletionContext context, SyntaxNode literal, SemanticModel model)
    {
        if (literal.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || model.GetDeclaredSymbol(type) is not { } symbol)
        {
            return;
        }

        string? own = literal.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText;
        foreach (string name in ModuleParser.OperationMethods(symbol).Select(m => m.Name).Where(n => n != own).Distinct())
        {
            context.AddItem(CompletionItem.Create($"@{name}", sortText: $"@{name}", tags: [WellKnownTags.Method], inlineDescription: $"what {name} yields"));
        }
    }
}

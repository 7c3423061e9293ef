using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Moves the ends of a slice to those of whole irreps, where both are written as numbers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MoveSlice() : Fix(EquivarianceRules.Slice.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(MoveSlice));
        if (reported.Suggests(Suggestion.Columns)?.Split([".."], StringSplitOptions.None) is not [var from, var to]
            || await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } slice)
        {
            return choices.All;
        }

        int start = int.Parse(from), end = int.Parse(to);
        var changed = slice switch
        {
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [.., { Expression: RangeExpressionSyntax range }] } =>
                Range(slice, range, start, end),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "narrow" } } call =>
                Narrow(call, start, end),
            _ => null,
        };
        if (changed is not null)
        {
            string title = $"Take the nearest whole irreps: {changed.WithoutTrivia()}";
            await choices.AddAcceptedAsync(title, reported.Replace(slice, changed), "", new Review(reported)).ConfigureAwait(false);
        }

        return choices.All;
    }

    /// <summary><c>x[.., start..end]</c>.</summary>
    private static ExpressionSyntax? Range(ExpressionSyntax slice, RangeExpressionSyntax range, int start, int end) =>
        IsNumber(range.LeftOperand) && IsNumber(range.RightOperand)
            ? slice.ReplaceNode(range, SyntaxFactory.ParseExpression($"{start}..{end}").WithTriviaFrom(range))
            : null;

    /// <summary><c>x.narrow(-1, start, end - start)</c>.</summary>
    private static ExpressionSyntax? Narrow(InvocationExpressionSyntax call, int start, int end) =>
        call.ArgumentList.Arguments is [_, { Expression: var first, NameColon: null }, { Expression: var count, NameColon: null }]
        && IsNumber(first) && IsNumber(count)
            ? call.ReplaceNodes([first, count], (old, _) => Number(old == first ? start : end - start).WithTriviaFrom(old))
            : null;

    private static bool IsNumber(ExpressionSyntax? expression) => expression is LiteralExpressionSyntax { Token.Value: int };

    private static LiteralExpressionSyntax Number(int number) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(number));
}

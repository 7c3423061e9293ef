using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// What a product of equal irreps can be instead of one component by component: their scalar product, or a [TensorProduct] that yields such
/// irreps again.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class ContractProduct() : Fix(EquivarianceRules.Product.Id)
{
    /// <summary>None: a tensor product has weights of its own, and where the one choice fits the other does not.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(ContractProduct));
        if (await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } product
            || reported.Suggests(Suggestion.Irreps) is not { } irreps)
        {
            return choices.All; // of different irreps there is no scalar product
        }

        var review = new Review(reported);
        var sum = TensorCall.On(product, "sum(-1, keepdim: true)").WithTriviaFrom(product);
        string title = $"Sum over the components: {sum.WithoutTrivia()}";
        await choices.AddAcceptedAsync(title, reported.Replace(product, sum), "Sum", review).ConfigureAwait(false);

        var model = await reported.ModelAsync().ConfigureAwait(false);
        if (product is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } binary
            && NewOperations.For(reported.Document, product, model, reported.Cancellation) is { } operations)
        {
            string name = operations.Name("Multiply");
            string attribute = $"TensorProduct(\"{irreps}\", \"{irreps}\", \"{irreps}\")";
            operations.Declare(attribute, $"{name}({WellKnown.Tensor} x, {WellKnown.Tensor} y)");
            string call = $"{name}({binary.Left.WithoutTrivia()}, {binary.Right.WithoutTrivia()})";
            title = $"Declare a [TensorProduct]: {call}";
            await choices.AddAcceptedAsync(title, operations.Call(call), "Product", review).ConfigureAwait(false);
        }

        return choices.All;
    }
}

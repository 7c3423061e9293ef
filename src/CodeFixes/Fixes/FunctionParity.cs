using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Gives odd scalars a function that has a parity itself: tanh keeps theirs, abs makes them even.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class FunctionParity() : Fix(EquivarianceRules.OddNonlinearity.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(FunctionParity));
        var model = await reported.ModelAsync().ConfigureAwait(false);
        if (await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is { } expression
            && TensorCall.Of(expression, model, reported.Cancellation) is { } call)
        {
            var review = new Review(reported);
            foreach (var (function, parity) in new[] { ("tanh()", "odd"), ("abs()", "even") })
            {
                var changed = TensorCall.On(call.Tensor, function).WithTriviaFrom(expression);
                string title = $"Use {function} ({parity})";
                await choices.AddAcceptedAsync(title, reported.Replace(expression, changed), function, review).ConfigureAwait(false);
            }
        }

        return choices.All;
    }
}

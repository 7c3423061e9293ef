using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// What a nonlinearity of irreps can be instead of a function of single components: scalars by that function and everything else times a
/// gate; or the function of lengths.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class GateIrreps() : Fix(EquivarianceRules.Nonlinearity.Id)
{
    private static readonly (string Name, ActivationFunction Function)[] Functions =
    [
        ("silu", ActivationFunction.Silu),
        ("tanh", ActivationFunction.Tanh),
        ("sigmoid", ActivationFunction.Sigmoid),
        ("relu", ActivationFunction.Relu),
        ("abs", ActivationFunction.Abs),
    ];

    /// <summary>None: every gate has weights of its own and changes what the network is.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(GateIrreps));
        var model = await reported.ModelAsync().ConfigureAwait(false);
        if (await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } expression
            || reported.Suggests(Suggestion.Irreps) is not { } text
            || !Irreps.TryParse(text, out var irreps, out _)
            || TensorCall.Of(expression, model, reported.Cancellation) is not { } call)
        {
            return choices.All;
        }

        var review = new Review(reported);
        if (NewOperations.For(reported.Document, expression, model, reported.Cancellation) is { } operations
            && Functions.Any(f => f.Name == call.Name))
        {
            string gate = operations.Name("Gate"), mix = operations.Name("ToGate");
            operations.Declare($"Linear(\"{text}\", \"@{gate}.Input\")", $"{mix}({Tensor} x)");
            operations.Declare(Attribute(irreps, Functions.First(f => f.Name == call.Name).Function), $"{gate}({Tensor} x)");
            string gated = $"{gate}({mix}({call.Tensor}))", declare = $"Declare a [Gate] and a [Linear] that gives it gates: {gated}";
            await choices.AddAcceptedAsync(declare, operations.Call(gated), "Gate", review).ConfigureAwait(false);
        }

        var lengths = TensorCall.On(call.Tensor, $"norm(-1, keepdim: true).{call.Name}()").WithTriviaFrom(expression);
        string title = $"Act on the length: {lengths.WithoutTrivia()}";
        await choices.AddAcceptedAsync(title, reported.Replace(expression, lengths), "Length", review).ConfigureAwait(false);
        return choices.All;
    }

    private const string Tensor = Generator.Parsing.WellKnown.Tensor;

    private static string Attribute(Irreps irreps, ActivationFunction even)
    {
        string scalars = Describe.Sum(irreps.Where(e => e.Irrep.L == 0)), gated = Describe.Sum(irreps.Where(e => e.Irrep.L > 0));
        string option = even == ActivationFunction.Silu ? "" : $", EvenScalars = global::E3Gen.{nameof(ActivationFunction)}.{even}";
        return $"Gate(\"{scalars}\", \"{gated}\"{option})";
    }
}

using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Operations;

/// <summary>[NormActivation]: a function of the norm of every copy, times the copy or its direction.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Input">Irreps of the argument and of the result.</param>
/// <param name="Function">The function.</param>
/// <param name="Bias">Whether a parameter is added to each norm.</param>
/// <param name="Epsilon">What shorter norms are replaced by before dividing by them; null for no division.</param>
public sealed record NormActivationModel(MethodModel Method, Irreps Input, ActivationFunction Function, bool Bias, double? Epsilon) : OperationModel(Method)
{
    public override string Kind => "NormActivation";

    public override Irreps Input { get; } = Input;

    public override Irreps Output => Input;

    public override (long Weights, long Biases) Parameters => (0, Bias ? Input.NumIrreps : 0);

    public override bool HasWeights => false;
}

internal sealed class NormActivationOperation : OperationDefinition
{
    /// <summary>Its square is a float32 of full precision.</summary>
    private const double LeastEpsilon = 1e-15, MostEpsilon = 1e15; // their squares are float32 numbers

    public override OperationModel? Parse(OperationContext context)
    {
        const string Epsilon = nameof(NormActivationAttribute.Epsilon);
        context.Expect((ParameterKind.Tensor, "x"));
        var function = context.Enum("function", ActivationFunction.Sigmoid);
        bool normalize = context.Attribute.Get(nameof(NormActivationAttribute.Normalize), true), bias = context.Attribute.Get(nameof(NormActivationAttribute.Bias), false);
        double epsilon = context.Attribute.Get(Epsilon, 1e-8);
        if (epsilon is not (>= LeastEpsilon and <= MostEpsilon))
        {
            context.Report(DeclarationRules.OptionOutOfRange, context.Attribute.LocationOf(Epsilon), Epsilon, context.Name, epsilon, "from 1E-15 to 1E+15");
        }

        if (!normalize && context.Attribute.Has(Epsilon))
        {
            context.Report(SelectionRules.UnusedOption, context.Attribute.LocationOf(Epsilon), context.Name, "division by norms", Epsilon);
        }

        return context.Irreps("input") is { } input && context.IsValid
            ? new NormActivationModel(context.Method, input.Irreps, function, bias, normalize ? epsilon : null)
            : null;
    }
}

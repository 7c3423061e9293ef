using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[TensorProduct]: a weighted sum of Wigner 3j contractions of two inputs.</summary>
public sealed record TensorProductModel(
    MethodModel Method,
    Irreps Input1,
    Irreps Input2,
    Irreps Output,
    EquatableArray<BilinearPath> Paths,
    WeightKind Weights,
    IrrepNormalization IrrepNormalization,
    PathNormalization PathNormalization) : OperationModel(Method)
{
    public override Irreps Input => Input1;

    public override Irreps Output { get; } = Output;

    public override SegmentedPolynomial Plan => Once(() => TensorProductPlanner.Plan(
        [(Operand.Of("x", Input1, layout: Layout), Input1), (Operand.Of("y", Input2), Input2)],
        (Operand.Of("z", Output, layout: Layout), Output),
        Weights == WeightKind.PerSample ? RowSource.Own : RowSource.Shared,
        Paths,
        IrrepNormalization,
        PathNormalization));

    public override int? PassedWeights =>
        Weights is WeightKind.Shared or WeightKind.PerSample ? WeightCount : null;

    public override (long Weights, long Biases) Parameters =>
        (Weights == WeightKind.Internal ? WeightCount : 0, 0);
}

internal sealed class TensorProductOperation : OperationDefinition
{
    public override bool PassesWeights(AttributeReader attribute) =>
        attribute.Get(nameof(TensorProductAttribute.Weights), WeightKind.Internal) is WeightKind.Shared or WeightKind.PerSample;

    public override OperationModel? Parse(OperationContext context)
    {
        var weights = context.Enum(nameof(TensorProductAttribute.Weights), WeightKind.Internal);
        var mode = context.Enum(nameof(TensorProductAttribute.Mode), ConnectionMode.UVW);
        var irrepNormalization = context.Enum(nameof(TensorProductAttribute.IrrepNormalization), IrrepNormalization.Component);
        var pathNormalization = context.Enum(nameof(TensorProductAttribute.PathNormalization), PathNormalization.Element);
        if (weights is WeightKind.Shared or WeightKind.PerSample)
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "y"), (ParameterKind.Tensor, "weights"));
        }
        else
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "y"));
        }

        var input1 = context.Irreps("input1");
        var input2 = context.Irreps("input2");
        var output = context.Irreps("output");
        if (input1 is null || input2 is null || output is null || !Enum.IsDefined(typeof(ConnectionMode), mode))
        {
            return null;
        }

        var rules = new PathRules(context, input1, input2, output, mode, hasWeights: weights != WeightKind.None);
        var lines = context.Others<PathAttribute>().ToList();
        var paths = lines.Count > 0 ? rules.Picked(lines) : rules.Every();
        if (context.IsValid)
        {
            rules.CheckReached(paths);
        }

        return new TensorProductModel(
            context.Method, input1.Irreps, input2.Irreps, output.Irreps, paths.ToEquatable(), weights, irrepNormalization,
            pathNormalization);
    }
}

using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

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

        bool allowMissing = context.Attribute.Get(nameof(TensorProductAttribute.AllowMissingPaths), false);
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
        var variances = new Variances(
            context.Positive(nameof(TensorProductAttribute.Input1Variances), input1),
            context.Positive(nameof(TensorProductAttribute.Input2Variances), input2),
            context.Positive(nameof(TensorProductAttribute.OutputVariances), output));
        if (context.IsValid && !allowMissing)
        {
            rules.CheckReached(paths);
        }

        return new TensorProductModel(context.Method, "TensorProduct", new ProductPlan(input1.Irreps, input2.Irreps, output.Irreps, paths.ToEquatable()))
        {
            Weights = weights,
            IrrepNormalization = irrepNormalization,
            PathNormalization = pathNormalization,
            Variances = variances,
            AllowsMissingPaths = allowMissing,
        };
    }
}

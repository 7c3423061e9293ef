using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Norm]: each copy times itself, then the square root.</summary>
internal sealed class NormOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        bool squared = context.Attribute.Get(nameof(NormAttribute.Squared), false);
        if (context.Irreps("input") is not { } input || !context.IsValid || !context.CheckPaths(input.Irreps.Count))
        {
            return null;
        }

        var x = input.Irreps.RemoveZeroMultiplicities();
        // Σ_i x[i]² is √(2l+1) times the coupling to a scalar: a path of relative variance 2l + 1.
        var paths = x.Select((e, i) => new BilinearPath(i, i, i, ConnectionMode.UUU, HasWeight: false, Weight: e.Irrep.Dim));
        var lengths = new Irreps(x.Select(e => new MulIrrep(e.Multiplicity, new Irrep(0, 1))));
        return new TensorProductModel(context.Method, "Norm", new ProductPlan(x, null, lengths, paths.ToEquatable(), IsDerived: true))
        {
            Title = "Norm",
            IrrepNormalization = IrrepNormalization.None,
            PathNormalization = PathNormalization.None,
            Then = squared ? null : PointwiseFunction.Length,
        };
    }
}

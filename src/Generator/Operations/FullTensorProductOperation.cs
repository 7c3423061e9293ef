using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Operations;

/// <summary>[FullTensorProduct]: every irrep of the product, separately and without weights.</summary>
internal sealed class FullTensorProductOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "y"));
        var normalization = context.Enum(nameof(FullTensorProductAttribute.IrrepNormalization), IrrepNormalization.Component);
        var keep = context.OptionalIrreps(nameof(FullTensorProductAttribute.Keep));
        var input1 = context.Irreps("input1");
        var input2 = context.Irreps("input2");
        if (input1 is null || input2 is null || !context.IsValid)
        {
            return null;
        }

        var kept = new KeptIrreps(context, keep);
        var (x, y) = (input1.Irreps, input2.Irreps);
        kept.Check(Describe.Products(x, y), $"{Describe.List(x)} x {Describe.List(y)}");
        if (!context.IsValid || !context.CheckPaths(x.Sum(a => y.Sum(b => (long)(a.Irrep * b.Irrep).Count(kept.Wants)))))
        {
            return null;
        }

        var plan = ProductPlan.Full(x, y, kept.Wants);
        kept.CheckRead(input1, i => plan.Paths.Any(p => p.Input1 == i));
        kept.CheckRead(input2, i => plan.Paths.Any(p => p.Input2 == i));
        return new TensorProductModel(context.Method, "FullTensorProduct", plan) { Title = "Full tensor product", IrrepNormalization = normalization };
    }
}

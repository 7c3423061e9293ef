using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[LayerNorm]: each entry of a row divided by its root mean square over copies.</summary>
internal sealed class LayerNormOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context) =>
        NormalizationOptions.Read(context) is not { } options ? null : new RuntimeModuleModel(context.Method, "LayerNorm", options.Irreps, options.Irreps, options.Set.ToEquatable())
        {
            Held = options.Held,
            Summary = $"Layer normalisation of {options.Irreps}: each entry is divided by the root of the mean square of its {options.Normalized}, even scalars are centred before.",
            Facts = options.Facts(context.Name).ToEquatable(),
        };
}

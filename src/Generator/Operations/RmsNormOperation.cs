using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[RmsNorm]: each row divided by one root mean square over all of its entries.</summary>
internal sealed class RmsNormOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        bool centering = context.Attribute.Get(nameof(RmsNormAttribute.Centering), true);
        if (NormalizationOptions.Read(context) is not { } options)
        {
            return null;
        }

        string centred = centering ? ", even scalars are centred before" : "";
        return new RuntimeModuleModel(
            context.Method, "RmsNorm", options.Irreps, options.Irreps, options.Set.Concat(ModuleOption.Set(("centering", centering, true))).ToEquatable())
        {
            Held = options.Held,
            Summary = $"Normalisation of {options.Irreps} by one root mean square of {options.Normalized}, in which every entry weighs the same{centred}.",
            Facts = options.Facts(context.Name).ToEquatable(),
        };
    }
}

using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[BatchNorm]: copies divided by their root mean square over the batch.</summary>
internal sealed class BatchNormOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        double momentum = context.Number(nameof(BatchNormAttribute.Momentum), 0.1, v => v is >= 0 and <= 1, "from 0 to 1");
        var reduce = context.Enum(nameof(BatchNormAttribute.Reduce), SampleReduction.Mean);
        bool instance = context.Attribute.Get(nameof(BatchNormAttribute.Instance), false);
        if (instance)
        {
            context.CheckUnused("running statistics", nameof(BatchNormAttribute.Momentum));
        }

        if (NormalizationOptions.Read(context) is not { } options)
        {
            return null;
        }

        string method = context.Name, squares = options.Normalization == Normalization.Component ? "the mean square of its components" : "its squared length";
        string[] running = instance ? [] :
        [
            $"In evaluation mode statistics are the running ones: \"{method}.running_mean\" of {options.ScalarCount} even scalars "
            + $"and \"{method}.running_var\" of {options.Irreps.NumIrreps} copies in the state dict.",
        ];
        return new RuntimeModuleModel(
            context.Method, "BatchNorm", options.Irreps, options.Irreps,
            options.Set.Concat(ModuleOption.Set(("momentum", momentum, 0.1), ("reduce", reduce, SampleReduction.Mean), ("instance", instance, false))).ToEquatable())
        {
            Held = options.Held,
            Summary = $"{(instance ? "Instance" : "Batch")} normalisation of {options.Irreps}: each copy is divided by the root of {squares}, even scalars are centred before.",
            Facts = running.Concat(options.Facts(method)).ToEquatable(),
        };
    }
}

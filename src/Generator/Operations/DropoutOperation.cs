using System.Globalization;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Dropout]: whole copies are dropped at random.</summary>
internal sealed class DropoutOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        double probability = context.Number("probability", 0, v => v is >= 0 and <= 1, "from 0 to 1");
        return context.Irreps("irreps") is not { } irreps ? null : new RuntimeModuleModel(
            context.Method, "Dropout", irreps.Irreps, irreps.Irreps, new[] { new ModuleOption("irreps", irreps.Irreps), new ModuleOption("probability", probability) }.ToEquatable())
        {
            IsView = true,
            Summary = $"Dropout of whole irreps of {irreps.Irreps}, each with probability {probability.ToString(CultureInfo.InvariantCulture)} in training mode.",
        };
    }
}

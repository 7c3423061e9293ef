using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Operations;

/// <summary>[SphericalHarmonics]: real spherical or solid harmonics of a vector.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Vector">1o, or 1e for harmonics of a pseudovector.</param>
/// <param name="Output">The harmonics.</param>
/// <param name="Normalize">Of the direction (true) or of the vector itself (false).</param>
/// <param name="Normalization">Length for a unit vector.</param>
public sealed record SphericalHarmonicsModel(MethodModel Method, Irrep Vector, Irreps Output, bool Normalize, Normalization Normalization)
    : OperationModel(Method)
{
    public override string Kind => "SphericalHarmonics";

    public override Irreps Input => new([new MulIrrep(1, Vector)]);

    public override Irreps Output { get; } = Output;
}

internal sealed class SphericalHarmonicsOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "vectors"));
        var normalization = context.Enum(nameof(SphericalHarmonicsAttribute.Normalization), Normalization.Component);
        if (context.Irreps("irreps") is not { } irreps)
        {
            return null;
        }

        var vector = HarmonicVector.Of(irreps, (entry, rule, arguments) => context.ReportAt(irreps, entry, rule, arguments));
        return new SphericalHarmonicsModel(
            context.Method, vector, irreps.Irreps, context.Attribute.Get(nameof(SphericalHarmonicsAttribute.Normalize), true),
            normalization);
    }
}

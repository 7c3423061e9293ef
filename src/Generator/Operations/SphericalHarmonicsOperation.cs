using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Operations;

/// <summary>[SphericalHarmonics]: real spherical or solid harmonics of a vector.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Vector">1o, or 1e for harmonics of a pseudovector.</param>
/// <param name="Output">The harmonics.</param>
/// <param name="Normalize">Of the direction (true) or of the vector itself (false).</param>
/// <param name="Normalization">Length for a unit vector.</param>
public sealed record SphericalHarmonicsModel(MethodModel Method, Irrep Vector, Irreps Output, bool Normalize, Normalization Normalization) : OperationModel(Method)
{
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

        // Harmonics of an odd l show the parity of the vector: a first odd l that is even makes it a pseudovector.
        int vectorParity = irreps.Irreps.FirstOrDefault(e => e.Irrep.L % 2 == 1) is { Multiplicity: > 0 } odd ? odd.Irrep.Parity : -1;
        var vector = new Irrep(1, vectorParity);
        for (int i = 0; i < irreps.Irreps.Count; i++)
        {
            var irrep = irreps.Irreps[i].Irrep;
            var harmonic = new Irrep(irrep.L, irrep.L % 2 == 0 ? 1 : vectorParity);
            if (irrep != harmonic)
            {
                context.ReportAt(irreps, i, SelectionRules.HarmonicParity, irrep, vectorParity < 0 ? "a vector (1o)" : "a pseudovector (1e)", irrep.L, harmonic);
            }
        }

        return new SphericalHarmonicsModel(
            context.Method, vector, irreps.Irreps, context.Attribute.Get(nameof(SphericalHarmonicsAttribute.Normalize), true), normalization);
    }
}

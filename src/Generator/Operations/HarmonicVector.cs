using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Operations;

/// <summary>Which vector given irreps are the harmonics of.</summary>
internal static class HarmonicVector
{
    /// <summary>
    /// 1o, or 1e where the odd degrees are even under inversion: harmonics of odd l have the parity of the vector, those of even l are
    /// always even. Reports every entry that is a harmonic of neither.
    /// </summary>
    public static Irrep Of(IrrepsText irreps, Action<int, DiagnosticDescriptor, object[]> report)
    {
        int parity = irreps.Irreps.FirstOrDefault(e => e.Irrep.L % 2 == 1 && e.Multiplicity > 0) is { Multiplicity: > 0 } odd
            ? odd.Irrep.Parity
            : -1;
        var vector = new Irrep(1, parity);
        Check(irreps, vector, report);
        return vector;
    }

    /// <summary>Reports every entry that is no harmonic of this vector.</summary>
    public static void Check(IrrepsText irreps, Irrep vector, Action<int, DiagnosticDescriptor, object[]> report)
    {
        for (int i = 0; i < irreps.Irreps.Count; i++)
        {
            var irrep = irreps.Irreps[i].Irrep;
            var harmonic = new Irrep(irrep.L, irrep.L % 2 == 0 ? 1 : vector.Parity);
            if (irrep != harmonic)
            {
                string kind = vector.Parity < 0 ? "a vector (1o)" : "a pseudovector (1e)";
                report(i, SelectionRules.HarmonicParity, [
                    irrep, kind, irrep.L, harmonic, Suggestion.Entry(irreps, i, [harmonic], remove: false)]);
            }
        }
    }
}

using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Operations;

/// <summary>Which vector given irreps are the harmonics of.</summary>
internal static class HarmonicVector
{
    /// <summary>
    /// 1o, or 1e where the odd degrees are even under inversion: harmonics of odd l have the parity of the vector, those of even l are always even.
    /// Reports every entry that is a harmonic of neither.
    /// </summary>
    public static Irrep Of(IrrepsText irreps, Action<int, DiagnosticDescriptor, object[]> report)
    {
        int parity = irreps.Irreps.FirstOrDefault(e => e.Irrep.L % 2 == 1 && e.Multiplicity > 0) is { Multiplicity: > 0 } odd ? odd.Irrep.Parity : -1;
        for (int i = 0; i < irreps.Irreps.Count; i++)
        {
            var irrep = irreps.Irreps[i].Irrep;
            var harmonic = new Irrep(irrep.L, irrep.L % 2 == 0 ? 1 : parity);
            if (irrep != harmonic)
            {
                string vector = parity < 0 ? "a vector (1o)" : "a pseudovector (1e)";
                report(i, SelectionRules.HarmonicParity, [irrep, vector, irrep.L, harmonic, Suggestion.Entry(irreps, i, [harmonic], remove: false)]);
            }
        }

        return new Irrep(1, parity);
    }
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace E3Gen.CodeFixes.Completion;

/// <summary>What a place takes: nothing is offered that a rule would refuse there.</summary>
internal static class Allowed
{
    private static readonly Regex Odd = new(@"\d*[13579](?<parity>[eo])", RegexOptions.CultureInvariant);

    /// <param name="place">The place.</param>
    /// <param name="text">The whole string.</param>
    /// <param name="irrep">What might be offered.</param>
    public static bool Irrep(IrrepsPlace place, string text, Irrep irrep) => (place.Wanted.ContainingType.Name, place.Wanted.Name) switch
    {
        (nameof(GateAttribute), "scalars" or nameof(GateAttribute.Gates)) => irrep.L == 0,
        (nameof(MessagePassingNetworkAttribute), nameof(MessagePassingNetworkAttribute.EdgeHarmonics)) => IsHarmonic(irrep, -1),
        (nameof(SphericalHarmonicsAttribute), _) => IsHarmonic(irrep, VectorOf(text)),
        _ => true,
    };

    /// <summary>Whether '@' means something there: a network has no operations, and AssumeIrreps reads its irreps at run time.</summary>
    public static bool References(IrrepsPlace place) => place.Wanted is { ContainingType.Name: not (nameof(MessagePassingNetworkAttribute) or nameof(MACEAttribute)) }
        and not IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } };

    /// <summary>Parity of the vector that given irreps are harmonics of, as the rule decides: by the first odd degree.</summary>
    private static int VectorOf(string text) => Odd.Match(text) is { Success: true } odd && odd.Groups["parity"].Value == "e" ? 1 : -1;

    private static bool IsHarmonic(Irrep irrep, int vector) => irrep.Parity == (irrep.L % 2 == 0 ? 1 : vector);
}

using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// The screened repulsion of nuclei at short distance: J. F. Ziegler, J. P. Biersack and U. Littmark, The Stopping and Range of Ions in Solids (1985), ended at the sum of the covalent radii by
/// <see cref="Cutoff.Polynomial"/>, as in MACE (<c>ZBLBasis</c>). Networks never see such distances in their data; with it atoms cannot fall into each other.
/// </summary>
public static class PairRepulsion
{
    /// <summary>e²/(4πε₀) in eV Å, as MACE has it.</summary>
    private const double Coulomb = 14.3996;

    /// <summary>Factor and exponents of the screening length a = 0.4543 · 0.529 Å / (Z₁^0.3 + Z₂^0.3).</summary>
    internal const double LengthFactor = 0.4543, ChargeExponent = 0.3, Bohr = 0.529;

    /// <summary>c and d of the screening function φ(y) = Σ c exp(−d y).</summary>
    internal static readonly (double Factor, double Decay)[] Screening = [(0.1818, 3.2), (0.5099, 0.9423), (0.2802, 0.4028), (0.02817, 0.2016)];

    // Objects for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar Exponent = ChargeExponent, Length = LengthFactor * Bohr, Strength = Coulomb / 2, One = 1;
    private static readonly (Scalar Factor, Scalar Decay)[] Terms = [.. Screening.Select(s => ((Scalar)s.Factor, (Scalar)(-s.Decay)))];

    /// <summary>The repulsive energy of each atom, <c>½ Σ (14.3996 Z₁ Z₂/r) φ(r/a) u(r/(R₁+R₂))</c> over its neighbours.</summary>
    /// <param name="lengths">Lengths r of the edges in Å: [E].</param>
    /// <param name="atomicNumbers">Atomic number Z of each atom: whole numbers [N], up to 96.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="power">p of the cutoff u.</param>
    /// <returns>[N], in eV.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit, or an element has no known radius.</exception>
    public static Tensor Of(Tensor lengths, Tensor atomicNumbers, Graph graph, double power = 6)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Check.EdgeNumbers(lengths, graph, $"{nameof(PairRepulsion)}.{nameof(Of)}, argument 'lengths'");
        Check.Whole(atomicNumbers, $"{nameof(PairRepulsion)}.{nameof(Of)}, argument 'atomicNumbers'", "the atomic number of each atom");
        using var scope = NewDisposeScope();
        Tensor numbers = atomicNumbers.to(lengths.device), radii = Elements.CovalentRadius(numbers, lengths.dtype);
        Tensor charges = numbers.to(lengths.dtype);
        Tensor first = charges.index_select(0, graph.Source), second = charges.index_select(0, graph.Destination);
        Tensor screening = first.pow(Exponent).Plus(second.pow(Exponent)).reciprocal().mul(Length);
        Tensor y = lengths.div(screening);
        Tensor phi = Terms.Select(t => y.mul(t.Decay).exp().mul(t.Factor)).Aggregate((a, b) => a.Plus(b));
        Tensor reach = radii.index_select(0, graph.Source).Plus(radii.index_select(0, graph.Destination));
        Tensor energies = first.mul(second).mul(Strength).div(lengths).mul(phi).mul(Cutoff.Polynomial(lengths.div(reach), power));
        return zeros([graph.NodeCount], energies.dtype, energies.device).index_add(0, graph.Destination, energies, One).MoveToOuterDisposeScope();
    }
}

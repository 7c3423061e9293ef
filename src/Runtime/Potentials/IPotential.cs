using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// An interatomic potential: the energy of each atom as a function of positions and elements. Everything else is derived from it: forces, virials and stress by differentiation
/// (<see cref="PotentialExtensions.Evaluate(IPotential, Tensor, Tensor, Graph, bool, bool, bool)"/>), and with them training, molecular dynamics and judgement.
/// Classes with an attribute of a whole potential implement it; so does a module of your own that says its elements and its cutoff.
/// <example><code>
/// [EquivariantModule]
/// public sealed partial class MyPotential : nn.Module&lt;Tensor, Tensor, Graph, Tensor&gt;, IPotential
/// {
///     public IReadOnlyList&lt;string&gt; Species { get; } = ["H", "O"];
///     public double Cutoff => 5.0;
///
///     [return: Invariant]
///     public override Tensor forward([Positions] Tensor positions, [Invariant] Tensor species, Graph graph) => …
/// }
/// </code></example>
/// </summary>
public interface IPotential
{
    /// <summary>Symbols of the elements that it knows. The place of an element in this list is its species.</summary>
    IReadOnlyList<string> Species { get; }

    /// <summary>The cutoff radius of the graphs that it takes, in the unit of the positions.</summary>
    double Cutoff { get; }

    /// <summary>The energies of the atoms; their sum over a molecule or crystal is its energy.</summary>
    /// <param name="positions">[N, 3], float32 or float64.</param>
    /// <param name="species">Place of each atom's element in <see cref="Species"/>: int64 [N].</param>
    /// <param name="graph">Pairs of atoms closer than <see cref="Cutoff"/>.</param>
    /// <returns>
    /// [N], twice differentiable with respect to the positions and the graph's shifts. Best float64, also of a float32 network: energies with those of isolated atoms have more digits than float32.
    /// </returns>
    Tensor forward([Positions] Tensor positions, [Invariant] Tensor species, Graph graph);
}

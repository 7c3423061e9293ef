using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Numbers that MACE's state dicts hold. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaceConstants
{
    /// <summary>ASE's covalent radii by atomic number, 0.2 Å where none is known.</summary>
    public static double[] CovalentRadii => [.. Enumerable.Range(0, Elements.Last + 1).Select(z => Elements.CovalentRadius(z) ?? 0.2)];

    /// <summary>Factors of the screening function of <see cref="PairRepulsion"/>.</summary>
    public static double[] Screening => [.. PairRepulsion.Screening.Select(s => s.Factor)];

    /// <summary>The repulsion of nuclei; see <see cref="PairRepulsion"/>.</summary>
    /// <param name="lengths">[E].</param>
    /// <param name="elements">The potential's elements.</param>
    /// <param name="atoms">The species of the atoms.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="power">p of the cutoff.</param>
    /// <returns>[N].</returns>
    public static Tensor Repulsion(Tensor lengths, PotentialElements elements, SpeciesRows atoms, Graph graph, int power)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(atoms);
        using var scope = NewDisposeScope();
        Tensor numbers = tensor([.. elements.AtomicNumbers.Select(z => (long)z)], device: lengths.device).index_select(0, atoms.Species);
        return PairRepulsion.Of(lengths, numbers, graph, power).MoveToOuterDisposeScope();
    }
}

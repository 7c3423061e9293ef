using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Whether a data set has anything within a cutoff radius: with positions in another unit than the cutoff, it may not.</summary>
internal static class NeighborDistances
{
    /// <exception cref="ArgumentException">No atom has a neighbour: nothing but energies of single atoms could be learnt.</exception>
    public static void Require(IReadOnlyList<LabelledStructure> structures, double cutoff)
    {
        if (structures.Any(s => Shortest(s.Atoms, cutoff) is not null)) return;
        // Doubled until something is found, a cutoff finds no more than it must.
        double range = cutoff;
        double? shortest = null;
        LabelledStructure[] withPairs = [.. structures.Where(s => s.Atoms.Count > 1 || s.Atoms is { Count: 1, IsPeriodic: true })];
        while (withPairs.Length > 0 && shortest is null && double.IsFinite(range *= 2)) shortest = withPairs.Min(s => Shortest(s.Atoms, range));
        throw new ArgumentException(
            FormattableString.Invariant($"No two atoms of the {structures.Count} training structures are within the cutoff {cutoff}; ")
            + (shortest is { } distance ? FormattableString.Invariant($"the shortest distance is {distance:G6}. Are positions and cutoff in one unit?") : "all have one atom."), nameof(structures));
    }

    /// <summary>The shortest distance of two atoms, or null if none is within the range.</summary>
    internal static double? Shortest(Atoms atoms, double range)
    {
        if (atoms.Count == 0) return null;
        using var scope = NewDisposeScope();
        using Graph graph = atoms.ToGraph(range, ScalarType.Float64);
        return graph.EdgeCount == 0 ? null : graph.EdgeVectors(atoms.PositionTensor(ScalarType.Float64)).norm(-1).min().item<double>();
    }
}

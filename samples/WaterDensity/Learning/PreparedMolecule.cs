using E3Gen;
using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>A molecule as tensors. Geometries never change, so this is done once for each and kept.</summary>
internal sealed class PreparedMolecule
{
    public PreparedMolecule(Molecule molecule, TargetScaling scaling, double cutoff)
    {
        Molecule = molecule;
        using var scope = NewDisposeScope();
        Tensor exact = tensor(molecule.Positions, [molecule.Atoms, 3]);
        Positions = exact.to_type(ScalarType.Float32).DetachFromDisposeScope();
        Species = tensor(molecule.Species.Select(z => (long)z).ToArray()).DetachFromDisposeScope();
        Graph = Graph.FromPositions(exact, cutoff);
        // y must bring in what the mean atoms lack.
        double[] origin = scaling.Origin.index_select(0, Species).data<double>().ToArray();
        MissingElectrons = (float)(molecule.Electrons - Moments.Electrons(scaling.Basis, molecule.Species, origin));
    }

    public Molecule Molecule { get; }

    /// <summary>[atom, 3], Å.</summary>
    public Tensor Positions { get; }

    /// <summary>[atom]: 0 hydrogen, 1 oxygen.</summary>
    public Tensor Species { get; }

    public Graph Graph { get; }

    /// <summary>Electrons of the molecule that the origin of y (the mean atoms) does not account for.</summary>
    public float MissingElectrons { get; }
}

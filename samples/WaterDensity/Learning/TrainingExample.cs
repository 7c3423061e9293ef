using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>A molecule with its target and the metric that errors are measured in.</summary>
internal sealed class TrainingExample
{
    public TrainingExample(WaterSystem system, PreparedMolecule molecule, TargetScaling scaling)
    {
        Molecule = molecule;
        using var scope = NewDisposeScope();
        var functions = new FunctionList(scaling.Basis, system.Species);
        Target = scaling.FromCoefficients(system, system.Coefficients).to_type(ScalarType.Float32).DetachFromDisposeScope();
        Entries = tensor(functions.Entries.Select(e => (long)e).ToArray()).DetachFromDisposeScope();

        // ∫(δρ)² = δcᵀ S δc = δyᵀ (Tᵀ S T) δy with T block-diagonal over atoms.
        Tensor overlap = tensor(OverlapMatrix.Compute(scaling.Basis, functions, system.PositionsInBohr()),
            [functions.Count, functions.Count]);
        Tensor transform = block_diag([.. system.Species.Select(z => CompactTransform(scaling, z))]);
        Overlap = transform.t().mm(overlap).mm(transform).to_type(ScalarType.Float32).DetachFromDisposeScope();
    }

    public PreparedMolecule Molecule { get; }

    /// <summary>y of the ab-initio density: [atom, 70].</summary>
    public Tensor Target { get; }

    /// <summary>Which entries of the flattened [atom, 70] are basis functions and not padding: [function].</summary>
    public Tensor Entries { get; }

    /// <summary>Tᵀ S T: [function, function].</summary>
    public Tensor Overlap { get; }

    /// <summary>T of a species without its padding.</summary>
    private static Tensor CompactTransform(TargetScaling scaling, int species)
    {
        bool[] mask = scaling.Basis.Mask[species];
        Tensor used = tensor(Enumerable.Range(0, mask.Length).Where(k => mask[k]).Select(k => (long)k).ToArray());
        return scaling.Transform[species].index_select(0, used).index_select(1, used);
    }
}

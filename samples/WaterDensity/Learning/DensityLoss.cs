using TorchSharp;
using WaterDensity.Density;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>How wrong predictions are: 1 for mean atoms (y = 0), 0 for perfection.</summary>
/// <param name="Density">Σ∫(ρ − ρ_ref)² over Σ∫(ρ_mean − ρ_ref)², sums over molecules.</param>
/// <param name="ByDegree">[5]: the same for the components of each degree l alone, without overlaps between atoms.</param>
internal sealed record Losses(Tensor Density, Tensor ByDegree);

/// <summary>
/// The loss in the density's own metric: ∫(ρ − ρ_ref)² = Δyᵀ S Δy with the overlap S of all functions of a molecule, so errors of
/// neighbouring atoms may cancel where the density does not see them. To this come, with a small weight, the degrees' own errors, each
/// divided by what it is for y = 0: so none is given up because it weighs little in the density (l = 4: 10⁻³).
/// </summary>
internal sealed class DensityLoss
{
    private static readonly Scalar DegreeWeight = 0.1;

    private readonly double _variancePerElectron;
    private readonly Tensor _degreeOfColumn, _varianceByDegree;

    /// <param name="examples">The training set; it sets the scale.</param>
    public DensityLoss(TargetScaling scaling, IReadOnlyList<TrainingExample> examples)
    {
        using var scope = NewDisposeScope();
        double variance = examples.Sum(e => (double)Distance(e, e.Target).item<float>());
        _variancePerElectron = variance / examples.Sum(e => e.Molecule.Molecule.Electrons);

        var indicator = new float[AuxiliaryBasis.Columns, DensityField.Degrees];
        for (int l = 0; l < DensityField.Degrees; l++)
        {
            for (int k = 0; k < AuxiliaryBasis.Multiplicities[l] * (2 * l + 1); k++)
                indicator[AuxiliaryBasis.FirstColumn(l) + k, l] = 1;
        }
        _degreeOfColumn = tensor(indicator).DetachFromDisposeScope();
        _varianceByDegree = scaling.Deviation.to_type(ScalarType.Float32).square().mm(_degreeOfColumn).DetachFromDisposeScope();
    }

    /// <summary>Compares y [atom, 70] with the targets of the batch's molecules.</summary>
    public Losses Compare(IReadOnlyList<TrainingExample> examples, Batch batch, Tensor y)
    {
        using var scope = NewDisposeScope();
        Tensor error = y.sub(cat([.. examples.Select(e => e.Target)]));
        var distances = new Tensor[examples.Count];
        long first = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            int atoms = examples[i].Molecule.Molecule.Atoms;
            distances[i] = Distance(examples[i], error.narrow(0, first, atoms));
            first += atoms;
        }
        using Scalar expected = _variancePerElectron * examples.Sum(e => e.Molecule.Molecule.Electrons);
        Tensor density = stack(distances).sum().div(expected);
        Tensor byDegree = error.square().mm(_degreeOfColumn).sum(dim: 0).div(_varianceByDegree.index_select(0, batch.Species).sum(dim: 0));
        return new Losses(density.MoveToOuterDisposeScope(), byDegree.MoveToOuterDisposeScope());
    }

    /// <summary>What is minimised.</summary>
    public static Tensor Total(Losses losses)
    {
        using var scope = NewDisposeScope();
        return losses.Density.add(losses.ByDegree.mean(), DegreeWeight).MoveToOuterDisposeScope();
    }

    private static Tensor Distance(TrainingExample example, Tensor error)
    {
        using var scope = NewDisposeScope();
        Tensor entries = error.reshape(-1).index_select(0, example.Entries);
        return entries.dot(example.Overlap.mv(entries)).MoveToOuterDisposeScope();
    }
}

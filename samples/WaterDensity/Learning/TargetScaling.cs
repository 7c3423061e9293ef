using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// The variables y that the network predicts. Isolated atoms and the mean atom (a mean exists for scalars only) are subtracted from the
/// coefficients; what is left, δc, is seen along the principal components of the training set in the density's own metric. For each species
/// and degree l, with A the overlap of the shells on one atom and C the covariance of their coefficients (averaged over m, so that
/// everything stays equivariant), A = L Lᵀ and Lᵀ C L = V λ Vᵀ,
/// <code>δc = T y,  T = L⁻ᵀ V,  y = Vᵀ Lᵀ δc</code>
/// Then |y|² is ∫(δρ)² of the atom's own part of the density, different components do not overlap, and y_k has the variance λ_k: components
/// come in falling order, and the network's outputs are scaled by √λ_k. All tensors are float64.
/// </summary>
internal sealed class TargetScaling
{
    private const int Columns = AuxiliaryBasis.Columns, SpeciesCount = AuxiliaryBasis.SpeciesCount;

    private TargetScaling(AuxiliaryBasis basis, Tensor origin, Tensor transform, Tensor inverse, Tensor deviation)
    {
        Basis = basis;
        Origin = origin.DetachFromDisposeScope();
        Transform = transform.DetachFromDisposeScope();
        Inverse = inverse.DetachFromDisposeScope();
        Deviation = deviation.DetachFromDisposeScope();
        using Tensor charges = tensor(basis.Charges.SelectMany(q => q).ToArray(), [SpeciesCount, 1, Columns]);
        using Tensor product = charges.matmul(transform);
        Charges = product.squeeze(1).DetachFromDisposeScope();
    }

    public AuxiliaryBasis Basis { get; }

    /// <summary>
    /// [species, column]: the coefficients that y = 0 stands for, the mean atom; for l &gt; 0 those of the isolated atom, which are zero.
    /// </summary>
    public Tensor Origin { get; }

    /// <summary>T: [species, column of δc, column of y].</summary>
    public Tensor Transform { get; }

    /// <summary>T⁻¹: [species, column of y, column of δc].</summary>
    public Tensor Inverse { get; }

    /// <summary>√λ: [species, column of y]; zero in padding.</summary>
    public Tensor Deviation { get; }

    /// <summary>[species, column of y]: electrons per unit of y; zero for l &gt; 0.</summary>
    public Tensor Charges { get; }

    /// <summary>Determines the scaling from training data.</summary>
    public static TargetScaling Fit(AuxiliaryBasis basis, IReadOnlyList<WaterSystem> systems)
    {
        using var scope = NewDisposeScope();
        double[] origin = new double[SpeciesCount * Columns], deviation = new double[SpeciesCount * Columns];
        double[] transform = new double[SpeciesCount * Columns * Columns], inverse = new double[SpeciesCount * Columns * Columns];
        for (int species = 0; species < SpeciesCount; species++)
        {
            double[][] atoms = [.. systems.SelectMany(s => AtomsOf(s, species))];
            double[] mean = MeanOf(basis, species, atoms);
            mean.CopyTo(origin, species * Columns);
            foreach (IGrouping<int, Shell> degree in basis.Shells(species).ToArray().GroupBy(s => s.Degree))
            {
                Shell[] shells = [.. degree];
                (double[] variances, double[,] t, double[,] tInverse) = Components(shells, atoms, mean);
                foreach ((int i, int j, int m) in BlockEntries(shells))
                {
                    int row = shells[i].Column + m, column = shells[j].Column + m;
                    transform[(species * Columns + row) * Columns + column] = t[i, j];
                    inverse[(species * Columns + row) * Columns + column] = tInverse[i, j];
                    deviation[species * Columns + row] = Math.Sqrt(Math.Max(0, variances[i]));
                }
            }
        }
        return new TargetScaling(basis, tensor(origin, [SpeciesCount, Columns]), tensor(transform, [SpeciesCount, Columns, Columns]),
            tensor(inverse, [SpeciesCount, Columns, Columns]), tensor(deviation, [SpeciesCount, Columns]));
    }

    /// <summary>The scaling that <see cref="State"/> was written from.</summary>
    public static TargetScaling Restore(AuxiliaryBasis basis, Func<string, Tensor> read)
        => new(basis, read("origin"), read("transform"), read("inverse"), read("deviation"));

    /// <summary>What a checkpoint needs.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State()
        => [("origin", Origin), ("transform", Transform), ("inverse", Inverse), ("deviation", Deviation)];

    /// <summary>y of ab-initio coefficients: [atom, 70].</summary>
    public Tensor FromCoefficients(Molecule molecule, double[] coefficients)
    {
        using var scope = NewDisposeScope();
        Tensor species = SpeciesTensor(molecule);
        Tensor difference = tensor(coefficients, [molecule.Atoms, Columns]).sub(Origin.index_select(0, species));
        return Inverse.index_select(0, species).matmul(difference.unsqueeze(-1)).squeeze(-1).MoveToOuterDisposeScope();
    }

    /// <summary>The coefficients that y [atom, 70] stands for.</summary>
    public double[] ToCoefficients(Molecule molecule, Tensor y)
    {
        using var scope = NewDisposeScope();
        Tensor species = SpeciesTensor(molecule);
        Tensor difference = Transform.index_select(0, species).matmul(y.to_type(ScalarType.Float64).unsqueeze(-1)).squeeze(-1);
        return difference.add(Origin.index_select(0, species), Scalars.One).data<double>().ToArray();
    }

    private static Tensor SpeciesTensor(Molecule molecule) => tensor(molecule.Species.Select(z => (long)z).ToArray());

    private static IEnumerable<double[]> AtomsOf(WaterSystem system, int species)
        => from atom in Enumerable.Range(0, system.Atoms)
           where system.Species[atom] == species
           select system.Coefficients[(atom * Columns)..((atom + 1) * Columns)];

    private static double[] MeanOf(AuxiliaryBasis basis, int species, double[][] atoms)
    {
        double[] mean = [.. basis.IsolatedCoefficients[species]];
        for (int k = 0; k < AuxiliaryBasis.Multiplicities[0]; k++)
            mean[k] = atoms.Average(c => c[k]);
        return mean;
    }

    /// <summary>Variances λ in falling order, T = L⁻ᵀ V and its inverse for the shells of one degree.</summary>
    private static (double[] Variances, double[,] Transform, double[,] Inverse) Components(Shell[] shells, double[][] atoms, double[] mean)
    {
        int n = shells.Length;
        double[,] overlap = new double[n, n], covariance = new double[n, n];
        foreach ((int i, int j, int m) in BlockEntries(shells))
        {
            int row = shells[i].Column + m, column = shells[j].Column + m;
            overlap[i, j] = AuxiliaryBasis.OneCentreOverlap(shells[i], shells[j]);
            covariance[i, j] += atoms.Average(c => (c[row] - mean[row]) * (c[column] - mean[column])) / shells[0].Size;
        }
        Tensor lower = linalg.cholesky(tensor(overlap)), upper = lower.t();
        (Tensor rising, Tensor vectors) = linalg.eigh(upper.mm(tensor(covariance)).mm(lower));
        Tensor falling = vectors.flip(1);
        return ([.. rising.flip(0).data<double>()], Matrix(linalg.inv(upper).mm(falling)), Matrix(falling.t().mm(upper)));
    }

    private static double[,] Matrix(Tensor tensor)
    {
        var matrix = new double[tensor.shape[0], tensor.shape[1]];
        double[] values = tensor.contiguous().data<double>().ToArray();
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    /// <summary>All (shell, shell, m) of equal m: the entries of an equivariant linear map among shells of one degree.</summary>
    private static IEnumerable<(int Row, int Column, int M)> BlockEntries(Shell[] shells)
        => from i in Enumerable.Range(0, shells.Length)
           from j in Enumerable.Range(0, shells.Length)
           from m in Enumerable.Range(0, shells[0].Size)
           select (i, j, m);
}

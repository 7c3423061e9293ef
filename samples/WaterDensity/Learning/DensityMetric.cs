using TorchSharp;
using static TorchSharp.torch;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Learning;
internal static class DensityMetric
{
    private static readonly Scalar One = 1;
    public static double Power = 0.5, Floor = 1e-4; public static int Nr=20, Nt=6;
    /// Gram matrix ∫ φ_i φ_j / (ρ_pro+floor)^power
    public static Tensor Compute(AuxiliaryBasis basis, FunctionList functions, Molecule molecule)
    {
        double[] positions = molecule.PositionsInBohr();
        int n = functions.Count;
        if (Power == 0) return tensor(OverlapMatrix.Compute(basis, functions, positions)).view(n, n).to(ScalarType.Float32);
        var promolecule = new DensityField(basis, molecule.Species, positions, [.. molecule.Species.SelectMany(z => basis.IsolatedCoefficients[z])]);
        PointSet[] sets = new MolecularQuadrature(Nr, Nt).Around(molecule.Species, positions);
        using var scope = NewDisposeScope();
        Tensor gram = zeros(n, n);
        foreach (PointSet points in sets)
        {
            double[] density = promolecule.Evaluate(points);
            var root = new float[points.PaddedCount];
            for (int i = 0; i < points.Count; i++)
                root[i] = (float)Math.Sqrt(points.Weight[i] * Math.Pow(Math.Max(0, density[i]) + Floor, -Power));
            using Tensor values = tensor(BasisValues.Evaluate(basis, functions, positions, points)).view(n, points.PaddedCount);
            using Tensor weighted = values * tensor(root);
            gram.add_(weighted.mm(weighted.t()), One);
        }
        return gram.MoveToOuterDisposeScope();
    }
}

using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// The variables that the network predicts: coefficients minus isolated atoms minus the mean atom (a mean exists for scalars only), seen along the principal components of
/// the training set in the density's own metric. For each species and degree l, with A the mean metric and C the covariance among the shells of that degree (both averaged
/// over m, so that everything stays equivariant), A = L Lᵀ and Lᵀ C L = V λ Vᵀ, the change of variables is δc = L⁻ᵀ V y: one unit of any y is one unit of density error,
/// different y do not overlap, and y_k has variance λ_k.
/// </summary>
internal sealed class TargetScaling
{
    private TargetScaling(double[][] means, Tensor toCoefficients, Tensor fromCoefficients, Tensor deviations)
        => (Means, ToCoefficients, FromCoefficients, Deviations) = (means, toCoefficients, fromCoefficients, deviations);

    /// <summary>[species][column]: mean deviation from the isolated atom, zero for l &gt; 0.</summary>
    public double[][] Means { get; }

    /// <summary>[species, column of δc, column of y].</summary>
    public Tensor ToCoefficients { get; }

    /// <summary>[species, column of y, column of δc].</summary>
    public Tensor FromCoefficients { get; }

    /// <summary>[species, column of y]: √λ; zero in padding.</summary>
    public Tensor Deviations { get; }

    /// <param name="metric">For each system the metric of its functions, [function, function].</param>
    public static TargetScaling Fit(AuxiliaryBasis basis, IReadOnlyList<WaterSystem> systems, Func<WaterSystem, FunctionList, Tensor> metric)
    {
        double[][] means = MeansOf(basis, systems);
        const int Columns = AuxiliaryBasis.Columns;
        Tensor to = zeros(2, Columns, Columns, float64), from = zeros(2, Columns, Columns, float64), deviations = zeros(2, Columns, float64);
        var blocks = new Dictionary<(int, int), (double[,] A, double[,] C, int Count)>();
        foreach (WaterSystem system in systems)
        {
            var functions = new FunctionList(basis, system.Species);
            int n = functions.Count;
            double[] m = metric(system, functions).to(float64).data<double>().ToArray();
            for (int atom = 0; atom < system.Atoms; atom++)
            {
                int z = system.Species[atom];
                foreach (var group in basis.Shells(z).ToArray().GroupBy(s => s.Degree))
                {
                    Shell[] shells = [.. group];
                    if (!blocks.TryGetValue((z, group.Key), out var block)) block = (new double[shells.Length, shells.Length], new double[shells.Length, shells.Length], 0);
                    for (int i = 0; i < shells.Length; i++)
                    for (int j = 0; j < shells.Length; j++)
                    for (int k = 0; k < shells[i].Size; k++)
                    {
                        block.A[i, j] += m[(functions.Row(atom, shells[i]) + k) * n + functions.Row(atom, shells[j]) + k];
                        double di = system.Coefficients[atom * Columns + shells[i].Column + k] - basis.IsolatedCoefficients[z][shells[i].Column + k] - means[z][shells[i].Column + k];
                        double dj = system.Coefficients[atom * Columns + shells[j].Column + k] - basis.IsolatedCoefficients[z][shells[j].Column + k] - means[z][shells[j].Column + k];
                        block.C[i, j] += di * dj;
                    }
                    block.Count += shells[0].Size;
                    blocks[(z, group.Key)] = block;
                }
            }
        }
        foreach (((int z, int l), (double[,] a, double[,] c, int count)) in blocks)
        {
            Shell[] shells = [.. basis.Shells(z).ToArray().Where(s => s.Degree == l)];
            Tensor A = tensor(a) / count, C = tensor(c) / count;
            Tensor L = linalg.cholesky(A);
            var (lambda, V) = linalg.eigh(L.t().mm(C).mm(L));
            lambda = lambda.flip(0); V = V.flip(1);
            Tensor T = linalg.inv(L.t()).mm(V), inv = V.t().mm(L.t());
            Console.WriteLine($"Z{z} l{l}: sqrt λ {string.Join(" ", lambda.clamp_min(0).sqrt().data<double>().Select(x => x.ToString("E2")))}");
            for (int i = 0; i < shells.Length; i++)
            {
                for (int k = 0; k < shells[i].Size; k++)
                    deviations[z, shells[i].Column + k] = Math.Sqrt(Math.Max(0, lambda[i].item<double>()));
                for (int j = 0; j < shells.Length; j++)
                    for (int k = 0; k < shells[i].Size; k++)
                    {
                        to[z, shells[i].Column + k, shells[j].Column + k] = T[i, j].item<double>();
                        from[z, shells[i].Column + k, shells[j].Column + k] = inv[i, j].item<double>();
                    }
            }
        }
        return new TargetScaling(means, to, from, deviations);
    }

    private static double[][] MeansOf(AuxiliaryBasis basis, IReadOnlyList<WaterSystem> systems)
    {
        double[][] means = [new double[AuxiliaryBasis.Columns], new double[AuxiliaryBasis.Columns]];
        int[] counts = new int[2];
        foreach (WaterSystem system in systems)
        {
            for (int atom = 0; atom < system.Atoms; atom++)
            {
                int z = system.Species[atom];
                counts[z]++;
                for (int k = 0; k < 12; k++)
                    means[z][k] += system.Coefficients[atom * AuxiliaryBasis.Columns + k] - basis.IsolatedCoefficients[z][k];
            }
        }
        for (int z = 0; z < 2; z++)
            for (int k = 0; k < 12; k++) means[z][k] /= counts[z];
        return means;
    }
}

using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The harmonics on a grid of the sphere, as two matrices: Y_lm(α_j, β_i) = Σ_m′ L[lm, i m′] S[m′, j] with L = P_l|m|(cos β_i) where m′ = m and 0 elsewhere.</summary>
internal static class S2Tables
{
    /// <summary>L, [(lmax+1)², N·(2·lmax+1)], times a factor for each degree and a weight for each β.</summary>
    public static ConstantTable Legendre(S2Grid grid, int lmax, Func<int, double> scale, double[]? weights = null)
    {
        int rows = (lmax + 1) * (lmax + 1), orders = (2 * lmax) + 1;
        double[] legendre = Values(() =>
        {
            Tensor beta = grid.Betas(float64);
            return O3.Legendre(lmax, beta.cos(), beta.sin());
        });
        var table = new double[Size(rows, grid.Beta, orders)];
        for (int l = 0; l <= lmax; l++)
        {
            double factor = scale(l);
            for (int m = -l; m <= l; m++)
            {
                int row = (l * l) + l + m;
                for (int i = 0; i < grid.Beta; i++)
                    table[(((row * grid.Beta) + i) * orders) + lmax + m] = factor * (weights?[i] ?? 1) * legendre[(i * rows) + row];
            }
        }
        return new ConstantTable(table, rows, grid.Beta * orders);
    }

    /// <summary>How many numbers a table has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than fit in one, or in memory.</exception>
    public static int Size(params long[] extents)
    {
        const long Most = 1 << 28; // 2 GiB
        double size = extents.Aggregate(1.0, (product, extent) => product * extent);
        return size <= Most
            ? (int)size
            : throw new ArgumentOutOfRangeException(nameof(extents), $"The grid needs tables of {string.Join(" · ", extents)} numbers, more than {Most}; choose a lower degree or resolution.");
    }

    /// <summary>S, [2·lmax+1, M].</summary>
    public static ConstantTable Angular(S2Grid grid, int lmax)
        => new(Values(() => O3.SphericalHarmonicsAlpha(lmax, grid.Alphas(float64)).t().contiguous()), (2 * lmax) + 1, grid.Alpha);

    /// <summary>n_l: the factor of degree l on the way to the grid.</summary>
    public static double Scale(int l, int lmax, Normalization normalization) => normalization switch
    {
        Normalization.Component => Math.Sqrt(4 * Math.PI / (((2 * l) + 1) * (lmax + 1.0))),
        Normalization.Norm => Math.Sqrt(4 * Math.PI / (lmax + 1)),
        Normalization.Integral => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, $"Unknown normalisation {normalization}."),
    };

    /// <summary>The numbers of a float64 tensor that is made for them only.</summary>
    public static double[] Values(Func<Tensor> make)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        return make().data<double>().ToArray();
    }
}

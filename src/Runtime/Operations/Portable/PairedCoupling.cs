using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// A path that pairs the copies of both inputs, <c>z[k,u] = Scale · Σ C[i,j,k] x[i,u] y[j,u]</c>: the products that C names, and their sums as a matrix product.
/// </summary>
internal sealed class PairedCoupling
{
    private readonly ConstantIndex _i, _j;
    private readonly ConstantTable _sum;

    /// <param name="path">The path.</param>
    public PairedCoupling(ProductPath path)
    {
        var terms = path.Coupling.Terms;
        var products = terms.Select(t => (t.I, t.J)).Distinct().ToList();
        (_i, _j) = (new([.. products.Select(p => (long)p.I)]), new([.. products.Select(p => (long)p.J)]));
        var values = new double[((2 * path.Coupling.L3) + 1) * products.Count];
        foreach (var (i, j, k, value) in terms)
        {
            values[(k * products.Count) + products.IndexOf((i, j))] = path.Scale * value;
        }

        _sum = new ConstantTable(values, (2 * path.Coupling.L3) + 1, products.Count);
    }

    /// <summary>Couples copy by copy.</summary>
    /// <param name="x">[rows, i, u].</param>
    /// <param name="y">[rows, j, u].</param>
    /// <returns>[rows, k, u].</returns>
    public Tensor Couple(Tensor x, Tensor y) => _sum.Like(x).matmul(x.index_select(1, _i.On(x)).mul(y.index_select(1, _j.On(y))));
}

using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// All paths of a product that read one segment of the first input and, unless the second has single copies only, one of the second, coupled together. With the coefficients of every path
/// side by side in one table C, <c>M[k,i] = Σ_j C[j,(k,i)] y[j]</c> is one matrix product and <c>z[k,u] = Σ_i M[k,i] x[i,u]</c> a batched one, where k runs over the components of all paths.
/// </summary>
internal sealed class PathBlock
{
    private readonly int _copies, _columns, _dimension, _components;
    private readonly long[] _sizes;
    private readonly ConstantTable _table;
    private readonly ConstantIndex _pathOfComponent;
    private readonly int _weight, _multiplicity;

    /// <param name="program">The product.</param>
    /// <param name="x">Its segment of the first input.</param>
    /// <param name="y">Its segment of the second input; null for all, which have single copies.</param>
    /// <param name="paths">Numbers of its paths.</param>
    public PathBlock(BilinearProgram program, int x, int? y, IReadOnlyList<int> paths)
    {
        (X, Y, Paths) = (x, y, paths);
        _copies = y is { } one ? program.Y[one].Copies : 1;
        _columns = y is { } segment ? (2 * program.Y[segment].L) + 1 : program.Y.Sum(BilinearProgram.Width);
        (_multiplicity, _dimension) = (program.X[x].Copies, (2 * program.X[x].L) + 1);
        _sizes = [.. paths.Select(p => 2L * program.Products[p].Coupling.L3 + 1)];
        _components = (int)_sizes.Sum();
        int[] offsets = BilinearProgram.Offsets(program.Y);
        var values = new double[_columns * _components * _dimension];
        int first = 0;
        foreach (int p in paths)
        {
            var path = program.Products[p];
            int column = y is null ? offsets[path.Y] : 0;
            foreach (var (i, j, k, value) in path.Coupling.Terms)
            {
                values[((((column + j) * _components) + first + k) * _dimension) + i] = path.Scale * value;
            }

            first += (2 * path.Coupling.L3) + 1;
        }

        _table = new ConstantTable(values, _columns, _components * _dimension);
        _pathOfComponent = new ConstantIndex([.. _sizes.SelectMany((size, path) => Enumerable.Repeat((long)path, (int)size))]);
        var weights = paths.Select(p => program.Products[p]).ToList();
        _weight = weights[0].Weight;
        IsElementwise = y is null && _weight >= 0 && weights.Select((path, i) => path.Mode == ConnectionMode.UVU && path.Weight == _weight + (i * _multiplicity)).All(fits => fits);
    }

    /// <summary>Its segment of the first input.</summary>
    public int X { get; }

    /// <summary>Its segment of the second input; null where it takes the whole row.</summary>
    public int? Y { get; }

    /// <summary>Numbers of its paths, in order.</summary>
    public IReadOnlyList<int> Paths { get; }

    /// <summary>Whether each copy of each path has a weight of its own, one after the other: then the whole block is weighed at once.</summary>
    public bool IsElementwise { get; }

    /// <summary>Couples with every copy v of the second input.</summary>
    /// <param name="x">[rows, i, u].</param>
    /// <param name="y">[rows, v·columns].</param>
    /// <returns>[rows, v, k, u].</returns>
    public Tensor Couple(Tensor x, Tensor y)
    {
        long rows = y.size(0);
        var m = y.reshape(rows * _copies, _columns).matmul(_table.Like(y)).view(rows, _copies * _components, _dimension);
        return (_dimension == 1 ? m.mul(x) : m.bmm(x)).view(rows, _copies, _components, _multiplicity); // with scalars an outer product
    }

    /// <summary>Multiplies every path of an elementwise block by its weights.</summary>
    /// <param name="z">[rows, 1, k, u].</param>
    /// <param name="weights">[rows, weights], or [weights] for every row.</param>
    public Tensor Weigh(Tensor z, Tensor weights)
    {
        var byPath = weights.narrow(-1, _weight, (long)_sizes.Length * _multiplicity).reshape(weights.dim() == 1 ? 1 : weights.size(0), 1, _sizes.Length, _multiplicity);
        return z.mul(_components == _sizes.Length ? byPath : byPath.index_select(2, _pathOfComponent.On(weights)));
    }

    /// <summary>Cuts what was coupled into paths, [rows, v, 2l+1, u] each.</summary>
    /// <param name="z">[rows, v, k, u].</param>
    public Tensor[] Split(Tensor z) => _sizes.Length == 1 ? [z] : z.split(_sizes, 2);
}

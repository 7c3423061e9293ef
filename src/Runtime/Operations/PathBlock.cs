using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>One path of a <see cref="PathBlock"/>.</summary>
/// <param name="Coupling">Its Wigner 3j coefficients.</param>
/// <param name="Column">First column of the second factor in the rows that the block is given.</param>
/// <param name="Scale">The constant in front.</param>
public readonly record struct PathTerm(Coupling Coupling, int Column, double Scale);

/// <summary>
/// All paths of a bilinear operation that read one segment of the first input, evaluated together. With the coefficients of every path side
/// by side in one table C, <c>M[k,i] = Σ_j C[j,(k,i)] y[j]</c> is one matrix product and <c>z[k,u] = Σ_i M[k,i] x[i,u]</c> one batched one,
/// where k runs over the components of all paths.
/// </summary>
public sealed class PathBlock
{
    private readonly string _name;
    private readonly int _multiplicity;
    private readonly int _dimension;
    private readonly int _columns;
    private readonly long[] _sizes;
    private readonly int _components;
    private readonly ConstantTable _table;
    private readonly ConstantIndex _pathOfComponent;
    private readonly PathTerm[] _paths;
    private ChannelwiseProgram? _coupledPaths;

    /// <summary>Describes the block.</summary>
    /// <param name="name">The operation's name in messages.</param>
    /// <param name="multiplicity">Copies u of the first input's segment.</param>
    /// <param name="dimension">Components i of the first input's segment.</param>
    /// <param name="columns">Columns j of the second input that a row is given.</param>
    /// <param name="paths">The paths, in order of their weights.</param>
    public PathBlock(string name, int multiplicity, int dimension, int columns, params PathTerm[] paths)
    {
        (_name, _multiplicity, _dimension, _columns, _paths) = (name, multiplicity, dimension, columns, paths);
        _sizes = [.. paths.Select(p => 2L * p.Coupling.L3 + 1)];
        _components = (int)_sizes.Sum();
        var values = new double[columns * _components * dimension];
        int first = 0;
        foreach (var (coupling, column, scale) in paths)
        {
            foreach (var (i, j, k, value) in coupling.Terms)
            {
                values[((column + j) * _components + first + k) * dimension + i] = scale * value;
            }

            first += 2 * coupling.L3 + 1;
        }

        _table = new ConstantTable(values, columns, _components * dimension);
        _pathOfComponent = new ConstantIndex([.. _sizes.SelectMany((size, path) => Enumerable.Repeat((long)path, (int)size))]);
    }

    /// <summary>Order of the segment's columns; mul_ir unless told otherwise.</summary>
    public Layout Layout { get; init; }

    /// <summary>The segment with copies innermost: [rows, columns] → [rows, i, u].</summary>
    /// <param name="segment">The segment of the first input.</param>
    public Tensor IrMul(Tensor segment) => Layout == Layout.IrMul
        ? segment.reshape(segment.size(0), _dimension, _multiplicity)
        : Layouts.ToIrMul(segment, _multiplicity, _dimension).contiguous();

    /// <summary>Couples both inputs by every path.</summary>
    /// <param name="x">First input, [rows, i, u].</param>
    /// <param name="y">Second input, [rows, columns].</param>
    /// <returns>[rows, k, u]: the components of all paths in order.</returns>
    public Tensor Couple(Tensor x, Tensor y)
    {
        if (Backends.TakesKernels(x, _name))
        {
            return Kernels(1).Apply(x.flatten(1), y, null).view(y.size(0), _components, _multiplicity);
        }

        var m = y.matmul(_table.Like(y)).view(y.size(0), _components, _dimension);
        return _dimension == 1 ? m.mul(x) : m.bmm(x); // with scalars an outer product
    }

    /// <summary>Couples with every copy v of a second input.</summary>
    /// <param name="x">First input, [rows, i, u].</param>
    /// <param name="y">Second input, [rows, v·columns].</param>
    /// <param name="copies">Number of copies v.</param>
    /// <returns>[rows, v, k, u].</returns>
    public Tensor Couple(Tensor x, Tensor y, int copies)
    {
        long rows = y.size(0);
        if (Backends.TakesKernels(x, _name))
        {
            return Kernels(copies).Apply(x.flatten(1), y, null).view(rows, copies, _components, _multiplicity);
        }

        var m = y.reshape(rows * copies, _columns).matmul(_table.Like(y)).view(rows, copies * _components, _dimension);
        return m.bmm(x).view(rows, copies, _components, _multiplicity);
    }

    /// <summary>Multiplies every path by its weight for each copy (mode uvu with v = 1).</summary>
    /// <param name="z">[rows, k, u].</param>
    /// <param name="weights">[rows, paths·u], or [paths·u] for every row.</param>
    /// <returns>[rows, k, u].</returns>
    public Tensor Weigh(Tensor z, Tensor weights)
    {
        var byPath = weights.reshape(weights.dim() == 1 ? 1 : weights.size(0), _sizes.Length, _multiplicity);
        return z.mul(_components == _sizes.Length ? byPath : byPath.index_select(1, _pathOfComponent.On(weights)));
    }

    /// <summary>Cuts what was coupled into paths, along the axis of components.</summary>
    /// <param name="z">[rows, k, u] or [rows, v, k, u].</param>
    /// <returns>One tensor a path, [rows, (v,) 2l+1, u].</returns>
    public Tensor[] Split(Tensor z) => z.split(_sizes, z.dim() - 2);

    /// <summary>The same paths for CPU kernels, for every copy v of the second input.</summary>
    private ChannelwiseProgram Kernels(int copies)
    {
        if (_coupledPaths is { } made)
        {
            return made;
        }

        var segments = Enumerable.Repeat(_paths.Select(p => (_multiplicity, p.Coupling.L3)), copies).SelectMany(s => s).ToArray();
        var paths = Enumerable.Range(0, copies).SelectMany(v => _paths.Select((p, i) =>
            new ChannelwisePath(p.Coupling, Input: 0, Column: (v * _columns) + p.Column, Output: (v * _paths.Length) + i, p.Scale)));
        return _coupledPaths = new ChannelwiseProgram(_name, [(_multiplicity, (_dimension - 1) / 2)], copies * _columns, 0, segments, [.. paths])
        {
            InputLayout = Layout.IrMul,
            OutputLayout = Layout.IrMul,
        };
    }
}

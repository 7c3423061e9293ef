using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>A tensor product as data: how its operands are cut into segments, and its paths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BilinearProgram
{
    private protected BilinearProgram(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, int weights, (int Copies, int L)[] z, ProductPath[] paths) =>
        (Name, X, Y, WeightCount, Z, Products) = (name, x, y, weights, z, paths);

    /// <summary>Order of the first input's columns; mul_ir unless told otherwise. The second input is always mul_ir.</summary>
    public Layout InputLayout { get; init; }

    /// <summary>Order of the result's columns; mul_ir unless told otherwise.</summary>
    public Layout OutputLayout { get; init; }

    /// <summary>
    /// In ir_mul, how many segments of the result in a row make up one entry of its irreps, whose copies lie side by side; empty where each is an entry.
    /// </summary>
    public IReadOnlyList<int> OutputRuns { get; init; } = [];

    internal string Name { get; }

    internal IReadOnlyList<(int Copies, int L)> X { get; }

    internal IReadOnlyList<(int Copies, int L)> Y { get; }

    internal int WeightCount { get; }

    internal IReadOnlyList<(int Copies, int L)> Z { get; }

    /// <summary>The paths, in order of their weights.</summary>
    internal IReadOnlyList<ProductPath> Products { get; }

    /// <summary>Columns of a segment.</summary>
    internal static int Width((int Copies, int L) segment) => segment.Copies * ((2 * segment.L) + 1);

    /// <summary>First column of each segment.</summary>
    internal static int[] Offsets(IReadOnlyList<(int Copies, int L)> segments)
    {
        int[] offsets = new int[segments.Count];
        for (int s = 1; s < offsets.Length; s++)
        {
            offsets[s] = offsets[s - 1] + Width(segments[s - 1]);
        }

        return offsets;
    }

    /// <summary>
    /// The paths without weights and without sums over copies: every path and copy v of y separately, <c>z_v[k,u] = Scale · Σ C[i,j,k] x[i,u] y[j,v]</c>, in ir_mul.
    /// </summary>
    private protected ChannelwiseProgram Coupled(IEnumerable<ProductPath> paths)
    {
        int[] columns = Offsets(Y);
        var segments = new List<(int, int)>();
        var coupled = new List<ChannelwisePath>();
        foreach (var path in paths)
        {
            var (copies, l) = Y[path.Y];
            for (int v = 0; v < copies; v++)
            {
                coupled.Add(new ChannelwisePath(path.Coupling, path.X, columns[path.Y] + (v * ((2 * l) + 1)), segments.Count, path.Scale));
                segments.Add((X[path.X].Copies, path.Coupling.L3));
            }
        }

        return new ChannelwiseProgram(Name, [.. X], Y.Sum(Width), 0, [.. segments], [.. coupled]) { InputLayout = InputLayout, OutputLayout = Layout.IrMul };
    }
}

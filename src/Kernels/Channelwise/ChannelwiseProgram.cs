using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>A tensor product that keeps the copies of its first input apart (mode uvu), which one kernel computes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChannelwiseProgram : BilinearProgram
{
    private readonly Lazy<ChannelwiseProgram<float>> _single;
    private readonly Lazy<ChannelwiseProgram<double>> _double;

    /// <summary>Describes the product.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the first input.</param>
    /// <param name="y">Copies and degree of the segments of the second input.</param>
    /// <param name="weights">Number of weights of a row.</param>
    /// <param name="z">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths, all of mode uvu.</param>
    public ChannelwiseProgram(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, int weights, (int Copies, int L)[] z, params ProductPath[] paths)
        : this(name, x, y, y.Sum(Width), weights, z, paths, [.. EachCopy(y, paths)])
    {
    }

    /// <summary>Paths with one copy of the second input each, for building other programs.</summary>
    internal ChannelwiseProgram(string name, (int Copies, int L)[] x, int columns, int weights, (int Copies, int L)[] z, ChannelwisePath[] paths)
        : this(name, x, [], columns, weights, z, [], paths)
    {
    }

    private ChannelwiseProgram(
        string name, (int Copies, int L)[] x, (int Copies, int L)[] y, int columns, int weights, (int Copies, int L)[] z, ProductPath[] products, ChannelwisePath[] paths)
        : base(name, x, y, weights, z, products)
    {
        (Columns, Paths) = (columns, paths);
        (_single, _double) = (new(() => new ChannelwiseProgram<float>(this)), new(() => new ChannelwiseProgram<double>(this)));
    }

    /// <summary>Columns of the second input.</summary>
    internal int Columns { get; }

    /// <summary>The paths as kernels read them.</summary>
    internal IReadOnlyList<ChannelwisePath> Paths { get; }

    /// <summary>Approximate time per row, in tenths of a nanosecond: a call per path, and one tenth per dozen terms (Zen 5).</summary>
    internal double Cost => Paths.Sum(p => 40 + (p.Coupling.Terms.Length * X[p.Input].Copies / 12.0));

    internal ChannelwiseProgram<T> Program<T>()
        where T : unmanaged, System.Numerics.INumber<T> =>
        typeof(T) == typeof(float) ? (ChannelwiseProgram<T>)(object)_single.Value : (ChannelwiseProgram<T>)(object)_double.Value;

    /// <summary>Splits each path into paths with one copy v of the second input each; its weights are [u,v].</summary>
    private static IEnumerable<ChannelwisePath> EachCopy((int Copies, int L)[] y, ProductPath[] paths)
    {
        int[] columns = Offsets(y);
        foreach (var path in paths)
        {
            var (copies, l) = y[path.Y];
            for (int v = 0; v < copies; v++)
            {
                int weight = path.Weight < 0 ? -1 : path.Weight + v;
                yield return new ChannelwisePath(path.Coupling, path.X, columns[path.Y] + (v * ((2 * l) + 1)), path.Z, path.Scale, weight, copies);
            }
        }
    }
}

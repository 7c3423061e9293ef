namespace E3Gen.Kernels;

/// <summary>The paths of a bilinear operation as its CPU kernels read them.</summary>
public sealed class ChannelwiseProgram
{
    private readonly Lazy<ChannelwiseProgram<float>> _single;
    private readonly Lazy<ChannelwiseProgram<double>> _double;

    /// <summary>Describes the operation.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the first input.</param>
    /// <param name="columns">Columns of the second input.</param>
    /// <param name="weights">Number of weights of a row.</param>
    /// <param name="z">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths.</param>
    public ChannelwiseProgram(string name, (int Copies, int L)[] x, int columns, int weights, (int Copies, int L)[] z, params ChannelwisePath[] paths)
    {
        (Name, X, Columns, WeightCount, Z, Paths) = (name, x, columns, weights, z, paths);
        (_single, _double) = (new(() => new ChannelwiseProgram<float>(this)), new(() => new ChannelwiseProgram<double>(this)));
    }

    /// <summary>Order of the first input's columns; mul_ir unless told otherwise.</summary>
    public Layout InputLayout { get; init; }

    /// <summary>Order of the result's columns; mul_ir unless told otherwise.</summary>
    public Layout OutputLayout { get; init; }

    /// <summary>
    /// In ir_mul, how many segments of the result in a row make up one entry of its irreps,
    /// whose copies lie side by side; empty where each is an entry.
    /// </summary>
    public IReadOnlyList<int> OutputRuns { get; init; } = [];

    internal string Name { get; }

    internal IReadOnlyList<(int Copies, int L)> X { get; }

    internal int Columns { get; }

    internal int WeightCount { get; }

    internal IReadOnlyList<(int Copies, int L)> Z { get; }

    internal IReadOnlyList<ChannelwisePath> Paths { get; }

    /// <summary>Tenths of a nanosecond that a row takes, about: a call for each path, and a dozen terms each of them (Zen 5).</summary>
    internal double Cost => Paths.Sum(p => 40 + (p.Coupling.Terms.Length * X[p.Input].Copies / 12.0));

    internal ChannelwiseProgram<T> Program<T>()
        where T : unmanaged, System.Numerics.INumber<T> =>
        typeof(T) == typeof(float) ? (ChannelwiseProgram<T>)(object)_single.Value : (ChannelwiseProgram<T>)(object)_double.Value;
}

using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// The paths of a linear map: a matrix product for each path and component. On the CPU one kernel computes all of them in one pass over the rows.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinearProgram
{
    private readonly Lazy<LinearProgram<float>> _single;
    private readonly Lazy<LinearProgram<double>> _double;

    /// <summary>Describes the map.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the argument.</param>
    /// <param name="y">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths.</param>
    public LinearProgram(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, params LinearPath[] paths)
    {
        (Name, X, Y) = (name, x, y);
        Paths = [.. paths.Select(p => p.WeightStep == 0 ? p with { WeightStep = y[p.Output].Copies } : p)];
        (_single, _double) = (new(() => new LinearProgram<float>(this)), new(() => new LinearProgram<double>(this)));
    }

    /// <summary>Order of the argument's columns; mul_ir unless told otherwise.</summary>
    public Layout InputLayout { get; init; }

    /// <summary>Order of the result's columns; mul_ir unless told otherwise.</summary>
    public Layout OutputLayout { get; init; }

    /// <summary>Segments of the result that get a bias: scalars.</summary>
    public IReadOnlyList<int> Biased { get; init; } = [];

    /// <summary>Whether each row has weights and biases of its own; for these there is no kernel.</summary>
    public bool HasWeightsPerRow { get; init; }

    internal string Name { get; }

    internal IReadOnlyList<(int Copies, int L)> X { get; }

    internal IReadOnlyList<(int Copies, int L)> Y { get; }

    internal IReadOnlyList<LinearPath> Paths { get; }

    internal LinearProgram<T> Program<T>()
        where T : unmanaged, System.Numerics.INumber<T> =>
        typeof(T) == typeof(float) ? (LinearProgram<T>)(object)_single.Value : (LinearProgram<T>)(object)_double.Value;
}

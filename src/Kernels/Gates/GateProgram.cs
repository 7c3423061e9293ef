using System.ComponentModel;
using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>A gate as its CPU kernel reads it: every column of the argument is in one path.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GateProgram
{
    private readonly Lazy<GateProgram<float>> _single;
    private readonly Lazy<GateProgram<double>> _double;

    /// <summary>Describes the gate.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="columns">Columns of the argument.</param>
    /// <param name="results">Columns of the result.</param>
    /// <param name="constants">Which constants scale the functions to unit second moment.</param>
    /// <param name="paths">The paths.</param>
    public GateProgram(string name, int columns, int results, MomentConstants constants, params GatePath[] paths)
    {
        (Name, Columns, Results, Constants, Paths) = (name, columns, results, constants, paths);
        (_single, _double) = (new(() => new GateProgram<float>(this)), new(() => new GateProgram<double>(this)));
    }

    /// <summary>Order of the columns of segments and result; mul_ir unless told otherwise.</summary>
    public Layout Layout { get; init; }

    internal string Name { get; }

    internal int Columns { get; }

    internal int Results { get; }

    internal MomentConstants Constants { get; }

    internal IReadOnlyList<GatePath> Paths { get; }

    /// <summary>The constant in front of a path's function.</summary>
    internal double Scale(GatePath path) => path.IsScaled ? Moments.Scale(path.Function, Constants) : 1;

    internal GateProgram<T> Program<T>()
        where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(float) ? (GateProgram<T>)(object)_single.Value : (GateProgram<T>)(object)_double.Value;
}

using System.ComponentModel;
using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>Spherical harmonics as their CPU kernel reads them: where each degree lies in a row of the result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HarmonicProgram
{
    private readonly Lazy<HarmonicProgram<float>> _single;
    private readonly Lazy<HarmonicProgram<double>> _double;

    /// <summary>Describes the operation.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="normalize">Of the direction v/|v| (true) or of the vector v itself (false).</param>
    /// <param name="degrees">The columns of the result: copies of a degree and the length of its harmonics for a unit vector.</param>
    public HarmonicProgram(string name, bool normalize, params (int Copies, int L, double Length)[] degrees)
    {
        (Name, Normalize, Degrees) = (name, normalize, degrees);
        (_single, _double) = (new(() => new HarmonicProgram<float>(this)), new(() => new HarmonicProgram<double>(this)));
    }

    internal string Name { get; }

    internal bool Normalize { get; }

    internal IReadOnlyList<(int Copies, int L, double Length)> Degrees { get; }

    /// <summary>Whether any of them depends on the vector: that of l = 0 is constant.</summary>
    internal bool HasDirections => Degrees.Any(d => d.L > 0);

    internal HarmonicProgram<T> Program<T>()
        where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(float) ? (HarmonicProgram<T>)(object)_single.Value : (HarmonicProgram<T>)(object)_double.Value;
}

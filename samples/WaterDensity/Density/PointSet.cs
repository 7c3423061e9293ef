using System.Numerics;

namespace WaterDensity.Density;

/// <summary>
/// Points in space (bohr), coordinates apart, and the volume that each one stands for. Arrays are padded to whole SIMD vectors.
/// </summary>
internal sealed class PointSet(int capacity)
{
    public double[] X { get; } = new double[Pad(capacity)];

    public double[] Y { get; } = new double[Pad(capacity)];

    public double[] Z { get; } = new double[Pad(capacity)];

    public double[] Weight { get; } = new double[Pad(capacity)];

    public int Count { get; private set; }

    /// <summary><see cref="Count"/> rounded up to whole SIMD vectors.</summary>
    public int PaddedCount => Pad(Count);

    public void Clear() => Count = 0;

    public void Add(double x, double y, double z, double weight)
    {
        (X[Count], Y[Count], Z[Count], Weight[Count]) = (x, y, z, weight);
        Count++;
    }

    private static int Pad(int count) => (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
}

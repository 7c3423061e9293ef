using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>Vectors that are too short to have a direction.</summary>
internal static class ShortVectors
{
    /// <summary>Length below which a vector counts as zero.</summary>
    public const double Shortest = 1e-12;

    /// <summary>1/|v| from |v|², and 0 for short vectors, for a vector in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> InverseLength<T>(Vector<T> square)
        where T : unmanaged, INumber<T>
    {
        var isShort = Vector.LessThan(square, new Vector<T>(T.CreateTruncating(Shortest * Shortest)));
        return Vector.ConditionalSelect(isShort, Vector<T>.Zero, Vector<T>.One / Vector.SquareRoot(square));
    }
}

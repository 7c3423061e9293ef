using System.ComponentModel;
using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// One or two SIMD vectors that a kernel treats as one number: generated kernels are written once over packs and compiled for each width
/// and number type. The lanes of a pack are copies u of an irrep (<see cref="VectorPack{T}"/>, <see cref="VectorPairPack{T}"/>,
/// <see cref="Vector512Pack{T}"/>, <see cref="Vector512PairPack{T}"/>). Pairs hold vectors rather than two packs: with nested packs the compiler
/// spills the long loops' values to memory, which takes three to seven times as long.
/// </summary>
/// <typeparam name="TSelf">The pack.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPack<TSelf, T>
    where TSelf : struct, IPack<TSelf, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract nint Count { get; }

    /// <summary>Reads as many numbers as there are lanes.</summary>
    /// <param name="source">Start of the array.</param>
    /// <param name="index">First number.</param>
    static abstract TSelf Load(ref T source, nint index);

    /// <summary>
    /// Reads a coefficient of a coupling matrix, which holds <see cref="Vector{T}.Count"/> rows side by side:
    /// that of one row for every lane.
    /// </summary>
    /// <param name="matrix">The matrix, at the row.</param>
    /// <param name="entry">Number of the coefficient.</param>
    static abstract TSelf Coefficient(ref T matrix, nint entry);

    /// <summary>Product lane by lane.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Every lane times a number.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The lanes.</param>
    static abstract TSelf operator *(T left, TSelf right);

    /// <summary>This plus a number times every lane, rounded once.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The lanes.</param>
    TSelf Add(T left, TSelf right);

    /// <summary>This plus a product, rounded once.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    TSelf Add(TSelf left, TSelf right);

    /// <summary>Writes the lanes.</summary>
    /// <param name="target">Start of the array.</param>
    /// <param name="index">First number.</param>
    void Store(ref T target, nint index);

    /// <summary>The sum of the pack's vectors.</summary>
    Vector<T> Fold();
}

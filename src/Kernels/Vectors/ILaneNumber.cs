using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// A number for each lane, alone (<see cref="VectorNumber{T}"/>, <see cref="Vector512Number{T}"/>) or with its derivative in a direction
/// (<see cref="Dual{TNumber, T}"/>): a formula written once gives values with the former and derivatives with the latter.
/// </summary>
/// <typeparam name="TSelf">The number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILaneNumber<TSelf, T>
    where TSelf : struct, ILaneNumber<TSelf, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Number of lanes, a multiple of those of <see cref="Vector{T}"/>.</summary>
    static abstract int Lanes { get; }

    /// <summary>How many copies a vector holds: those of one row, or half as many of two rows side by side, which read the same coefficients.</summary>
    static abstract int Copies { get; }

    /// <summary>Whether there is a derivative, in a separate array.</summary>
    static abstract bool HasDerivative { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator *(T factor, TSelf number);

    /// <summary>The same number for all lanes, which does not change.</summary>
    static abstract TSelf Constant(T value);

    /// <summary>left · right + addend.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>1/√square, and 0 for vectors too short to have a direction.</summary>
    static abstract TSelf InverseLength(TSelf square);

    /// <param name="source">The value.</param>
    /// <param name="derivatives">Distance from values to their derivatives.</param>
    static abstract TSelf Load(T* source, nint derivatives);

    /// <param name="target">Takes the value.</param>
    /// <param name="derivatives">Distance from values to their derivatives.</param>
    void Store(T* target, nint derivatives);

    /// <summary>The coefficients of <see cref="Copies"/>, for each row of a vector.</summary>
    /// <param name="source">The values.</param>
    /// <param name="derivatives">Distance from values to their derivatives.</param>
    static abstract TSelf LoadShared(T* source, nint derivatives);

    /// <summary>Adds the sum over the rows of the vector to the numbers of <see cref="Copies"/>.</summary>
    /// <param name="target">The values.</param>
    /// <param name="derivatives">Distance from values to their derivatives.</param>
    void AddShared(T* target, nint derivatives);
}

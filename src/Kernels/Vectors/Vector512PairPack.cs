using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels;

/// <summary>Two 512-bit vectors: each loaded coefficient serves both.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct Vector512PairPack<T>(Vector512<T> first, Vector512<T> second) : IPack<Vector512PairPack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<T> _first = first;
    private readonly Vector512<T> _second = second;

    /// <inheritdoc/>
    public static nint Count => 2 * Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512PairPack<T> operator *(Vector512PairPack<T> left, Vector512PairPack<T> right) =>
        new(left._first * right._first, left._second * right._second);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512PairPack<T> operator *(T left, Vector512PairPack<T> right)
    {
        var factor = Vector512.Create(left);
        return new(factor * right._first, factor * right._second);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512PairPack<T> Load(ref T source, nint index) =>
        new(Vector512.LoadUnsafe(ref source, (nuint)index), Vector512.LoadUnsafe(ref source, (nuint)(index + Vector512<T>.Count)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512PairPack<T> Coefficient(ref T matrix, nint entry)
    {
        var value = Vector512.Create(Unsafe.Add(ref matrix, entry * Vector<T>.Count));
        return new(value, value);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector512PairPack<T> Add(T left, Vector512PairPack<T> right)
    {
        var factor = Vector512.Create(left);
        return new(VectorMath.MultiplyAdd(factor, right._first, _first), VectorMath.MultiplyAdd(factor, right._second, _second));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector512PairPack<T> Add(Vector512PairPack<T> left, Vector512PairPack<T> right) =>
        new(VectorMath.MultiplyAdd(left._first, right._first, _first), VectorMath.MultiplyAdd(left._second, right._second, _second));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index)
    {
        _first.StoreUnsafe(ref target, (nuint)index);
        _second.StoreUnsafe(ref target, (nuint)(index + Vector512<T>.Count));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => VectorMath.Fold(_first + _second);
}

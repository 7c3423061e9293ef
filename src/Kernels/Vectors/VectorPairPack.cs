using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>Two vectors of copies of an irrep: each loaded coefficient serves both.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct VectorPairPack<T>(Vector<T> first, Vector<T> second) : IPack<VectorPairPack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _first = first;
    private readonly Vector<T> _second = second;

    /// <inheritdoc/>
    public static nint Count => 2 * Vector<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPairPack<T> operator *(VectorPairPack<T> left, VectorPairPack<T> right) =>
        new(left._first * right._first, left._second * right._second);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPairPack<T> operator *(T left, VectorPairPack<T> right)
    {
        var factor = new Vector<T>(left);
        return new(factor * right._first, factor * right._second);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPairPack<T> Load(ref T source, nint index) =>
        new(Vector.LoadUnsafe(ref source, (nuint)index), Vector.LoadUnsafe(ref source, (nuint)(index + Vector<T>.Count)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPairPack<T> Coefficient(ref T matrix, nint entry)
    {
        var value = new Vector<T>(Unsafe.Add(ref matrix, entry * Vector<T>.Count));
        return new(value, value);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public VectorPairPack<T> Add(T left, VectorPairPack<T> right)
    {
        var factor = new Vector<T>(left);
        return new(VectorMath.MultiplyAdd(factor, right._first, _first), VectorMath.MultiplyAdd(factor, right._second, _second));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public VectorPairPack<T> Add(VectorPairPack<T> left, VectorPairPack<T> right) =>
        new(VectorMath.MultiplyAdd(left._first, right._first, _first), VectorMath.MultiplyAdd(left._second, right._second, _second));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index)
    {
        _first.StoreUnsafe(ref target, (nuint)index);
        _second.StoreUnsafe(ref target, (nuint)(index + Vector<T>.Count));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => _first + _second;
}

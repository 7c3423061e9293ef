using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>One vector of copies of an irrep.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct SinglePack<T>(Vector<T> vector) : IPack<SinglePack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _vector = vector;

    /// <inheritdoc/>
    public static nint Count => Vector<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static SinglePack<T> operator *(SinglePack<T> left, SinglePack<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static SinglePack<T> operator *(T left, SinglePack<T> right) => new(new Vector<T>(left) * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static SinglePack<T> Load(ref T source, nint index) => new(Vector.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static SinglePack<T> Coefficient(ref T matrix, nint entry) =>
        new(new Vector<T>(Unsafe.Add(ref matrix, entry * Vector<T>.Count)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public SinglePack<T> Add(T left, SinglePack<T> right) => new(VectorMath.MultiplyAdd(new Vector<T>(left), right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public SinglePack<T> Add(SinglePack<T> left, SinglePack<T> right) => new(VectorMath.MultiplyAdd(left._vector, right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index) => _vector.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => _vector;
}

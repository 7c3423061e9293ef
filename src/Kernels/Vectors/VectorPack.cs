using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>One vector of copies of an irrep.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct VectorPack<T>(Vector<T> vector) : IPack<VectorPack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _vector = vector;

    /// <inheritdoc/>
    public static nint Count => Vector<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPack<T> operator *(VectorPack<T> left, VectorPack<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPack<T> operator *(T left, VectorPack<T> right) => new(new Vector<T>(left) * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPack<T> Load(ref T source, nint index) => new(Vector.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static VectorPack<T> Coefficient(ref T matrix, nint entry) =>
        new(new Vector<T>(Unsafe.Add(ref matrix, entry * Vector<T>.Count)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public VectorPack<T> Add(T left, VectorPack<T> right) => new(VectorMath.MultiplyAdd(new Vector<T>(left), right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public VectorPack<T> Add(VectorPack<T> left, VectorPack<T> right) => new(VectorMath.MultiplyAdd(left._vector, right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index) => _vector.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => _vector;
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels;

/// <summary>
/// One 512-bit vector, for AVX-512: twice as many copies of an irrep as <see cref="Vector{T}"/>, which stays at 256 bits there.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct Vector512Pack<T>(Vector512<T> vector) : IPack<Vector512Pack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<T> _vector = vector;

    /// <inheritdoc/>
    public static nint Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512Pack<T> operator *(Vector512Pack<T> left, Vector512Pack<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512Pack<T> operator *(T left, Vector512Pack<T> right) => new(Vector512.Create(left) * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512Pack<T> Load(ref T source, nint index) => new(Vector512.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Vector512Pack<T> Coefficient(ref T matrix, nint entry) =>
        new(Vector512.Create(Unsafe.Add(ref matrix, entry * Vector<T>.Count)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector512Pack<T> Add(T left, Vector512Pack<T> right) => new(VectorMath.MultiplyAdd(Vector512.Create(left), right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector512Pack<T> Add(Vector512Pack<T> left, Vector512Pack<T> right) => new(VectorMath.MultiplyAdd(left._vector, right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index) => _vector.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => VectorMath.Fold(_vector);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>One vector whose lanes are rows of a batch, each with a coupling matrix of its own: for harmonics, and for irreps with fewer copies than a vector has lanes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct RowPack<T>(Vector<T> vector) : IPack<RowPack<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _vector = vector;

    /// <inheritdoc/>
    public static nint Count => Vector<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static RowPack<T> operator *(RowPack<T> left, RowPack<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static RowPack<T> Load(ref T source, nint index) => new(Vector.LoadUnsafe(ref source, (nuint)index));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static RowPack<T> Coefficient(ref T matrix, nint entry) => Load(ref matrix, entry * Vector<T>.Count);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public RowPack<T> Add(RowPack<T> left, RowPack<T> right) => new(VectorMath.MultiplyAdd(left._vector, right._vector, _vector));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref T target, nint index) => _vector.StoreUnsafe(ref target, (nuint)index);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public Vector<T> Fold() => _vector;
}

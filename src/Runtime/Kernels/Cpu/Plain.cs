using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels.Cpu;

/// <summary>A value for each lane of two vectors: short loops cost less when each step does more.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Plain<T>(Vector<T> first, Vector<T> second) : ILaneNumber<Plain<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _first = first;
    private readonly Vector<T> _second = second;

    public static int Lanes => 2 * Vector<T>.Count;

    public static bool HasDerivative => false;

    [MethodImpl(Inline)]
    public static Plain<T> operator +(Plain<T> left, Plain<T> right) => new(left._first + right._first, left._second + right._second);

    [MethodImpl(Inline)]
    public static Plain<T> operator -(Plain<T> left, Plain<T> right) => new(left._first - right._first, left._second - right._second);

    [MethodImpl(Inline)]
    public static Plain<T> operator *(Plain<T> left, Plain<T> right) => new(left._first * right._first, left._second * right._second);

    [MethodImpl(Inline)]
    public static Plain<T> operator *(Vector<T> factor, Plain<T> number) => new(factor * number._first, factor * number._second);

    [MethodImpl(Inline)]
    public static Plain<T> Constant(Vector<T> value) => new(value, value);

    [MethodImpl(Inline)]
    public static Plain<T> MultiplyAdd(Plain<T> left, Plain<T> right, Plain<T> addend) => new(VectorMath.MultiplyAdd(left._first, right._first, addend._first), VectorMath.MultiplyAdd(left._second, right._second, addend._second));

    [MethodImpl(Inline)]
    public static Plain<T> InverseLength(Plain<T> square) => new(Harmonics.InverseLength(square._first), Harmonics.InverseLength(square._second));

    [MethodImpl(Inline)]
    public static Plain<T> Load(T* source, nint derivatives) => new(Vector.Load(source), Vector.Load(source + Vector<T>.Count));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives)
    {
        _first.Store(target);
        _second.Store(target + Vector<T>.Count);
    }
}

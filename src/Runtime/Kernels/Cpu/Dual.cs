using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels.Cpu;

/// <summary>A value for each lane and its derivative in a direction.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Dual<T>(Vector<T> value, Vector<T> derivative) : ILaneNumber<Dual<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _value = value;
    private readonly Vector<T> _derivative = derivative;

    public static int Lanes => Vector<T>.Count;

    public static bool HasDerivative => true;

    [MethodImpl(Inline)]
    public static Dual<T> operator +(Dual<T> left, Dual<T> right) => new(left._value + right._value, left._derivative + right._derivative);

    [MethodImpl(Inline)]
    public static Dual<T> operator -(Dual<T> left, Dual<T> right) => new(left._value - right._value, left._derivative - right._derivative);

    [MethodImpl(Inline)]
    public static Dual<T> operator *(Dual<T> left, Dual<T> right) =>
        new(left._value * right._value, VectorMath.MultiplyAdd(left._value, right._derivative, left._derivative * right._value));

    [MethodImpl(Inline)]
    public static Dual<T> operator *(Vector<T> factor, Dual<T> number) => new(factor * number._value, factor * number._derivative);

    [MethodImpl(Inline)]
    public static Dual<T> Constant(Vector<T> value) => new(value, Vector<T>.Zero);

    [MethodImpl(Inline)]
    public static Dual<T> MultiplyAdd(Dual<T> left, Dual<T> right, Dual<T> addend) => new(
        VectorMath.MultiplyAdd(left._value, right._value, addend._value),
        VectorMath.MultiplyAdd(left._value, right._derivative, VectorMath.MultiplyAdd(left._derivative, right._value, addend._derivative)));

    /// <summary>The derivative is −square'/2 · square^(−3/2), in an order that does not overflow.</summary>
    [MethodImpl(Inline)]
    public static Dual<T> InverseLength(Dual<T> square)
    {
        var inverse = Harmonics.InverseLength(square._value);
        var half = new Vector<T>(T.CreateChecked(-0.5));
        return new(inverse, inverse * inverse * (inverse * (half * square._derivative)));
    }

    [MethodImpl(Inline)]
    public static Dual<T> Load(T* source, nint derivatives) => new(Vector.Load(source), Vector.Load(source + derivatives));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives)
    {
        _value.Store(target);
        _derivative.Store(target + derivatives);
    }
}

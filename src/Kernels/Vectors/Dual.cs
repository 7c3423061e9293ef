using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>A value for each lane and its derivative in a direction.</summary>
/// <typeparam name="TNumber">Values, and derivatives.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Dual<TNumber, T>(TNumber value, TNumber derivative) : ILaneNumber<Dual<TNumber, T>, T>
    where TNumber : struct, ILaneNumber<TNumber, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly TNumber _value = value;
    private readonly TNumber _derivative = derivative;

    public static int Lanes => TNumber.Lanes;

    public static int Copies => TNumber.Copies;

    public static bool HasDerivative => true;

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> operator +(Dual<TNumber, T> left, Dual<TNumber, T> right) =>
        new(left._value + right._value, left._derivative + right._derivative);

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> operator -(Dual<TNumber, T> left, Dual<TNumber, T> right) =>
        new(left._value - right._value, left._derivative - right._derivative);

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> operator *(Dual<TNumber, T> left, Dual<TNumber, T> right) =>
        new(left._value * right._value, TNumber.MultiplyAdd(left._value, right._derivative, left._derivative * right._value));

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> operator *(T factor, Dual<TNumber, T> number) =>
        new(factor * number._value, factor * number._derivative);

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> Constant(T value) => new(TNumber.Constant(value), default);

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> MultiplyAdd(Dual<TNumber, T> left, Dual<TNumber, T> right, Dual<TNumber, T> addend) => new(
        TNumber.MultiplyAdd(left._value, right._value, addend._value),
        TNumber.MultiplyAdd(left._value, right._derivative, TNumber.MultiplyAdd(left._derivative, right._value, addend._derivative)));

    /// <summary>The derivative is −square'/2 · square^(−3/2), in an order that does not overflow.</summary>
    [MethodImpl(Inline)]
    public static Dual<TNumber, T> InverseLength(Dual<TNumber, T> square)
    {
        var inverse = TNumber.InverseLength(square._value);
        return new(inverse, inverse * inverse * (inverse * (T.CreateChecked(-0.5) * square._derivative)));
    }

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> Load(T* source, nint derivatives) => new(TNumber.Load(source, 0), TNumber.Load(source + derivatives, 0));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives)
    {
        _value.Store(target, 0);
        _derivative.Store(target + derivatives, 0);
    }

    [MethodImpl(Inline)]
    public static Dual<TNumber, T> LoadShared(T* source, nint derivatives) => new(TNumber.LoadShared(source, 0), TNumber.LoadShared(source + derivatives, 0));

    [MethodImpl(Inline)]
    public void AddShared(T* target, nint derivatives)
    {
        _value.AddShared(target, 0);
        _derivative.AddShared(target + derivatives, 0);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>Twice the lanes: short loops cost less when each step does more.</summary>
/// <typeparam name="TNumber">A number for each lane of one half.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Pair<TNumber, T>(TNumber first, TNumber second) : ILaneNumber<Pair<TNumber, T>, T>
    where TNumber : struct, ILaneNumber<TNumber, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly TNumber _first = first;
    private readonly TNumber _second = second;

    public static int Lanes => 2 * TNumber.Lanes;

    public static int Copies => Lanes;

    public static bool HasDerivative => TNumber.HasDerivative;

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> operator +(Pair<TNumber, T> left, Pair<TNumber, T> right) =>
        new(left._first + right._first, left._second + right._second);

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> operator -(Pair<TNumber, T> left, Pair<TNumber, T> right) =>
        new(left._first - right._first, left._second - right._second);

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> operator *(Pair<TNumber, T> left, Pair<TNumber, T> right) =>
        new(left._first * right._first, left._second * right._second);

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> operator *(T factor, Pair<TNumber, T> number) => new(factor * number._first, factor * number._second);

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> Constant(T value) => new(TNumber.Constant(value), TNumber.Constant(value));

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> MultiplyAdd(Pair<TNumber, T> left, Pair<TNumber, T> right, Pair<TNumber, T> addend) =>
        new(TNumber.MultiplyAdd(left._first, right._first, addend._first),
            TNumber.MultiplyAdd(left._second, right._second, addend._second));

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> InverseLength(Pair<TNumber, T> square) =>
        new(TNumber.InverseLength(square._first), TNumber.InverseLength(square._second));

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> Load(T* source, nint derivatives) =>
        new(TNumber.Load(source, derivatives), TNumber.Load(source + TNumber.Lanes, derivatives));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives)
    {
        _first.Store(target, derivatives);
        _second.Store(target + TNumber.Lanes, derivatives);
    }

    [MethodImpl(Inline)]
    public static Pair<TNumber, T> LoadShared(T* source, nint derivatives) => Load(source, derivatives);

    [MethodImpl(Inline)]
    public void AddShared(T* target, nint derivatives) => (Load(target, derivatives) + this).Store(target, derivatives);
}

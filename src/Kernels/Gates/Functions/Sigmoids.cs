using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>xσ, σ + xσ′, 2σ′ + xσ″.</summary>
internal readonly struct Silu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) => FunctionParts.Times(x, Sigmoid<T>.Of(x));
}

/// <summary>σ = 1/(1 + e⁻ˣ), σ′ = σ(1 − σ), σ″ = σ′(1 − 2σ).</summary>
internal readonly struct Sigmoid<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var value = Vector<T>.One / (Vector<T>.One + VectorMath.Exp(-x));
        var first = value * (Vector<T>.One - value);
        return (value, first, first * (Vector<T>.One - (value + value)));
    }
}

/// <summary>t = tanh x, 1 − t², −2t(1 − t²).</summary>
internal readonly struct Tanh<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// Below this a quotient of exponentials loses digits by cancellation in 1 − e; the series has relative errors of 10⁻⁸ and 10⁻¹⁷.
    /// </summary>
    private static double Small => typeof(T) == typeof(float) ? 0.4 : 0.1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var length = Vector.Abs(x);
        var e = VectorMath.Exp(-(length + length));
        var quotient = (Vector<T>.One - e) / (Vector<T>.One + e);
        var large = Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), -quotient, quotient);
        var value = Vector.ConditionalSelect(Vector.LessThan(length, FunctionParts.Number<T>(Small)), Series(x), large);
        var first = Vector<T>.One - (value * value);
        return (value, first, -(value + value) * first);
    }

    /// <summary>x − x³/3 + 2x⁵/15 − …</summary>
    private static Vector<T> Series(Vector<T> x)
    {
        var square = x * x;
        var sum = FunctionParts.Number<T>(21844.0 / 6081075);
        sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(-1382.0 / 155925));
        sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(62.0 / 2835));
        sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(-17.0 / 315));
        sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(2.0 / 15));
        sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(-1.0 / 3));
        return x * VectorMath.MultiplyAdd(sum, square, Vector<T>.One);
    }
}

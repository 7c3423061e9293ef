using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>ln(1 + eˣ), σ, σ′.</summary>
internal readonly struct Softplus<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        // ln(1 + y) with y = e^−|x|: the rounding of u = 1 + y is taken off again, so that small y keep their digits.
        var y = VectorMath.Exp(-Vector.Abs(x));
        var u = Vector<T>.One + y;
        var log = FunctionParts.Log(u) - ((u - Vector<T>.One - y) / u);
        var (value, first, _) = Sigmoid<T>.Of(x);
        return (Relu<T>.Of(x).Value + log, value, first);
    }
}

/// <summary>ln(1 + eˣ) − ln 2.</summary>
internal readonly struct ShiftedSoftplus<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (far, first, second) = Softplus<T>.Of(x);
        // Near zero as −ln(1 − t) with t = tanh(x/2), where the rounding of u = 1 − t is taken off again: small numbers keep their digits.
        var t = Tanh<T>.Of(x * new Vector<T>(T.CreateChecked(0.5))).Value;
        var u = Vector<T>.One - t;
        var near = ((u - Vector<T>.One + t) / u) - FunctionParts.Log(u);
        var isNear = Vector.LessThan(Vector.Abs(x), Vector<T>.One);
        return (Vector.ConditionalSelect(isNear, near, far - new Vector<T>(T.CreateChecked(Math.Log(2)))), first, second);
    }
}

/// <summary>ln σ(x) = −softplus(−x).</summary>
internal readonly struct LogSigmoid<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (value, first, second) = Softplus<T>.Of(-x);
        return (-value, first, -second);
    }
}

/// <summary>x tanh(softplus x) (Misra 2019).</summary>
internal readonly struct Mish<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (s, s1, s2) = Softplus<T>.Of(x);
        var (t, t1, t2) = Tanh<T>.Of(s);
        return FunctionParts.Times(x, (t, t1 * s1, (t2 * s1 * s1) + (t1 * s2)));
    }
}

/// <summary>x/(1 + |x|): with d = 1/(1 + |x|) its derivatives are d² and −2d³ sign x.</summary>
internal readonly struct Softsign<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var d = Vector<T>.One / (Vector<T>.One + Vector.Abs(x));
        var square = d * d;
        return (x * d, square, -(square + square) * d * Abs<T>.Of(x).First);
    }
}

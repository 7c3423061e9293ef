using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>x where it is positive, else 0.</summary>
internal readonly struct Relu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        (Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), Vector<T>.Zero, x), Step(x), Vector<T>.Zero);

    /// <summary>1 for positive numbers, else 0.</summary>
    public static Vector<T> Step(Vector<T> x) =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
}

/// <summary>|x|; its derivative at 0 is 0.</summary>
internal readonly struct Abs<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        (Vector.Abs(x), Relu<T>.Step(x) - Relu<T>.Step(-x), Vector<T>.Zero);
}

/// <summary>x.</summary>
internal readonly struct Identity<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) => (x, Vector<T>.One, Vector<T>.Zero);
}

/// <summary>x where it is positive, else x/100.</summary>
internal readonly struct LeakyRelu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var step = Relu<T>.Step(x);
        var slope = step + ((Vector<T>.One - step) * FunctionParts.Number<T>(0.01));
        return (slope * x, slope, Vector<T>.Zero);
    }
}

/// <summary>x between −1 and 1, beyond these the nearer one.</summary>
internal readonly struct Hardtanh<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        FunctionParts.Clamp(x, -1, 1);
}

/// <summary>x between 0 and 6, beyond these the nearer one.</summary>
internal readonly struct Relu6<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        FunctionParts.Clamp(x, 0, 6);
}

/// <summary>(x + 3)/6 between 0 and 1, beyond these the nearer one.</summary>
internal readonly struct Hardsigmoid<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (value, first, _) = FunctionParts.Clamp(x + FunctionParts.Number<T>(3), 0, 6);
        var sixth = FunctionParts.Number<T>(1.0 / 6);
        return (value * sixth, first * sixth, Vector<T>.Zero);
    }
}

/// <summary>x times the hard sigmoid.</summary>
internal readonly struct Hardswish<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        FunctionParts.Times(x, Hardsigmoid<T>.Of(x));
}

/// <summary>x², 2x, 2.</summary>
internal readonly struct Square<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        (x * x, x + x, FunctionParts.Number<T>(2));
}

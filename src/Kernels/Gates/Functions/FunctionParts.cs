using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>What several functions are made of.</summary>
internal static class FunctionParts
{
    /// <summary>A number in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Number<T>(double value)
        where T : unmanaged, INumber<T> => new(T.CreateTruncating(value));

    /// <summary>x g(x): x g, g + x g′, 2g′ + x g″.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Times<T>(Vector<T> x, (Vector<T> Value, Vector<T> First, Vector<T> Second) g)
        where T : unmanaged, INumber<T> => (x * g.Value, g.Value + (x * g.First), g.First + g.First + (x * g.Second));

    /// <summary>The nearest number between two, with a derivative of 1 inside and 0 at both ends, as torch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Clamp<T>(Vector<T> x, double least, double most)
        where T : unmanaged, INumber<T>
    {
        Vector<T> low = Number<T>(least), high = Number<T>(most);
        var value = Vector.ConditionalSelect(Vector.LessThan(x, low), low, Vector.ConditionalSelect(Vector.GreaterThan(x, high), high, x)); // what is no number stays so
        return (value, Relu<T>.Step(x - low) * Relu<T>.Step(high - x), Vector<T>.Zero);
    }

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector.Log(x.As<T, float>()).As<float, T>() : Vector.Log(x.As<T, double>()).As<double, T>();

    /// <summary>sin x and cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Sin, Vector<T> Cos) SinCos<T>(Vector<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var (sin, cos) = Vector.SinCos(x.As<T, float>());
            return (sin.As<float, T>(), cos.As<float, T>());
        }

        var wide = Vector.SinCos(x.As<T, double>());
        return (wide.Sin.As<double, T>(), wide.Cos.As<double, T>());
    }
}

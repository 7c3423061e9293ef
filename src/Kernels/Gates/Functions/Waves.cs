using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>sin x, cos x, −sin x.</summary>
internal readonly struct Sin<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (sin, cos) = FunctionParts.SinCos(x);
        return (sin, cos, -sin);
    }
}

/// <summary>cos x, −sin x, −cos x.</summary>
internal readonly struct Cos<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var (sin, cos) = FunctionParts.SinCos(x);
        return (cos, -sin, -cos);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>x where it is positive, else eˣ − 1; CELU is the same, since α is 1.</summary>
internal readonly struct Elu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        Of(x, scale: 1, alpha: 1);

    /// <summary>c x, else c α (eˣ − 1).</summary>
    /// <param name="x">The argument.</param>
    /// <param name="scale">c.</param>
    /// <param name="alpha">α.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x, double scale, double alpha)
    {
        // eˣ − 1 = 2t/(1 − t) with t = tanh(x/2), which loses no digits near 0; nothing overflows, since x is negative where it is used.
        var isPositive = Vector.GreaterThan(x, Vector<T>.Zero);
        var t = Tanh<T>.Of(FunctionParts.Number<T>(0.5) * Vector.ConditionalSelect(isPositive, Vector<T>.Zero, x)).Value;
        var (c, bend) = (FunctionParts.Number<T>(scale), FunctionParts.Number<T>(scale * alpha));
        var value = bend * (t + t) / (Vector<T>.One - t);
        var slope = value + bend;
        return (
            Vector.ConditionalSelect(isPositive, c * x, value),
            Vector.ConditionalSelect(isPositive, c, slope),
            Vector.ConditionalSelect(isPositive, Vector<T>.Zero, slope));
    }
}

/// <summary>λx where x is positive, else λα(eˣ − 1): numbers that keep mean 0 and variance 1 (Klambauer et al. 2017).</summary>
internal readonly struct Selu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>α, to the digits that torch has.</summary>
    public const double Alpha = 1.6732632423543772848170429916717;

    /// <summary>λ, to the digits that torch has.</summary>
    public const double Scale = 1.0507009873554804934193349852946;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x) =>
        Elu<T>.Of(x, Scale, Alpha);
}

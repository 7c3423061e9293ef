using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>x Φ(x), where Φ is the distribution of a standard normal number (Hendrycks and Gimpel 2016).</summary>
internal readonly struct Gelu<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        // Beyond ±40 the density is zero in any number type, and x² could overflow.
        var c = FunctionParts.Clamp(x, -40, 40).Value;
        var complement = ErrorFunction<T>.Complement(Vector.Abs(c) * FunctionParts.Number<T>(Math.Sqrt(0.5)), out var exponential) * FunctionParts.Number<T>(0.5);
        var distribution = Vector.ConditionalSelect(Vector.LessThan(c, Vector<T>.Zero), complement, Vector<T>.One - complement);
        var density = exponential * FunctionParts.Number<T>(1 / Math.Sqrt(2 * Math.PI));
        var (_, first, second) = FunctionParts.Times(c, (distribution, density, -c * density));
        return (x * distribution, first, second);
    }
}

/// <summary>x σ(2y) with y = √(2/π) (x + 0.044715 x³): the approximation of x Φ(x) by a tanh, as ½(1 + tanh y) = σ(2y).</summary>
internal readonly struct GeluTanh<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        // Beyond ±15 the sigmoid is 0 or 1 in any number type, and cubes could overflow.
        var c = FunctionParts.Clamp(x, -15, 15).Value;
        var (k, cubic) = (FunctionParts.Number<T>(2 * Math.Sqrt(2 / Math.PI)), FunctionParts.Number<T>(0.044715) * c);
        var (s, s1, s2) = Sigmoid<T>.Of(k * (c + (cubic * c * c)));
        Vector<T> y1 = k * (Vector<T>.One + (FunctionParts.Number<T>(3) * cubic * c)), y2 = k * FunctionParts.Number<T>(6) * cubic;
        return FunctionParts.Times(x, (s, s1 * y1, (s2 * y1 * y1) + (s1 * y2)));
    }
}

/// <summary>erf x = 2/√π ∫₀ˣ e^−t² dt.</summary>
internal readonly struct Erf<T> : IActivation<T>
    where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x)
    {
        var c = FunctionParts.Clamp(x, -28, 28).Value; // beyond, the exponential is zero in any number type
        var length = Vector.Abs(c);
        var far = Vector<T>.One - ErrorFunction<T>.Complement(length, out var exponential);
        far = Vector.ConditionalSelect(Vector.LessThan(c, Vector<T>.Zero), -far, far);
        var first = FunctionParts.Number<T>(2 / Math.Sqrt(Math.PI)) * exponential;
        return (Vector.ConditionalSelect(Vector.LessThan(length, FunctionParts.Number<T>(0.5)), ErrorFunction<T>.Series(c), far), first, -(c + c) * first);
    }
}

/// <summary>The error function by polynomials.</summary>
internal static class ErrorFunction<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// Chebyshev coefficients of e^z² erfc(z)/t in s = 2t − 1, t = 2/(2 + z), which is smooth from z = 0 to infinity: made with 50 digits at 80 nodes.
    /// The last one is below a double's rounding; fourteen do for a float.
    /// </summary>
    private static readonly double[] Coefficients =
    [
        0.5770337386164696886, 0.35543692127049848731, 0.06509515882878652455, 0.0036711423958366391659, -0.0011128447433526324969, -0.00016075829915378079758,
        0.000032780315741731370605, 5.4424416455050160333e-6, -1.5154665553171481622e-6, -1.4297608181169864917e-7, 8.234608827419493433e-8, -1.2962846852306562536e-9,
        -4.1547216310151983042e-9, 6.3470582783628111814e-10, 1.4320822712256223707e-10, -6.1603901052045855418e-11, 2.0612138554721696306e-12, 3.571493148847704445e-12,
        -8.5864228432517964757e-13, -6.145600213790630554e-14, 7.4187257485966170573e-14, -1.2895042755032325615e-14, -2.3587263857106323568e-15, 1.5729349381685911397e-15,
        -2.2782966239546465174e-16, -6.3123304507564298101e-17,
    ];

    /// <summary>(−1)ⁿ 2/(√π n! (2n + 1)): erf x = Σ aₙ x²ⁿ⁺¹, to double precision below ½.</summary>
    private static readonly double[] Powers = [.. Enumerable.Range(0, 13).Select(n =>
        (n % 2 == 0 ? 2 : -2) / (Math.Sqrt(Math.PI) * Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k) * ((2 * n) + 1)))];

    /// <summary>1 − erf z.</summary>
    /// <param name="z">Not negative.</param>
    /// <param name="exponential">e^−z².</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<T> Complement(Vector<T> z, out Vector<T> exponential)
    {
        exponential = VectorMath.Exp(-z * z);
        Vector<T> two = FunctionParts.Number<T>(2), t = two / (two + z), s = (t + t) - Vector<T>.One, twice = s + s;
        Vector<T> sum = Vector<T>.Zero, last = Vector<T>.Zero;
        for (int n = (typeof(T) == typeof(float) ? 14 : Coefficients.Length) - 1; n > 0; n--)
        {
            (sum, last) = (VectorMath.MultiplyAdd(twice, sum, FunctionParts.Number<T>(Coefficients[n]) - last), sum);
        }

        return t * exponential * VectorMath.MultiplyAdd(s, sum, FunctionParts.Number<T>(Coefficients[0]) - last);
    }

    /// <summary>erf x.</summary>
    /// <param name="x">Between −½ and ½.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector<T> Series(Vector<T> x)
    {
        Vector<T> square = x * x, sum = Vector<T>.Zero;
        for (int n = Powers.Length - 1; n >= 0; n--)
        {
            sum = VectorMath.MultiplyAdd(sum, square, FunctionParts.Number<T>(Powers[n]));
        }

        return sum * x;
    }
}

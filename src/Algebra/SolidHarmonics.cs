using System.Collections.Concurrent;
using System.Numerics;
using static E3Gen.Combinatorics;

namespace E3Gen;

/// <summary>
/// The real solid harmonics r^l·Y_lm as exact homogeneous polynomials in x, y, z, in e3nn's order m = −l … l, with y as the polar axis:
/// l = 1 is (x, y, z). Normalised as <c>Normalization.Norm</c>: Σ_m Y_lm² = 1 on the unit sphere; multiply by
/// <see cref="ComponentFactor"/> or <see cref="IntegralFactor"/> for the other two.
/// </summary>
/// <remarks>
/// With ρ^m cos mφ = Re (z + ix)^m and ρ^m sin mφ = Im (z + ix)^m,
/// Y_lm = √((2 − δ_m0)(l−m)!/(l+m)!) · 2^−l Σ_k (−1)^k C(l,k) C(2l−2k,l) (l−2k)!/(l−2k−m)! r^2k y^(l−2k−m) · (Re for m ≥ 0, Im for −m)
/// (Varshalovich, Moskalev, Khersonskii, <i>Quantum Theory of Angular Momentum</i>, 5.1, without the Condon-Shortley sign).
/// </remarks>
public static class SolidHarmonics
{
    /// <summary>The largest supported degree.</summary>
    public const int MaxL = Wigner3j.MaxL;

    private static readonly ConcurrentDictionary<int, Polynomial[]> Cache = new();

    /// <summary>The 2l+1 polynomials of a degree. Computed once, then shared between all callers and threads.</summary>
    /// <param name="l">Degree, 0 … <see cref="MaxL"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A degree out of range.</exception>
    public static IReadOnlyList<Polynomial> Of(int l)
    {
        if (l is < 0 or > MaxL)
            throw new ArgumentOutOfRangeException(nameof(l), l,
                $"Spherical harmonics are available for degrees 0 to {MaxL}, not for l = {l}.");
        return Cache.GetOrAdd(l, degree => [.. Enumerable.Range(-degree, 2 * degree + 1).Select(m => Make(degree, m))]);
    }

    /// <summary>√(2l+1): turns <c>Norm</c> into <c>Component</c> normalisation, Σ_m Y_lm² = 2l+1.</summary>
    /// <param name="l">Degree, 0 or more.</param>
    public static Surd ComponentFactor(int l) => Surd.Sqrt(2 * l + 1);

    /// <summary>√((2l+1)/4π): turns <c>Norm</c> into <c>Integral</c> normalisation, ∫ Y_lm² dΩ = 1.</summary>
    /// <param name="l">Degree, 0 or more.</param>
    public static double IntegralFactor(int l) => Math.Sqrt((2 * l + 1) / (4 * Math.PI));

    private static Polynomial Make(int l, int m)
    {
        int size = Math.Abs(m);
        var sum = new Dictionary<(int X, int Y, int Z), BigInteger>();
        for (int k = 0; 2 * k <= l - size; k++)
        {
            BigInteger legendre = Binomial(l, k) * Binomial(2 * l - 2 * k, l) * Factorial(l - 2 * k) / Factorial(l - 2 * k - size);
            if (k % 2 == 1)
                legendre = -legendre;
            // (z + ix)^m: i^p belongs to the real part for even p, to the imaginary part for odd p.
            for (int p = m < 0 ? 1 : 0; p <= size; p += 2)
            {
                BigInteger angular = Binomial(size, p) * (p % 4 < 2 ? 1 : -1);
                // r^2k = Σ k!/(a! b! c!) x^2a y^2b z^2c over a + b + c = k
                for (int a = 0; a <= k; a++)
                {
                    for (int b = 0; a + b <= k; b++)
                    {
                        BigInteger radial = Binomial(k, a) * Binomial(k - a, b);
                        var powers = (p + 2 * a, l - 2 * k - size + 2 * b, size - p + 2 * (k - a - b));
                        sum.TryGetValue(powers, out BigInteger before);
                        sum[powers] = before + legendre * angular * radial;
                    }
                }
            }
        }
        Surd norm = Surd.Sqrt((m == 0 ? 1 : 2) * Factorial(l - size), Factorial(l + size));
        return new Polynomial(norm / Surd.Rational(BigInteger.One << l, 1), sum);
    }
}

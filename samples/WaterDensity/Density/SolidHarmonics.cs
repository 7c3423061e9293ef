using System.Numerics;

namespace WaterDensity.Density;

/// <summary>
/// Real solid harmonics Y_lm(d) = |d|^l Y_lm(d/|d|) up to l = 4 in e3nn's order and sign: l = 1 is (x, y, z), y is the polar axis, and Σ_m
/// Y_lm(unit)² = 1 (e3nn's <c>normalization="norm"</c>, <c>normalize=False</c>). Written for a whole SIMD vector of points.
/// </summary>
internal static class SolidHarmonics
{
    public const int MaxDegree = 4;

    /// <summary>(4 + 1)² functions; degree l starts at l².</summary>
    public const int Count = (MaxDegree + 1) * (MaxDegree + 1);

    private static readonly double Sqrt3 = Math.Sqrt(3), Sqrt3Over8 = Math.Sqrt(3.0 / 8), Sqrt5 = Math.Sqrt(5),
        Sqrt5Over8 = Math.Sqrt(5.0 / 8);
    private static readonly double Sqrt10 = Math.Sqrt(10), Sqrt15 = Math.Sqrt(15), Sqrt35 = Math.Sqrt(35), Sqrt70 = Math.Sqrt(70);

    /// <summary>
    /// Writes the 25 harmonics of the displacement (x, y, z) to <paramref name="result"/>, degree after degree, m ascending.
    /// </summary>
    public static void Evaluate(Vector<double> x, Vector<double> y, Vector<double> z, Span<Vector<double>> result)
    {
        Vector<double> xx = x * x, yy = y * y, zz = z * z, rr = xx + yy + zz;
        Vector<double> xz = x * z, difference = zz - xx;                       // r² sin²θ · (sin 2φ)/2 and · cos 2φ

        result[0] = Vector<double>.One;

        result[1] = x;
        result[2] = y;
        result[3] = z;

        result[4] = Sqrt3 * xz;
        result[5] = Sqrt3 * (x * y);
        result[6] = 0.5 * (3 * yy - rr);
        result[7] = Sqrt3 * (y * z);
        result[8] = 0.5 * Sqrt3 * difference;

        result[9] = Sqrt5Over8 * (x * (3 * zz - xx));
        result[10] = Sqrt15 * (xz * y);
        result[11] = Sqrt3Over8 * (x * (5 * yy - rr));
        result[12] = 0.5 * (y * (5 * yy - 3 * rr));
        result[13] = Sqrt3Over8 * (z * (5 * yy - rr));
        result[14] = 0.5 * Sqrt15 * (y * difference);
        result[15] = Sqrt5Over8 * (z * (zz - 3 * xx));

        result[16] = 0.5 * Sqrt35 * (xz * difference);
        result[17] = 0.25 * Sqrt70 * (x * y * (3 * zz - xx));
        result[18] = 0.5 * Sqrt5 * (xz * (7 * yy - rr));
        result[19] = 0.25 * Sqrt10 * (x * y * (7 * yy - 3 * rr));
        result[20] = 0.125 * (yy * (35 * yy - 30 * rr) + 3 * rr * rr);
        result[21] = 0.25 * Sqrt10 * (y * z * (7 * yy - 3 * rr));
        result[22] = 0.25 * Sqrt5 * (difference * (7 * yy - rr));
        result[23] = 0.25 * Sqrt70 * (y * z * (zz - 3 * xx));
        result[24] = 0.125 * Sqrt35 * (difference * difference - 4 * xz * xz);
    }
}

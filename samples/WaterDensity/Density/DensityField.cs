using System.Numerics;
using System.Runtime.CompilerServices;

namespace WaterDensity.Density;

/// <summary>The density ρ(r) = Σ_A Σ_k c[A,k] φ_k(r − R_A) of one set of coefficients, in electrons per bohr³.</summary>
/// <param name="species">0 or 1 for each atom.</param>
/// <param name="positions">x, y, z of every atom, bohr.</param>
/// <param name="coefficients">[atom, 70].</param>
internal sealed class DensityField(AuxiliaryBasis basis, int[] species, double[] positions, double[] coefficients)
{
    public const int Degrees = SolidHarmonics.MaxDegree + 1;

    /// <summary>A Gaussian is left out where it is e^−36 ≈ 2·10⁻¹⁶ or less.</summary>
    private const double LargestExponent = 36;

    private readonly AtomBoxes _boxes = new(positions, Math.Sqrt(LargestExponent / species.Distinct().SelectMany(z => basis.Shells(z).ToArray()).Min(s => s.Exponent)));

    /// <summary>
    /// The density at every point; best if they lie close together, since Gaussians out of reach of all of them are skipped.
    /// </summary>
    public double[] Evaluate(PointSet points)
    {
        double[][] parts = EvaluateByDegree(points);
        double[] density = parts[0];
        for (int l = 1; l < Degrees; l++)
        {
            for (int i = 0; i < points.Count; i++)
                density[i] += parts[l][i];
        }
        return density;
    }

    /// <summary><c>[l][point]</c>: the part of the density that the functions of degree l make up (padded as the points are).</summary>
    public double[][] EvaluateByDegree(PointSet points)
    {
        var parts = new double[Degrees][];
        for (int l = 0; l < Degrees; l++)
            parts[l] = new double[points.PaddedCount];
        if (points.Count == 0)
            return parts;
        ((double lowX, double highX), (double lowY, double highY), (double lowZ, double highZ))
            = (Span(points.X, points.Count), Span(points.Y, points.Count), Span(points.Z, points.Count));
        var reaching = new List<Shell>();
        foreach (int atom in _boxes.Near([lowX, lowY, lowZ], [highX, highY, highZ]))
        {
            ReadOnlySpan<double> centre = positions.AsSpan(3 * atom, 3);
            double gap2 = Gap2(lowX, highX, centre[0]) + Gap2(lowY, highY, centre[1]) + Gap2(lowZ, highZ, centre[2]);
            reaching.Clear();
            foreach (Shell shell in basis.Shells(species[atom]))
            {
                if (shell.Exponent * gap2 < LargestExponent)
                    reaching.Add(shell);
            }
            if (reaching.Count > 0)
                AddAtom(points, centre, coefficients.AsSpan(AuxiliaryBasis.Columns * atom, AuxiliaryBasis.Columns), reaching, parts);
        }
        return parts;
    }

    private static void AddAtom(PointSet points, ReadOnlySpan<double> centre, ReadOnlySpan<double> c, List<Shell> shells, double[][] parts)
    {
        Span<Vector<double>> harmonics = stackalloc Vector<double>[SolidHarmonics.Count];
        for (int i = 0; i < points.Count; i += Vector<double>.Count)
        {
            Vector<double> dx = new Vector<double>(points.X, i) - new Vector<double>(centre[0]);
            Vector<double> dy = new Vector<double>(points.Y, i) - new Vector<double>(centre[1]);
            Vector<double> dz = new Vector<double>(points.Z, i) - new Vector<double>(centre[2]);
            Vector<double> minusR2 = -(dx * dx + dy * dy + dz * dz);
            SolidHarmonics.Evaluate(dx, dy, dz, harmonics);
            foreach (Shell shell in shells)
            {
                Vector<double> angular = default;
                int first = shell.Degree * shell.Degree;
                for (int m = 0; m < shell.Size; m++)
                    angular += c[shell.Column + m] * harmonics[first + m];
                ref Vector<double> sum = ref Unsafe.As<double, Vector<double>>(ref parts[shell.Degree][i]);
                sum += shell.Norm * (Vector.Exp(shell.Exponent * minusR2) * angular);
            }
        }
    }

    private static (double Low, double High) Span(double[] coordinates, int count)
    {
        double low = double.MaxValue, high = double.MinValue;
        for (int i = 0; i < count; i++)
        {
            low = Math.Min(low, coordinates[i]);
            high = Math.Max(high, coordinates[i]);
        }
        return (low, high);
    }

    /// <summary>Squared distance along one axis from a coordinate to an interval.</summary>
    private static double Gap2(double low, double high, double centre)
    {
        double gap = Math.Max(0, Math.Max(low - centre, centre - high));
        return gap * gap;
    }
}

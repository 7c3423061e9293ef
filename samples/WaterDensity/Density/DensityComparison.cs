using System.Collections.Concurrent;

namespace WaterDensity.Density;

/// <summary>How far a density is from a reference density, by sums over a grid.</summary>
/// <param name="Difference">∫|ρ − ρ_ref|, electrons.</param>
/// <param name="DifferenceByDegree">∫|ρ_l − ρ_ref,l|, electrons, for the parts that the functions of each degree l make up.</param>
/// <param name="Reference">∫ρ_ref, electrons.</param>
internal sealed record DensityComparison(double Difference, double[] DifferenceByDegree, double Reference)
{
    /// <summary>ε_ρ = Σ|ρ − ρ_ref| / Σρ_ref.</summary>
    public double Error => Difference / Reference;

    /// <summary>ε_l = Σ|ρ_l − ρ_ref,l| / Σρ_ref.</summary>
    public double ErrorOf(int degree) => DifferenceByDegree[degree] / Reference;

    public static DensityComparison operator +(DensityComparison a, DensityComparison b)
        => new(a.Difference + b.Difference, [.. a.DifferenceByDegree.Zip(b.DifferenceByDegree, (p, q) => p + q)],
            a.Reference + b.Reference);

    /// <summary>Compares two sets of coefficients of one molecule.</summary>
    public static DensityComparison Compare(
        AuxiliaryBasis basis, int[] species, double[] positions, double[] coefficients, double[] reference, UniformGrid grid)
    {
        var referenceField = new DensityField(basis, species, positions, reference);
        var differenceField = new DensityField(basis, species, positions, [.. coefficients.Zip(reference, (c, r) => c - r)]);
        var bricks = new ConcurrentBag<(int First, DensityComparison Sums)>();
        grid.ForEachBrick((points, indices) => bricks.Add((indices[0], Sum(points, differenceField.EvaluateByDegree(points), referenceField.Evaluate(points)))));
        // In the order of the grid, whichever was ready first: the last digits are the same every time.
        return bricks.OrderBy(b => b.First).Select(b => b.Sums).Aggregate((a, b) => a + b);
    }

    private static DensityComparison Sum(PointSet points, double[][] parts, double[] reference)
    {
        double difference = 0, total = 0;
        var byDegree = new double[DensityField.Degrees];
        for (int i = 0; i < points.Count; i++)
        {
            double sum = 0;
            for (int l = 0; l < byDegree.Length; l++)
            {
                sum += parts[l][i];
                byDegree[l] += points.Weight[i] * Math.Abs(parts[l][i]);
            }
            difference += points.Weight[i] * Math.Abs(sum);
            total += points.Weight[i] * reference[i];
        }
        return new DensityComparison(difference, byDegree, total);
    }
}

namespace E3Gen.Potentials;

/// <summary>The largest of differences; one that is not a number is the largest of all.</summary>
internal static class Largest
{
    public static double Difference(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double largest = 0;
        for (int i = 0; i < a.Count; i++) largest = Of(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    public static double Of(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b);
}

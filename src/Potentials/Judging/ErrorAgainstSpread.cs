using System.Globalization;
using System.Text;

namespace E3Gen.Potentials;

/// <summary>Whether a committee knows where it is wrong: errors beside spreads.</summary>
public sealed class ErrorAgainstSpread
{
    /// <summary>Pairs of spread and error.</summary>
    /// <param name="spreads">Standard deviations of a committee, of atoms or structures.</param>
    /// <param name="errors">Absolute errors of its mean for the same.</param>
    /// <exception cref="ArgumentException">Their numbers differ, or there are none.</exception>
    public ErrorAgainstSpread(IReadOnlyList<double> spreads, IReadOnlyList<double> errors)
    {
        ArgumentNullException.ThrowIfNull(spreads);
        ArgumentNullException.ThrowIfNull(errors);
        if (spreads.Count != errors.Count || spreads.Count == 0)
            throw new ArgumentException($"There are {spreads.Count} spreads and {errors.Count} errors; expected as many of each, at least one.", nameof(errors));
        (Spreads, Errors) = (spreads, errors);
    }

    /// <summary>Standard deviations.</summary>
    public IReadOnlyList<double> Spreads { get; }

    /// <summary>Absolute errors.</summary>
    public IReadOnlyList<double> Errors { get; }

    /// <summary>
    /// Spearman's rank correlation: 1 where a larger spread always means a larger error, 0 where it says nothing. Equal values share the mean of their ranks; 0 if all are equal.
    /// </summary>
    /// <returns>−1 … 1; NaN if a spread or an error is NaN.</returns>
    public double RankCorrelation()
    {
        if (Spreads.Concat(Errors).Any(double.IsNaN)) return double.NaN;
        double[] a = Ranks(Spreads), b = Ranks(Errors);
        double mean = (a.Length - 1) / 2.0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            (double x, double y) = (a[i] - mean, b[i] - mean);
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    /// <summary>Groups of equal size by rising spread.</summary>
    /// <param name="groups">How many; fewer where there are fewer pairs.</param>
    /// <returns>For each group the number of pairs, the root mean square of its spreads, and that of its errors.</returns>
    public IReadOnlyList<(int Count, double Spread, double Error)> Quantiles(int groups = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        int count = Spreads.Count, used = Math.Min(groups, count);
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => Spreads[i])];
        double Root(IReadOnlyList<double> of, int[] members) => Math.Sqrt(members.Average(i => of[i] * of[i]));
        return [.. Enumerable.Range(0, used)
            .Select(g => order[(int)((long)g * count / used)..(int)((long)(g + 1) * count / used)])
            .Select(m => (m.Length, Root(Spreads, m), Root(Errors, m)))];
    }

    /// <summary>The groups as a table, and the rank correlation.</summary>
    /// <returns>Lines of plain text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder("   count  rms spread   rms error\n");
        foreach ((int count, double spread, double error) in Quantiles()) text.Append(CultureInfo.InvariantCulture, $"{count,8}  {spread,10:0.0000}  {error,10:0.0000}\n");
        return text.Append(CultureInfo.InvariantCulture, $"rank correlation of spread and error (Spearman): {RankCorrelation():0.00}").ToString();
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]]) end++;
            for (int i = first; i < end; i++) ranks[order[i]] = (first + end - 1) / 2.0;
        }

        return ranks;
    }
}

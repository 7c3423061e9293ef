using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace HierarchicalLearning.Report;

/// <summary>A mean over repetitions (seeds), which are what is independent here, and an interval around it.</summary>
/// <param name="Low">NaN with one repetition.</param>
internal sealed record Estimate(double Mean, double Low, double High, int Repetitions)
{
    /// <summary>The 95 % confidence interval of the mean, from Student's t.</summary>
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] v = [.. values];
        if (v.Length < 2)
            return new Estimate(v.Length == 0 ? double.NaN : v[0], double.NaN, double.NaN, v.Length);
        double mean = v.Mean(), half = StudentT.InvCDF(0, 1, v.Length - 1, 0.975) * v.StandardDeviation() / Math.Sqrt(v.Length);
        return new Estimate(mean, mean - half, mean + half, v.Length);
    }

    /// <summary>Of positive numbers that spread by factors: mean and interval of their logarithms, taken back.</summary>
    public static Estimate OfLogarithms(IEnumerable<double> values)
    {
        Estimate log = Of(values.Select(v => Math.Log(v)));
        return new Estimate(Math.Exp(log.Mean), Math.Exp(log.Low), Math.Exp(log.High), log.Repetitions);
    }

    /// <summary>The geometric mean, and the whole range of the repetitions.</summary>
    public static Estimate RangeOf(IEnumerable<double> values)
    {
        double[] v = [.. values];
        return new Estimate(Math.Exp(v.Select(x => Math.Log(x)).Average()), v.Min(), v.Max(), v.Length);
    }
}

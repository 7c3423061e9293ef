using System.Globalization;
using WaterDensity.Density;

namespace WaterDensity.Learning;

/// <summary>The mean of the losses since the last row of the learning curve.</summary>
internal sealed class LossMean
{
    /// <summary>How many; then the sums of the whole loss and of its part of each degree.</summary>
    private double[] _sums = new double[2 + DensityField.Degrees];

    public void Add(LossValues values)
    {
        _sums[0]++;
        _sums[1] += values.Density;
        for (int l = 0; l < DensityField.Degrees; l++)
            _sums[2 + l] += values.ByDegree[l];
    }

    /// <summary>The mean; what comes after it begins anew.</summary>
    public LossValues Take()
    {
        double[] means = [.. _sums.Skip(1).Select(s => s / _sums[0])];
        Array.Clear(_sums);
        return new LossValues(means[0], means[1..]);
    }

    /// <summary>All digits, so that a resumed training finds the same mean.</summary>
    public string ToText() => string.Join(",", _sums.Select(s => s.ToString("R", CultureInfo.InvariantCulture)));

    public static LossMean FromText(string text)
    {
        double[] sums = [.. text.Split(',').Select(s => double.Parse(s, CultureInfo.InvariantCulture))];
        return sums.Length == 2 + DensityField.Degrees
            ? new LossMean { _sums = sums }
            : throw new FormatException($"'{text}' has {sums.Length} fields instead of {2 + DensityField.Degrees}.");
    }
}

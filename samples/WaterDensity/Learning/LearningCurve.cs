using System.Globalization;
using System.Text;
using E3Gen;
using WaterDensity.Density;

namespace WaterDensity.Learning;

/// <summary>One row of the learning curve. Losses are relative to the prediction of mean atoms; see <see cref="Losses"/>.</summary>
/// <param name="Train">Mean over the steps since the row before.</param>
/// <param name="Validation">Of the averaged weights on the validation set.</param>
/// <param name="DensityError">ε_ρ of the averaged weights on the largest systems of the validation set (tetramers).</param>
internal sealed record LearningCurvePoint(
    long Step, double Seconds, double Rate, LossValues Train, LossValues Validation, double DensityError);

/// <summary><see cref="Losses"/> as numbers.</summary>
internal sealed record LossValues(double Density, double[] ByDegree)
{
    public static LossValues From(Losses losses)
        => new(losses.Density.item<float>(), [.. losses.ByDegree.data<float>().Select(v => (double)v)]);
}

/// <summary>The learning curve: kept in the checkpoint, which it continues from, and written beside it as a CSV file.</summary>
internal sealed class LearningCurve
{
    private readonly List<LearningCurvePoint> _points = [];

    public IReadOnlyList<LearningCurvePoint> Points => _points;

    public void Add(LearningCurvePoint point) => _points.Add(point);

    public void Save(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToCsv())));

    public string ToCsv()
    {
        IEnumerable<string> degrees = Enumerable.Range(0, DensityField.Degrees).Select(l => $"l{l}");
        string[] columns = ["step", "seconds", "rate", .. degrees.Select(l => $"train_{l}").Prepend("train"),
            .. degrees.Select(l => $"validation_{l}").Prepend("validation"), "density_error"];
        return string.Concat(_points.Select(Row).Prepend(string.Join(",", columns)).Select(line => line + "\n"));
    }

    /// <summary>Reads what <see cref="ToCsv"/> wrote.</summary>
    public static LearningCurve FromCsv(string text)
    {
        var curve = new LearningCurve();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            double[] v = [.. line.Split(',').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
            const int N = DensityField.Degrees;
            if (v.Length != 6 + 2 * N)
                throw new FormatException($"A row of the learning curve has {v.Length} fields instead of {6 + 2 * N}: '{line}'.");
            var train = new LossValues(v[3], v[4..(4 + N)]);
            var validation = new LossValues(v[4 + N], v[(5 + N)..(5 + 2 * N)]);
            curve.Add(new LearningCurvePoint((long)v[0], v[1], v[2], train, validation, v[5 + 2 * N]));
        }
        return curve;
    }

    private static string Row(LearningCurvePoint p)
    {
        double[] values = [p.Step, p.Seconds, p.Rate, p.Train.Density, .. p.Train.ByDegree, p.Validation.Density, .. p.Validation.ByDegree,
            p.DensityError];
        return string.Join(",", values.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)));
    }
}

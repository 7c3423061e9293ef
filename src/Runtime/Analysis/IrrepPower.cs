using System.Globalization;
using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>Power of one segment of features.</summary>
/// <param name="Index">Position of the segment among the irreps.</param>
/// <param name="Entry">The segment: copies and irrep.</param>
/// <param name="Power">P = 1/(B·u) Σ_b Σ_u Σ_m x[b,u,m]²: the mean of |x|² over B rows and u copies.</param>
/// <param name="Copies">The mean of |x[u]|² over rows, copy by copy; their mean is P.</param>
/// <param name="Gain">P/(2l+1) relative to the mean square of the input; null where no input was named.</param>
public sealed record SegmentPower(int Index, MulIrrep Entry, double Power, IReadOnlyList<double> Copies, double? Gain)
{
    /// <summary>P/(2l+1), the mean square of a component: near 1 for features in component normalisation.</summary>
    public double PowerPerComponent => Power / Entry.Irrep.Dim;
}

/// <summary>Power of all features of one degree.</summary>
/// <param name="L">The degree.</param>
/// <param name="Channels">Copies of all its irreps.</param>
/// <param name="Power">The mean of |x|² over rows and all these copies.</param>
/// <param name="Gain">P/(2l+1) relative to the mean square of the input; null where no input was named.</param>
public sealed record DegreePower(int L, long Channels, double Power, double? Gain)
{
    /// <summary>P/(2l+1), the mean square of a component.</summary>
    public double PowerPerComponent => Power / ((2 * L) + 1);
}

/// <summary>Mean square of the weights of a path.</summary>
/// <param name="Path">The path.</param>
/// <param name="MeanSquare">1/(B·n) Σ w² over B rows (1 for a module's own weights) and n weights.</param>
public sealed record PathPower(WeightedPath Path, double MeanSquare);

/// <summary>
/// The power of each irrep's features. All measures are invariant under rotations and inversion, accumulate in float64, accept
/// any floating-point type and device, and return NaN if the input contains a NaN or has no rows.
/// Segments without copies are omitted.
/// </summary>
public static class IrrepPower
{
    /// <summary>The power of each segment of features.</summary>
    /// <param name="features">[..., irreps]: leading axes are rows.</param>
    /// <param name="irreps">What the last axis carries.</param>
    /// <param name="layout">
    /// Order of the columns of a segment; it affects only <see cref="SegmentPower.Copies"/>,
    /// since the power of a segment sums over all of its columns.
    /// </param>
    /// <param name="input">The input that the features were computed from; the gain divides by the mean square of its elements.</param>
    /// <exception cref="ArgumentException">
    /// The last axis does not carry the irreps, the tensor is no floating-point one, or the layout is none.
    /// </exception>
    public static IReadOnlyList<SegmentPower> Of(Tensor features, Irreps irreps, Layout layout = Layout.MulIr, Tensor? input = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(irreps);
        IrrepsLayout.CheckDefined(layout, nameof(layout));
        Operations.Check.Features(features, irreps.Dim, irreps.ToString(), "IrrepPower.Of, argument 'features'");
        using var sum = new SquareSum();
        sum.Add(features);
        return Segments(sum.Read(), sum.Rows, irreps, layout, input is null ? null : MeanSquare(input));
    }

    /// <summary>The mean square of all elements; NaN without any.</summary>
    /// <param name="x">Any floating-point tensor.</param>
    public static double MeanSquare(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        using var sum = new SquareSum();
        sum.Add(x.dim() == 0 ? x.reshape(1) : x);
        return sum.MeanSquare();
    }

    /// <summary>Segments of equal irreps combined: means over all of their copies, in order of first occurrence.</summary>
    /// <param name="segments">Powers of segments.</param>
    public static IReadOnlyList<SegmentPower> ByIrrep(IEnumerable<SegmentPower> segments) =>
    [
        .. segments.GroupBy(s => s.Entry.Irrep).Select((group, index) => new SegmentPower(
            index, new MulIrrep(group.Sum(s => s.Entry.Multiplicity), group.Key), Mean(group, s => s.Power),
            [.. group.SelectMany(s => s.Copies)], Gain(group))),
    ];

    /// <summary>Segments of equal degree and any parity combined: means over all of their copies, in ascending order of degree.</summary>
    /// <param name="segments">Powers of segments.</param>
    public static IReadOnlyList<DegreePower> ByDegree(IEnumerable<SegmentPower> segments) =>
    [
        .. segments.GroupBy(s => s.Entry.Irrep.L).OrderBy(g => g.Key).Select(group =>
            new DegreePower(group.Key, group.Sum(s => (long)s.Entry.Multiplicity), Mean(group, s => s.Power), Gain(group))),
    ];

    /// <summary>The mean square of the weights of each path, or of their gradient.</summary>
    /// <param name="weights">
    /// [..., weights] in the order of the paths: a module's own (<see cref="RecordableOperation.Weights"/>), or those that the operation is
    /// passed, whose leading axes are rows.
    /// </param>
    /// <param name="operation">The operation.</param>
    /// <exception cref="ArgumentException">The last axis does not hold the operation's weights.</exception>
    public static IReadOnlyList<PathPower> OfWeights(Tensor weights, RecordableOperation operation)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(operation);
        string what = string.Create(CultureInfo.InvariantCulture, $"weights of {operation.Paths.Count} paths");
        Operations.Check.Features(weights, operation.Paths.Sum(p => p.Count), what, $"IrrepPower.OfWeights, {operation.Name}");
        using var sum = new SquareSum();
        sum.Add(weights);
        return Paths(sum.Read(), sum.Rows, operation.Paths);
    }

    internal static IReadOnlyList<SegmentPower> Segments(double[] squares, long rows, Irreps irreps, Layout layout, double? inputPower)
    {
        var segments = new List<SegmentPower>();
        for (int i = 0; i < irreps.Count; i++)
        {
            var entry = irreps[i];
            if (entry.Multiplicity == 0)
            {
                continue;
            }

            var columns = squares.AsSpan(irreps.Slices[i].Offset, irreps.Slices[i].Length);
            var copies = new double[entry.Multiplicity];
            for (int c = 0; c < columns.Length; c++)
            {
                copies[layout == Layout.IrMul ? c % entry.Multiplicity : c / entry.Irrep.Dim] += columns[c] / rows;
            }

            double power = copies.Sum() / entry.Multiplicity;
            segments.Add(new SegmentPower(i, entry, power, copies, power / entry.Irrep.Dim / inputPower));
        }

        return segments;
    }

    internal static IReadOnlyList<PathPower> Paths(double[] squares, long rows, IReadOnlyList<WeightedPath> paths) =>
        [.. paths.Select(p => new PathPower(p, Sum(squares.AsSpan(p.Offset, p.Count)) / ((double)rows * p.Count)))];

    private static double Sum(ReadOnlySpan<double> terms)
    {
        double sum = 0;
        foreach (double term in terms)
        {
            sum += term;
        }

        return sum;
    }

    private static double Mean(IEnumerable<SegmentPower> segments, Func<SegmentPower, double> value) =>
        segments.Sum(s => s.Entry.Multiplicity * value(s)) / segments.Sum(s => (double)s.Entry.Multiplicity);

    private static double? Gain(IEnumerable<SegmentPower> segments) =>
        segments.All(s => s.Gain is not null) ? Mean(segments, s => s.Gain!.Value) : null;
}

using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>Where a segment lies in a row: component i of copy u is column <c>First + u · CopyStep + i · ComponentStep</c>.</summary>
/// <param name="First">The first column.</param>
/// <param name="Copies">Copies u.</param>
/// <param name="Components">Components i.</param>
/// <param name="CopyStep">Columns from a copy to the next.</param>
/// <param name="ComponentStep">Columns from a component to the next.</param>
internal readonly record struct SegmentPlace(int First, int Copies, int Components, int CopyStep, int ComponentStep)
{
    /// <summary>The places of the segments of a row.</summary>
    /// <param name="segments">Copies and degree of each.</param>
    /// <param name="layout">Order of the columns.</param>
    /// <param name="runs">In ir_mul, how many segments in a row have all their copies side by side; none for one each.</param>
    public static SegmentPlace[] Of(IReadOnlyList<(int Copies, int L)> segments, Layout layout, IReadOnlyList<int> runs)
    {
        var places = new List<SegmentPlace>();
        int column = 0;
        foreach (int run in runs.Count > 0 ? runs : [.. segments.Select(_ => 1)])
        {
            int first = places.Count, together = segments.Skip(first).Take(run).Sum(s => s.Copies), before = 0;
            for (int s = first; s < first + run; s++)
            {
                var (copies, l) = segments[s];
                int components = (2 * l) + 1;
                places.Add(layout == Layout.IrMul
                    ? new SegmentPlace(column + before, copies, components, 1, together)
                    : new SegmentPlace(column + (before * components), copies, components, components, 1));
                before += copies;
            }

            column += together * ((2 * segments[first].L) + 1);
        }

        return [.. places];
    }

    /// <summary>An address of copy u: "x + 64 + u * 3".</summary>
    /// <param name="row">The pointer to the row.</param>
    public string Address(string row) => $"{row} + {First} + {(CopyStep == 1 ? "u" : $"u * {CopyStep}")}";
}

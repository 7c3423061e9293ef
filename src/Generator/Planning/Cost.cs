using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>Floating-point operations of a polynomial per row, counting a multiply-add as two and only non-zero coefficients.</summary>
internal static class Cost
{
    public static long Linear(SegmentedPolynomial map) =>
        map.Paths.Sum(p => 2L * map.InputSegment(p.Factors[1]).Length * map.OutputSegment(p.Result).Components);

    public static long Bilinear(SegmentedPolynomial product) => ProductPath.Of(product).Sum(path =>
    {
        int u = path.XSegment.Multiplicity, v = path.YSegment.Multiplicity;
        long pairs = path.Path.Pairs == Pairs.Ascending ? Connection.PairCount(u) : path.X.Indices == path.Y.Indices ? u : (long)u * v;
        long weighted = path.WSegment is { } w ? 2L * w.Length * path.ZSegment.Components : 0;
        return (2 * path.Path.Coefficients.Entries.Count * pairs) + weighted;
    });
}

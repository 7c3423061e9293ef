using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Lowering;

/// <summary>
/// A product whose rows share weights that mix all copies (mode uvw) as two steps that CPU kernels have: couple each copy of y by itself, with the copies of x side by side, and mix what
/// comes out linearly, <c>out[k,w] = Σ_v Σ_u W[u,v,w] z_v[k,u]</c>.
/// </summary>
/// <param name="Terms">The segments z_v of all paths: the path, y's column, the first of the weights and how many there are from copy u to the next.</param>
/// <param name="Segments">Copies and degree of each.</param>
internal sealed record FullyConnected(IReadOnlyList<(ProductPath Path, int Column, int Weight, int WeightStep)> Terms, IReadOnlyList<(int Copies, int L)> Segments) : KernelProgram("FullyConnected")
{
    /// <summary>Beyond so many copies of y the segments are more than what contracting all copies at once needs.</summary>
    private const int MostCopies = 8;

    /// <summary>The steps; null for products that are not of this kind.</summary>
    public static FullyConnected? Recognise(SegmentedPolynomial product, WeightKind weights)
    {
        if (product.Paths.Count == 0 || weights == WeightKind.PerSample)
        {
            return null;
        }

        var terms = new List<(ProductPath, int, int, int)>();
        var segments = new List<(int, int)>();
        foreach (var path in ProductPath.Of(product))
        {
            var (x, y, z) = (path.XSegment, path.YSegment, path.ZSegment);
            if (path.W is not { Indices: "uvw" } || path.Path.Pairs != Pairs.All || y.Multiplicity > MostCopies)
            {
                return null;
            }

            for (int v = 0; v < y.Multiplicity && x.Multiplicity > 0 && z.Multiplicity > 0; v++)
            {
                terms.Add((path, y.Offset + (v * y.Components), path.WSegment!.Offset + (v * z.Multiplicity), y.Multiplicity * z.Multiplicity));
                segments.Add((x.Multiplicity, z.Irrep!.Value.L));
            }
        }

        return terms.Count == 0 ? null : new FullyConnected(terms, segments);
    }
}

using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>A path of a tensor product by the roles of its slots: <c>z += Scale · W Σ C[i,j,k] x[i] y[j]</c>.</summary>
/// <param name="Polynomial">The product.</param>
/// <param name="Path">Its path: two factors with irreps, and weights where it has any.</param>
internal readonly record struct ProductPath(SegmentedPolynomial Polynomial, Path Path)
{
    /// <summary>The first factor.</summary>
    public Slot X => Path.Factors[0];

    /// <summary>The second factor.</summary>
    public Slot Y => Path.Factors[1];

    /// <summary>The weights; null where it has none.</summary>
    public Slot? W => Path.Factors.Count > 2 ? Path.Factors[2] : null;

    /// <summary>The result.</summary>
    public Slot Z => Path.Result;

    /// <summary>The segment of the first factor.</summary>
    public Segment XSegment => Polynomial.InputSegment(X);

    /// <summary>The segment of the second factor.</summary>
    public Segment YSegment => Polynomial.InputSegment(Y);

    /// <summary>The block of weights; null where it has none.</summary>
    public Segment? WSegment => W is { } w ? Polynomial.InputSegment(w) : null;

    /// <summary>The segment of the result.</summary>
    public Segment ZSegment => Polynomial.OutputSegment(Z);

    /// <summary>The coupling of its degrees.</summary>
    public CouplingKey Coupling => CouplingKey.Of(Path)!.Value;

    /// <summary>How its copies are connected.</summary>
    public ConnectionMode Mode
    {
        get
        {
            var (x, y, z, pairs) = (X.Indices, Y.Indices, Z.Indices, Path.Pairs);
            return Connection.Modes.First(m => Connection.Of(m) is var c && c.Input1 == x && c.Input2 == y && c.Output == z && c.Pairs == pairs);
        }
    }

    /// <summary>Whether copy u of both factors meet.</summary>
    public bool PairsCopies => X.Indices == Y.Indices;

    /// <summary>The paths of a tensor product that compute anything: of segments that have copies.</summary>
    public static IReadOnlyList<ProductPath> Of(SegmentedPolynomial product) =>
        [.. product.Paths.Select(p => new ProductPath(product, p)).Where(p => p.XSegment.Multiplicity > 0 && p.YSegment.Multiplicity > 0 && p.ZSegment.Multiplicity > 0)];
}

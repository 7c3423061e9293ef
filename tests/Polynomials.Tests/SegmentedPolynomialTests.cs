namespace E3Gen.Polynomials.Tests;

/// <summary>What a polynomial says about itself, and what it refuses.</summary>
public class SegmentedPolynomialTests
{
    [Fact]
    public void As_text()
    {
        Assert.Equal("""
            x (source): 2x0e+3x1o, y: 2x1o+1x2e, W: 3·2+3·1, z (destination): 4x0e+3x1o
            z1[u] += 1/√3 3j(1, 1, 1) x1[u] y0[v] W0[u,v]
            z1[u] += 1/√3 3j(1, 2, 1) x1[u] y1[v] W1[u,v]
            """, Examples.Convolution.ToString());
        Assert.Equal("""
            x: 2x0e+3x1o, W (shared): 3·4, z: 4x0e+3x1o
            z0[w] += 1/√3 3j(1, 1, 0) x1[u] x1[v] W0[u,v,w], u < v
            """, Examples.Square.ToString());
        Assert.Contains("\nx̄1[u] += 1/√3 [1 3 3: 3] z̄0[w] x1[v] W0[u,v,w], u < v", Examples.Square.Gradient(0).ToString());
    }

    [Fact]
    public void Equal_where_what_they_say_is_equal()
    {
        Assert.Equal(Examples.Cube, Examples.Cube);
        Assert.Equal(Examples.Cube.GetHashCode(), Examples.Cube.GetHashCode());
        Assert.NotEqual(Examples.Cube, Examples.Square);
        Assert.NotEqual(Coefficients.Wigner(1, 1, 1), Coefficients.Wigner(1, 1, 1).Permute([1, 0, 2])); // antisymmetric
        Assert.Equal(Coefficients.Wigner(1, 1, 2), Coefficients.Wigner(1, 1, 2).Permute([1, 0, 2]));
    }

    [Theory]
    [InlineData("u", "v", "uvw", 3, "Index u of a path runs to 2 and to 3.")]
    [InlineData("u", "v", "uvw", 2, "Indices uvw count 24 copies, but their segment has 16.")]
    public void Extents_must_agree(string x, string y, string w, int u, string message)
    {
        int[] block = message.StartsWith("Index", StringComparison.Ordinal) ? [u, 3, 4] : [16];
        var exception = Assert.Throws<ArgumentException>(() => Product(x, y, w, block));
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Components_must_agree()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SegmentedPolynomial(
            [Operand.Of("x", "1o")], [Operand.Of("z", "1o")], [new Path(One(new Slot(0, 0, "u")), new Slot(0, 0, "u"), Coefficients.Identity(2), Surd.One)]));
        Assert.Equal("Coefficients of shape [5, 5] do not fit segments of [3, 3] components.", exception.Message);
    }

    [Fact]
    public void Indices_must_be_known()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SegmentedPolynomial(
            [Operand.Of("x", "2x1o")], [Operand.Of("z", "2x1o")], [new Path(One(new Slot(0, 0, "uv")), new Slot(0, 0, "u"), Coefficients.Identity(1), Surd.One)]));
        Assert.Equal("Nothing says how far index v of a path runs.", exception.Message);
    }

    [Fact]
    public void Entries_must_be_inside_once_and_not_zero()
    {
        EquatableArray<int> At(int i) => new[] { i }.ToEquatable();
        Assert.Throws<ArgumentException>(() => new Coefficients(At(2), [new Coefficient(At(2), 1)]));
        Assert.Throws<ArgumentException>(() => new Coefficients(At(2), [new Coefficient(At(0), 0)]));
        Assert.Throws<ArgumentException>(() => new Coefficients(At(2), [new Coefficient(At(0), 1), new Coefficient(At(0), 2)]));
    }

    [Fact]
    public void Rows_must_fit()
    {
        var exception = Assert.Throws<ArgumentException>(() => Examples.Linear.Evaluate([new double[11], new double[3]]));
        Assert.Equal("'W' has 17 columns, but 3 are given.", exception.Message);
        exception = Assert.Throws<ArgumentException>(() => Examples.Linear.Evaluate([new double[11]]));
        Assert.Equal("'W' has 17 columns, but none is given.", exception.Message);
    }

    private static EquatableArray<Slot> One(params Slot[] slots) => slots.ToEquatable();

    private static SegmentedPolynomial Product(string x, string y, string w, int[] block) => new(
        [Operand.Of("x", "2x0e"), Operand.Of("y", "3x0e"), Operand.OfWeights("W", [block.ToEquatable()], RowSource.Shared)],
        [Operand.Of("z", "4x0e")],
        [new Path(One(new Slot(0, 0, x), new Slot(1, 0, y), new Slot(2, 0, w)), new Slot(0, 0, "w"), Coefficients.Wigner(0, 0, 0), Surd.One)]);
}

namespace E3Gen.Polynomials.Tests;

/// <summary>Equal factors may change places.</summary>
public class SymmetryTests
{
    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void The_value_stays(string name)
    {
        var f = Examples.Of(name);
        double[][] x = Examples.Rows(f.Inputs, 1);
        foreach (var other in new[] { f.Symmetrize(), f.Collect() })
        {
            Assert.All(f.Evaluate(x)[0].Zip(other.Evaluate(x)[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Fact]
    public void What_cancels_is_left_out()
    {
        Assert.Equal(2, Examples.Cube.Paths.Count);
        Assert.Single(Examples.Cube.Collect().Paths); // x × x = 0
        Assert.Single(Examples.Cube.Symmetrize().Paths);
    }

    [Fact]
    public void Terms_are_collected_and_coefficients_symmetric()
    {
        var collected = Examples.Cube.Collect().Paths[0].Coefficients;
        var symmetric = Examples.Cube.Symmetrize().Paths[0].Coefficients;
        Assert.All(collected.Entries, e => Assert.True(e.Indices[0] <= e.Indices[1] && e.Indices[1] <= e.Indices[2]));
        Assert.Equal(symmetric, symmetric.Permute([1, 0, 2, 3]));
        Assert.Equal(symmetric, symmetric.Permute([0, 2, 1, 3]));

        // x³ once, 3 xyy of which one third each: [0,1,1 → 0] collects all orders of one product.
        SurdSum Value(Coefficients c, params int[] indices) => c.Entries.Single(e => e.Indices.Equals(indices.ToEquatable())).Value;
        Assert.Equal(Surd.Sqrt(1, 3), Value(collected, 0, 1, 1, 0));
        Assert.Equal(Surd.Rational(1, 3) * Surd.Sqrt(1, 3), Value(symmetric, 0, 1, 1, 0));
    }

    [Fact]
    public void Derivatives_of_collected_terms_are_the_same()
    {
        var f = Examples.Cube;
        double[][] x = [.. Examples.Rows(f.Inputs, 1), .. Examples.Rows(f.Outputs, 2)];
        double[] expected = f.Gradient(0, 1).Evaluate(x)[0], actual = f.Collect().Gradient(0, 1).Collect().Evaluate(x)[0];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}

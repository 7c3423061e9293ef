namespace E3Gen.Polynomials.Tests;

/// <summary>Derivatives are what derivatives are, for every kind of polynomial and to second order.</summary>
public class DerivativeTests
{
    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void Jacobian_vector_products(string name)
    {
        var f = Examples.Of(name);
        int[] inputs = [.. Enumerable.Range(0, f.Inputs.Count)];
        double[][] x = Examples.Rows(f.Inputs, 1), tangents = Examples.Rows(f.Inputs, 2);

        // f is a polynomial of degree four at most in t: these four values give its derivative at 0 exactly.
        double[] At(double t) => f.Evaluate([.. x.Zip(tangents, (a, b) => a.Zip(b, (p, q) => p + (t * q)).ToArray())])[0];
        double[] expected = [.. At(1).Zip(At(-1), (a, b) => a - b).Zip(At(2).Zip(At(-2), (a, b) => a - b), (one, two) => ((8 * one) - two) / 12)];

        AssertClose(expected, f.Jvp(inputs).Evaluate([.. x, .. tangents])[0]);
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void Gradients_are_transposed_to_them(string name)
    {
        var f = Examples.Of(name);
        int[] inputs = [.. Enumerable.Range(0, f.Inputs.Count)];
        double[][] x = Examples.Rows(f.Inputs, 1), tangents = Examples.Rows(f.Inputs, 2), cotangents = Examples.Rows(f.Outputs, 3);

        double forward = Dot(f.Jvp(inputs).Evaluate([.. x, .. tangents]), cotangents);
        double backward = Dot(f.Gradient(inputs).Evaluate([.. x, .. cotangents]), tangents);

        Assert.Equal(forward, backward, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Examples.Names), MemberType = typeof(Examples))]
    public void Second_derivatives_are_symmetric(string name)
    {
        var f = Examples.Of(name);
        int[] inputs = [.. Enumerable.Range(0, f.Inputs.Count)];
        double[][] x = Examples.Rows(f.Inputs, 1), cotangents = Examples.Rows(f.Outputs, 3);
        double[][] a = Examples.Rows(f.Inputs, 4), b = Examples.Rows(f.Inputs, 5);
        var hessian = f.Gradient(inputs).Jvp(inputs);

        Assert.Equal(Dot(hessian.Evaluate([.. x, .. cotangents, .. a]), b), Dot(hessian.Evaluate([.. x, .. cotangents, .. b]), a), 1e-12);
        Assert.Equal(inputs.Length, f.Gradient(inputs).Gradient(inputs).Outputs.Count);
    }

    [Fact]
    public void Rows_are_gathered_and_summed()
    {
        int[] source = [0, 1, 2, 0], destination = [1, 0, 0, 2];
        var f = Examples.Convolution;
        double[][] Rows(Operand operand, int count, int seed) => [.. Enumerable.Range(0, count).Select(r => Examples.Rows([operand], seed + r)[0])];
        double[][][] x = [Rows(f.Inputs[0], 3, 10), Rows(f.Inputs[1], 4, 20), Rows(f.Inputs[2], 4, 30)];
        double[][][] tangents = [Rows(f.Inputs[0], 3, 40), Rows(f.Inputs[1], 4, 50), Rows(f.Inputs[2], 4, 60)];
        double[][][] cotangents = [Rows(f.Outputs[0], 3, 70)];

        var z = f.Evaluate(x, source, destination, 3);
        Assert.Equal([3], z.Select(rows => rows.Length));
        AssertClose(f.Evaluate([x[0][0], x[1][3], x[2][3]])[0], z[0][2]); // node 2 has one edge, from node 0

        double forward = Dot([.. f.Jvp(0, 1, 2).Evaluate([.. x, .. tangents], source, destination, 3).SelectMany(r => r)], [.. cotangents.SelectMany(r => r)]);
        var gradient = f.Gradient(0, 1, 2).Evaluate([.. x, .. cotangents], source, destination, 3);
        Assert.Equal([3, 4, 4], gradient.Select(rows => rows.Length));
        Assert.Equal(forward, Dot([.. gradient.SelectMany(r => r)], [.. tangents.SelectMany(r => r)]), 1e-12);
    }

    [Fact]
    public void Only_what_is_linear_has_a_transpose()
    {
        var exception = Assert.Throws<ArgumentException>(() => Examples.Cube.Transpose(0));
        Assert.Equal("A path of 'z' has 3 of the factors that it must be linear in.", exception.Message);
    }

    private static double Dot(double[][] a, double[][] b) => a.Zip(b, (p, q) => p.Zip(q, (x, y) => x * y).Sum()).Sum();

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}

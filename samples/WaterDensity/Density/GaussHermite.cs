namespace WaterDensity.Density;

/// <summary>
/// Gauss-Hermite quadrature ∫f(t) e^{−t²} dt = Σ w_i f(t_i) with n nodes, exact for polynomials of degree 2n − 1; n = 1 … 5, nodes in
/// closed form.
/// </summary>
internal static class GaussHermite
{
    private static readonly PointSet[] Cubes = [.. Enumerable.Range(1, 5).Select(BuildCube)];

    /// <summary>The product rule in three dimensions; n³ points, padding has weight zero.</summary>
    public static PointSet Cube(int n) => Cubes[n - 1];

    private static PointSet BuildCube(int n)
    {
        double[] nodes = Nodes(n), weights = [.. nodes.Select(t => Weight(n, t))];
        var cube = new PointSet(n * n * n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                    cube.Add(nodes[i], nodes[j], nodes[k], weights[i] * weights[j] * weights[k]);
            }
        }
        return cube;
    }

    /// <summary>Zeros of the Hermite polynomial H_n.</summary>
    private static double[] Nodes(int n)
    {
        double inner = Math.Sqrt(n == 4 ? (3 - Math.Sqrt(6)) / 2 : (5 - Math.Sqrt(10)) / 2),
            outer = Math.Sqrt(n == 4 ? (3 + Math.Sqrt(6)) / 2 : (5 + Math.Sqrt(10)) / 2);
        return n switch
        {
            1 => [0],
            2 => [-Math.Sqrt(0.5), Math.Sqrt(0.5)],
            3 => [-Math.Sqrt(1.5), 0, Math.Sqrt(1.5)],
            4 => [-outer, -inner, inner, outer],
            5 => [-outer, -inner, 0, inner, outer],
            _ => throw new ArgumentOutOfRangeException(nameof(n), n, "Between 1 and 5 nodes."),
        };
    }

    /// <summary>w = 2^{n−1} n! √π / (n H_{n−1}(t))².</summary>
    private static double Weight(int n, double t)
    {
        double previous = 0, hermite = 1, numerator = Math.Sqrt(Math.PI);      // H_{k+1} = 2 t H_k − 2 k H_{k−1}
        for (int k = 0; k < n - 1; k++)
        {
            (previous, hermite) = (hermite, 2 * t * hermite - 2 * k * previous);
            numerator *= 2 * (k + 2);
        }
        return numerator / (n * hermite * n * hermite);
    }
}

using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Graphs;

/// <summary>All pairs of all atoms and images, compared one by one.</summary>
internal static class BruteForce
{
    /// <summary>An edge as source, destination and lattice coordinates of the source's image.</summary>
    internal readonly record struct Edge(int Source, int Destination, int A, int B, int C);

    /// <param name="positions">x, y, z of each atom.</param>
    /// <param name="cutoff">Cutoff radius.</param>
    /// <param name="cell">Rows are lattice vectors.</param>
    /// <param name="images">Images to try on each side, along each lattice vector; 0 for an open direction.</param>
    public static HashSet<Edge> Edges(double[] positions, double cutoff, double[,] cell, (int A, int B, int C) images)
    {
        var edges = new HashSet<Edge>();
        int atoms = positions.Length / 3;
        for (int a = -images.A; a <= images.A; a++)
            for (int b = -images.B; b <= images.B; b++)
                for (int c = -images.C; c <= images.C; c++)
                    for (int i = 0; i < atoms; i++)
                        for (int j = 0; j < atoms; j++)
                        {
                            double square = 0;
                            for (int k = 0; k < 3; k++)
                            {
                                double d = positions[3 * j + k] - positions[3 * i + k] + a * cell[0, k] + b * cell[1, k] + c * cell[2, k];
                                square += d * d;
                            }
                            if (square > 0 && Math.Sqrt(square) < cutoff) edges.Add(new Edge(j, i, a, b, c));
                        }
        return edges;
    }

    /// <summary>The graph's edges; lattice coordinates are recovered from the shifts by the inverse of the cell.</summary>
    public static HashSet<Edge> Edges(Graph graph, double[,] cell)
    {
        if (graph.EdgeCount == 0) return [];
        long[] source = graph.Source.data<long>().ToArray(), destination = graph.Destination.data<long>().ToArray();
        double[] images = new double[3 * source.Length];
        if (graph.Shifts is { } shifts)
        {
            using Tensor matrix = tensor(cell), inverse = linalg.inv(matrix), coordinates = shifts.to_type(ScalarType.Float64).matmul(inverse);
            images = coordinates.data<double>().ToArray();
            Assert.All(images, x => Assert.Equal(Math.Round(x), x, 1e-4));
        }
        var edges = new HashSet<Edge>();
        for (int e = 0; e < source.Length; e++)
        {
            int Image(int k) => (int)Math.Round(images[3 * e + k]);
            Assert.True(edges.Add(new Edge((int)source[e], (int)destination[e], Image(0), Image(1), Image(2))), $"edge {e} is there twice");
        }
        return edges;
    }
}

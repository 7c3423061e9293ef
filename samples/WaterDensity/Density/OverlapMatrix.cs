using System.Numerics;

namespace WaterDensity.Density;

/// <summary>
/// The overlap S_ij = ∫φ_i φ_j of all functions of a molecule, so that ∫(ρ − ρ')² = (c − c')ᵀ S (c − c'). The product of two Gaussians is
/// one Gaussian of exponent p = a + b at P = (a A + b B)/p times a polynomial of degree l_a + l_b, which Gauss-Hermite quadrature with (l_a
/// + l_b)/2 + 1 nodes per axis integrates exactly.
/// </summary>
internal static class OverlapMatrix
{
    /// <param name="functions">The rows of the matrix.</param>
    /// <param name="positions">x, y, z of every atom, bohr.</param>
    /// <returns>[function, function], row-major.</returns>
    public static double[] Compute(AuxiliaryBasis basis, FunctionList functions, double[] positions)
    {
        int n = functions.Count;
        var overlap = new double[n * n];
        Parallel.For(0, functions.Atoms, a =>
        {
            for (int b = 0; b <= a; b++)
            {
                foreach (Shell shellA in basis.Shells(functions.Species[a]))
                {
                    foreach (Shell shellB in basis.Shells(functions.Species[b]))
                        ShellPair(shellA, positions.AsSpan(3 * a, 3), shellB, positions.AsSpan(3 * b, 3), overlap, n,
                            functions.Row(a, shellA), functions.Row(b, shellB));
                }
            }
        });
        return overlap;
    }

    private static void ShellPair(
        Shell a, ReadOnlySpan<double> centreA, Shell b, ReadOnlySpan<double> centreB, double[] overlap, int n, int rowA, int rowB)
    {
        double p = a.Exponent + b.Exponent, scale = 1 / Math.Sqrt(p);
        double dx = centreA[0] - centreB[0], dy = centreA[1] - centreB[1], dz = centreA[2] - centreB[2];
        double prefactor = a.Norm * b.Norm * Math.Exp(-a.Exponent * b.Exponent / p * (dx * dx + dy * dy + dz * dz)) * scale * scale * scale;
        Span<double> block = stackalloc double[81];
        block.Clear();
        Span<Vector<double>> harmonicsA = stackalloc Vector<double>[SolidHarmonics.Count],
            harmonicsB = stackalloc Vector<double>[SolidHarmonics.Count];

        // With A = P + (b/p)(A − B), a node t (in units of the Gaussian's width) is displaced from A by t/√p − (b/p)(A − B) and from B by
        // t/√p + (a/p)(A − B).
        double shiftA = -b.Exponent / p, shiftB = a.Exponent / p;
        PointSet nodes = GaussHermite.Cube((a.Degree + b.Degree) / 2 + 1);
        for (int i = 0; i < nodes.PaddedCount; i += Vector<double>.Count)
        {
            Vector<double> x = scale * new Vector<double>(nodes.X, i);
            Vector<double> y = scale * new Vector<double>(nodes.Y, i);
            Vector<double> z = scale * new Vector<double>(nodes.Z, i);
            SolidHarmonics.Evaluate(
                x + new Vector<double>(shiftA * dx), y + new Vector<double>(shiftA * dy), z + new Vector<double>(shiftA * dz), harmonicsA);
            SolidHarmonics.Evaluate(
                x + new Vector<double>(shiftB * dx), y + new Vector<double>(shiftB * dy), z + new Vector<double>(shiftB * dz), harmonicsB);
            var weight = new Vector<double>(nodes.Weight, i);
            for (int ma = 0; ma < a.Size; ma++)
            {
                Vector<double> left = weight * harmonicsA[a.Degree * a.Degree + ma];
                for (int mb = 0; mb < b.Size; mb++)
                    block[9 * ma + mb] += Vector.Dot(left, harmonicsB[b.Degree * b.Degree + mb]);
            }
        }
        for (int ma = 0; ma < a.Size; ma++)
        {
            for (int mb = 0; mb < b.Size; mb++)
                overlap[(rowA + ma) * n + rowB + mb] = overlap[(rowB + mb) * n + rowA + ma] = prefactor * block[9 * ma + mb];
        }
    }
}

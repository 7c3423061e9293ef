using System.Numerics;

namespace WaterDensity.Density;

/// <summary>Values of all basis functions of a molecule at points, for integrals by quadrature.</summary>
internal static class BasisValues
{
    /// <param name="positions">x, y, z of every atom, bohr.</param>
    /// <returns>[function, point], the points padded to whole SIMD vectors.</returns>
    public static float[] Evaluate(AuxiliaryBasis basis, FunctionList functions, double[] positions, PointSet points)
    {
        int stride = points.PaddedCount;
        var values = new float[functions.Count * stride];
        Span<Vector<double>> harmonics = stackalloc Vector<double>[SolidHarmonics.Count];
        for (int atom = 0; atom < functions.Atoms; atom++)
        {
            for (int i = 0; i < stride; i += Vector<double>.Count)
            {
                Vector<double> dx = new Vector<double>(points.X, i) - new Vector<double>(positions[3 * atom]);
                Vector<double> dy = new Vector<double>(points.Y, i) - new Vector<double>(positions[3 * atom + 1]);
                Vector<double> dz = new Vector<double>(points.Z, i) - new Vector<double>(positions[3 * atom + 2]);
                Vector<double> minusR2 = -(dx * dx + dy * dy + dz * dz);
                SolidHarmonics.Evaluate(dx, dy, dz, harmonics);
                foreach (Shell shell in basis.Shells(functions.Species[atom]))
                {
                    Vector<double> radial = shell.Norm * Vector.Exp(shell.Exponent * minusR2);
                    int row = functions.Row(atom, shell);
                    for (int m = 0; m < shell.Size; m++)
                    {
                        Vector<double> value = radial * harmonics[shell.Degree * shell.Degree + m];
                        for (int lane = 0; lane < Vector<double>.Count; lane++)
                            values[(row + m) * stride + i + lane] = (float)value[lane];
                    }
                }
            }
        }
        return values;
    }
}

namespace WaterDensity.Density;

/// <summary>
/// Points around every atom, dense near the nuclei where a uniform grid is too coarse: Becke's scheme (J. Chem. Phys. 88, 2547, 1988) with
/// Gauss-Chebyshev radii, a product of Gauss-Legendre and uniform angles, and his smooth partition of space into atoms.
/// </summary>
internal sealed class MolecularQuadrature(int radialPoints, int polarPoints)
{
    /// <summary>Radius (bohr) with half of the radial points inside.</summary>
    private static readonly double[] MedianRadius = [0.7, 0.9];

    private readonly (double Cosine, double Weight)[] polar = GaussLegendre(polarPoints);

    /// <summary>One set of points for each atom; all sets together integrate over space.</summary>
    public PointSet[] Around(int[] species, double[] positions)
        => [.. Enumerable.Range(0, species.Length).Select(atom => AroundAtom(atom, species, positions))];

    private PointSet AroundAtom(int atom, int[] species, double[] positions)
    {
        int azimuths = 2 * polarPoints;
        var points = new PointSet(radialPoints * polarPoints * azimuths);
        double[] centre = positions[(3 * atom)..(3 * atom + 3)];
        for (int i = 1; i <= radialPoints; i++)
        {
            // ∫f r² dr with r = R (1+t)/(1−t), dr = 2R/(1−t)² dt and the Chebyshev rule of the second kind, t_i = cos(iπ/(n+1)), w_i
            // √(1−t²)⁻¹ = π/(n+1) sin(iπ/(n+1)).
            double angle = i * Math.PI / (radialPoints + 1), t = Math.Cos(angle), scale = MedianRadius[species[atom]];
            double r = scale * (1 + t) / (1 - t);
            double radialWeight = Math.PI / (radialPoints + 1) * Math.Sin(angle) * 2 * scale / ((1 - t) * (1 - t)) * r * r;
            foreach ((double cosine, double polarWeight) in polar)
            {
                double sine = Math.Sqrt(1 - cosine * cosine);
                for (int j = 0; j < azimuths; j++)
                {
                    // Every other shell is turned, so that points do not line up.
                    double phi = 2 * Math.PI * (j + 0.5 * (i & 1)) / azimuths;
                    double x = centre[0] + r * sine * Math.Cos(phi), y = centre[1] + r * sine * Math.Sin(phi), z = centre[2] + r * cosine;
                    double weight = radialWeight * polarWeight * 2 * Math.PI / azimuths * ShareOf(atom, x, y, z, positions);
                    if (weight > 0)
                        points.Add(x, y, z, weight);
                }
            }
        }
        return points;
    }

    /// <summary>
    /// Becke's weight of an atom at a point: products of thrice iterated switching polynomials in (d_i − d_j)/d_ij, normalised over the
    /// atoms.
    /// </summary>
    private static double ShareOf(int atom, double x, double y, double z, double[] positions)
    {
        int atoms = positions.Length / 3;
        var distances = new double[atoms];
        for (int i = 0; i < atoms; i++)
            distances[i] = Distance(positions, i, x, y, z);
        double sum = 0, own = 0;
        for (int i = 0; i < atoms; i++)
        {
            double product = 1;
            for (int j = 0; j < atoms && product > 0; j++)
            {
                if (j == i)
                    continue;
                double separation = Distance(positions, i, positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]);
                double mu = (distances[i] - distances[j]) / separation;
                for (int iteration = 0; iteration < 3; iteration++)
                    mu = 0.5 * mu * (3 - mu * mu);
                product *= 0.5 * (1 - mu);
            }
            sum += product;
            own = i == atom ? product : own;
        }
        return own / sum;
    }

    private static double Distance(double[] positions, int atom, double x, double y, double z)
    {
        double dx = positions[3 * atom] - x, dy = positions[3 * atom + 1] - y, dz = positions[3 * atom + 2] - z;
        return Math.Sqrt(dx * dx + dy * dy + dz * dz);
    }

    /// <summary>Zeros of the Legendre polynomial by Newton's method, weights 2/((1 − t²) P'²).</summary>
    private static (double Node, double Weight)[] GaussLegendre(int n)
    {
        var rule = new (double, double)[n];
        for (int i = 0; i < n; i++)
        {
            double t = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), slope = 0;
            for (int iteration = 0; iteration < 8; iteration++)
            {
                double previous = 1, value = t;
                for (int k = 1; k < n; k++)
                    (previous, value) = (value, ((2 * k + 1) * t * value - k * previous) / (k + 1));
                slope = n * (t * value - previous) / (t * t - 1);
                t -= value / slope;
            }
            rule[i] = (t, 2 / ((1 - t * t) * slope * slope));
        }
        return rule;
    }
}

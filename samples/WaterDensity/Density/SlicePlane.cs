using WaterDensity.Systems;

namespace WaterDensity.Density;

/// <summary>A rectangle in a plane through a molecule, for pictures; lengths in bohr.</summary>
/// <param name="Centre">Origin of the plane's coordinates.</param>
/// <param name="U">Unit vector of the horizontal axis.</param>
/// <param name="V">Unit vector of the vertical axis.</param>
/// <param name="Low">Smallest horizontal and vertical coordinate.</param>
/// <param name="Step">Distance between points.</param>
/// <param name="Columns">Points along the horizontal axis.</param>
/// <param name="Rows">Points along the vertical axis.</param>
internal sealed record SlicePlane(double[] Centre, double[] U, double[] V, (double U, double V) Low, double Step, int Columns, int Rows)
{
    /// <summary>Atoms closer to a plane than this lie in it, as far as a picture is concerned.</summary>
    public const double Near = 0.5;

    private const double Margin = 3, FinestStep = 0.05;

    /// <summary>More points than a picture shows.</summary>
    private const double MostPoints = 400_000;

    /// <summary>Up to so many atoms, all planes through three of them are tried; of more, planes through an atom and its nearest two, and not more than so many.</summary>
    private const int FewAtoms = 24, MostPlanes = 500;

    /// <summary>The plane through three atoms that has the most atoms near it; among equals the one that they are nearest to.</summary>
    public static SlicePlane Through(Molecule molecule)
    {
        double[] positions = molecule.PositionsInBohr();
        double[][] atoms = [.. Enumerable.Range(0, molecule.Atoms).Select(i => positions[(3 * i)..(3 * i + 3)])];
        (double Score, double[] Centre, double[] U, double[] V) best = (double.NegativeInfinity, [0, 0, 0], [1, 0, 0], [0, 1, 0]);
        foreach ((int a, int b, int c) in Triples(atoms))
        {
            double[] u = Unit(Minus(atoms[b], atoms[a])), along = Minus(atoms[c], atoms[a]);
            double[] v = Minus(along, Times(Dot(along, u), u));
            if (Dot(v, v) < 0.1)
                continue;                                                  // in a line
            v = Unit(v);
            double[] normal = Cross(u, v);
            double offset = Dot(atoms[a], normal), score = 0;
            foreach (double[] p in atoms)
                score += Math.Max(0, Near - Math.Abs(Dot(p, normal) - offset));
            if (score > best.Score)
                best = (score, atoms[a], u, v);
        }
        return Framed(best.Centre, best.U, best.V, atoms);
    }

    /// <summary>Horizontal, vertical and normal coordinate of a point.</summary>
    public (double U, double V, double Height) Project(double[] point)
    {
        double[] d = Minus(point, Centre);
        return (Dot(d, U), Dot(d, V), Dot(d, Cross(U, V)));
    }

    /// <summary>The density on the plane: [row, column], rows from below.</summary>
    public double[,] Sample(DensityField field)
    {
        var values = new double[Rows, Columns];
        const int Block = 64;
        Parallel.For(0, Rows, row =>
        {
            var points = new PointSet(Block);
            for (int start = 0; start < Columns; start += Block)
            {
                points.Clear();
                for (int column = start; column < Math.Min(start + Block, Columns); column++)
                {
                    double u = Low.U + column * Step, v = Low.V + row * Step;
                    points.Add(Centre[0] + u * U[0] + v * V[0], Centre[1] + u * U[1] + v * V[1], Centre[2] + u * U[2] + v * V[2],
                        Step * Step);
                }
                double[] density = field.Evaluate(points);
                for (int i = 0; i < points.Count; i++)
                    values[row, start + i] = density[i];
            }
        });
        return values;
    }

    private static IEnumerable<(int A, int B, int C)> Triples(double[][] atoms)
    {
        if (atoms.Length <= FewAtoms)
        {
            for (int a = 0; a < atoms.Length; a++)
            {
                for (int b = a + 1; b < atoms.Length; b++)
                {
                    for (int c = b + 1; c < atoms.Length; c++)
                        yield return (a, b, c);
                }
            }
            yield break;
        }
        for (int a = 0; a < atoms.Length; a += Math.Max(1, atoms.Length / MostPlanes))
        {
            double Distance2(int i) => Minus(atoms[i], atoms[a]) is var d ? Dot(d, d) : 0;
            int[] nearest = [.. Enumerable.Range(0, atoms.Length).Where(i => i != a).OrderBy(Distance2).Take(2)];
            yield return (a, nearest[0], nearest[1]);
        }
    }

    /// <summary>Turns the axes so that the atoms near the plane spread along the horizontal one, and leaves a margin around them.</summary>
    private static SlicePlane Framed(double[] centre, double[] u, double[] v, double[][] atoms)
    {
        double[] normal = Cross(u, v);
        double[][] near = [.. atoms.Where(p => Math.Abs(Dot(Minus(p, centre), normal)) < Near)];
        double[] mean = Times(1.0 / Math.Max(1, near.Length), near.Aggregate(new double[3], Plus));
        double uu = 0, uv = 0, vv = 0;
        foreach (double[] d in near.Select(p => Minus(p, mean)))
        {
            (double x, double y) = (Dot(d, u), Dot(d, v));
            (uu, uv, vv) = (uu + x * x, uv + x * y, vv + y * y);
        }
        double angle = 0.5 * Math.Atan2(2 * uv, uu - vv), cosine = Math.Cos(angle), sine = Math.Sin(angle);
        double[] horizontal = Plus(Times(cosine, u), Times(sine, v)), vertical = Plus(Times(-sine, u), Times(cosine, v));

        (double Low, double High) Span(double[] axis) => near.Length == 0
            ? (-Margin, Margin)
            : (near.Min(p => Dot(Minus(p, centre), axis)) - Margin, near.Max(p => Dot(Minus(p, centre), axis)) + Margin);
        (double lowU, double highU) = Span(horizontal);
        (double lowV, double highV) = Span(vertical);
        double step = Math.Max(FinestStep, Math.Sqrt((highU - lowU) * (highV - lowV) / MostPoints));
        int Points(double low, double high) => (int)((high - low) / step) + 1;
        return new SlicePlane(centre, horizontal, vertical, (lowU, lowV), step, Points(lowU, highU), Points(lowV, highV));
    }

    private static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

    private static double[] Plus(double[] a, double[] b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

    private static double[] Times(double s, double[] a) => [s * a[0], s * a[1], s * a[2]];

    private static double[] Unit(double[] a) => Times(1 / Math.Sqrt(Dot(a, a)), a);

    private static double[] Cross(double[] a, double[] b)
        => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

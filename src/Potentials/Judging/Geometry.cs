namespace E3Gen.Potentials;

/// <summary>Structures made of others.</summary>
internal static class Geometry
{
    /// <summary>The atoms alone, without a cell.</summary>
    public static Atoms Open(Atoms atoms) => new(atoms.AtomicNumbers, atoms.Positions);

    /// <summary>Moved as a whole.</summary>
    public static Atoms Shift(Atoms atoms, double x, double y, double z) =>
        new(atoms.AtomicNumbers, [.. atoms.Positions.Select((p, i) => p + (i % 3 == 0 ? x : i % 3 == 1 ? y : z))], atoms.Cell, atoms.Periodic);

    /// <summary>Both together, without a cell.</summary>
    public static Atoms Union(Atoms a, Atoms b) => new([.. a.AtomicNumbers, .. b.AtomicNumbers], [.. a.Positions, .. b.Positions]);

    /// <summary>In another order: atom i of the result is atom order[i].</summary>
    public static Atoms Permute(Atoms atoms, int[] order) => new([.. order.Select(i => atoms.AtomicNumbers[i])], Rows(atoms.Positions, order), atoms.Cell, atoms.Periodic);

    /// <summary>Rows of three, in another order.</summary>
    public static double[] Rows(double[] values, int[] order) => [.. order.SelectMany(i => values[(3 * i)..((3 * i) + 3)])];

    /// <summary>Moved along a direction by some length.</summary>
    public static Atoms Displace(Atoms atoms, double[] direction, double length) =>
        new(atoms.AtomicNumbers, [.. atoms.Positions.Select((p, i) => p + (length * direction[i]))], atoms.Cell, atoms.Periodic);

    /// <summary>Every vector r becomes r (1 + h S).</summary>
    public static Atoms Strain(Atoms atoms, double[] s, double h)
    {
        double[] Deform(double[] rows) => [.. rows.Select((r, i) =>
        {
            int row = i - (i % 3), axis = i % 3;
            return r + (h * ((rows[row] * s[axis]) + (rows[row + 1] * s[3 + axis]) + (rows[row + 2] * s[6 + axis])));
        })];
        return new Atoms(atoms.AtomicNumbers, Deform(atoms.Positions), atoms.Cell is null ? null : Deform(atoms.Cell), atoms.Periodic);
    }

    /// <summary>The smallest crystal of a molecule where images are close: a box with room around it on every side. A crystal is returned as it is.</summary>
    public static Atoms InCell(Atoms atoms, double room)
    {
        if (atoms.IsPeriodic) return atoms;
        double Extent(int axis) => Enumerable.Range(0, atoms.Count).Select(i => atoms.Positions[(3 * i) + axis]).ToArray() is var x ? x.Max() - x.Min() + room : 0;
        return new Atoms(atoms.AtomicNumbers, atoms.Positions, [Extent(0), 0, 0, 0, Extent(1), 0, 0, 0, Extent(2)]);
    }

    /// <summary>The crystal in a cell of a times b times c of its own; atoms of one cell after those of another.</summary>
    public static Atoms Repeat(Atoms atoms, int a, int b, int c)
    {
        double[] cell = atoms.Cell!;
        var positions = new List<double>();
        for (int i = 0; i < a * b * c; i++)
        {
            (int x, int y, int z) = (i % a, i / a % b, i / (a * b));
            positions.AddRange(atoms.Positions.Select((p, k) => p + (x * cell[k % 3]) + (y * cell[3 + (k % 3)]) + (z * cell[6 + (k % 3)])));
        }

        int[] times = [a, b, c];
        return new Atoms(
            [.. Enumerable.Repeat(atoms.AtomicNumbers, a * b * c).SelectMany(z => z)], [.. positions], [.. cell.Select((v, i) => v * times[i / 3])], atoms.Periodic);
    }

    /// <summary>Distance of two atoms as they stand.</summary>
    public static double Distance(double[] positions, int i, int j) => Distance(positions.AsSpan(3 * i, 3), positions.AsSpan(3 * j, 3));

    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt(Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2) + Math.Pow(a[2] - b[2], 2));

    /// <summary>A normal random vector of length 1.</summary>
    public static double[] Direction(Random random, int length)
    {
        double[] x = [.. Enumerable.Range(0, length).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        double norm = Math.Sqrt(x.Sum(v => v * v));
        return [.. x.Select(v => v / norm)];
    }
}

namespace E3Gen;

/// <summary>
/// A parallelepiped, periodic along none to three of its edges. Rows of the matrix are lattice vectors; open directions get unit normals to
/// the periodic ones.
/// </summary>
internal sealed class Cell
{
    /// <summary>Sine of the angle below which lattice vectors count as linearly dependent.</summary>
    private const double Flat = 1e-8;

    private readonly Vector[] _vectors;
    private readonly Vector[] _reciprocal;

    public Cell(ReadOnlySpan<double> rows, (bool A, bool B, bool C) periodic)
    {
        Periodic = [periodic.A, periodic.B, periodic.C];
        _vectors = new Vector[3];
        for (int i = 0; i < 3; i++)
        {
            _vectors[i] = new Vector(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]);
            if (Periodic[i] && !(_vectors[i].Length > 0 && double.IsFinite(_vectors[i].Length)))
            {
                throw new ArgumentException(
                    $"Lattice vector {i} of the cell is {_vectors[i]}; a periodic direction needs a finite vector that is not zero.",
                    "cell");
            }
        }
        CompleteOpenDirections();

        Vector a = _vectors[0], b = _vectors[1], c = _vectors[2];
        double volume = a.Cross(b).Dot(c);
        // Not '<=': parallel vectors have no normal, and then the volume is NaN.
        if (!(Math.Abs(volume) > Flat * a.Length * b.Length * c.Length))
        {
            string periodicOnes = string.Join(", ", _vectors.Where((_, i) => Periodic[i]));
            throw new ArgumentException(
                $"The cell is singular: its periodic lattice vectors {periodicOnes} are linearly dependent.", "cell");
        }
        _reciprocal = [b.Cross(c) / volume, c.Cross(a) / volume, a.Cross(b) / volume];
        Heights = [.. _reciprocal.Select(r => 1 / r.Length)];
    }

    /// <summary>No periodic direction.</summary>
    public static Cell Open { get; } = new([1, 0, 0, 0, 1, 0, 0, 0, 1], (false, false, false));

    public bool[] Periodic { get; }

    public bool IsPeriodic => Periodic[0] || Periodic[1] || Periodic[2];

    /// <summary>Distances between opposite faces; 1 in open directions.</summary>
    public double[] Heights { get; }

    /// <summary>Coordinate along lattice vector <paramref name="axis"/>, in units of it.</summary>
    public double Fraction(int axis, Vector point) => _reciprocal[axis].Dot(point);

    /// <summary>The lattice vector with these integer coordinates. Its negative belongs to the negative coordinates, exactly.</summary>
    public Vector Translation(double i, double j, double k) => _vectors[0] * i + _vectors[1] * j + _vectors[2] * k;

    private void CompleteOpenDirections()
    {
        for (int i = 0; i < 3; i++)
        {
            if (Periodic[i]) continue;
            Vector next = _vectors[(i + 1) % 3], last = _vectors[(i + 2) % 3];
            bool nextIsSet = Periodic[(i + 1) % 3] || (i + 1) % 3 < i, lastIsSet = Periodic[(i + 2) % 3] || (i + 2) % 3 < i;
            _vectors[i] = (nextIsSet, lastIsSet) switch
            {
                (true, true) => next.Cross(last).Unit(),
                (true, false) => next.Normal(),
                (false, true) => last.Normal(),
                _ => new Vector(1, 0, 0),
            };
        }
    }

    /// <summary>A point or a translation in space.</summary>
    internal readonly record struct Vector(double X, double Y, double Z)
    {
        public double Length => Math.Sqrt(Dot(this));

        public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Vector operator *(Vector a, double s) => new(a.X * s, a.Y * s, a.Z * s);

        public static Vector operator /(Vector a, double s) => new(a.X / s, a.Y / s, a.Z / s);

        public double Dot(Vector b) => X * b.X + Y * b.Y + Z * b.Z;

        public Vector Cross(Vector b) => new(Y * b.Z - Z * b.Y, Z * b.X - X * b.Z, X * b.Y - Y * b.X);

        public Vector Unit() => this / Length;

        /// <summary>A perpendicular unit vector: the cross product with the coordinate axis along which this one is smallest.</summary>
        public Vector Normal()
        {
            (double x, double y, double z) = (Math.Abs(X), Math.Abs(Y), Math.Abs(Z));
            Vector axis = x <= y && x <= z ? new(1, 0, 0) : y <= z ? new(0, 1, 0) : new(0, 0, 1);
            return Cross(axis).Unit();
        }

        public override string ToString() => $"({X}, {Y}, {Z})";
    }
}

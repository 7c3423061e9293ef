using TorchSharp;
using static TorchSharp.torch;
using Vector = E3Gen.Cell.Vector;

namespace E3Gen;

/// <summary>Moves atoms by lattice vectors: into the cell, or next to the atoms that they are bonded to.</summary>
public static class AtomsWrapping
{
    /// <summary>Two atoms are bonded if they are closer than the sum of their covalent radii and this, Å.</summary>
    private const double Tolerance = 0.4;

    /// <summary>Moves every atom into the cell along its periodic directions; along open ones, the cell counts as upright.</summary>
    /// <param name="atoms">The structure; without periodic directions it is returned as it is.</param>
    /// <returns>A structure with other positions, and the same cell and data (not copied).</returns>
    public static Atoms Wrap(this Atoms atoms)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        if (!atoms.IsPeriodic) return atoms;
        Cell cell = atoms.LatticeCell();
        double[] positions = [.. atoms.Positions];
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            var point = new Vector(positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]);
            double Cells(int axis) => cell.Periodic[axis] ? Math.Floor(cell.Fraction(axis, point)) : 0;
            Move(positions, atom, cell.Translation(-Cells(0), -Cells(1), -Cells(2)));
            // An atom just below a face comes by rounding onto the opposite one, which belongs to the next cell.
            point = new Vector(positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]);
            double Beyond(int axis) => cell.Periodic[axis] && cell.Fraction(axis, point) >= 1 ? 1 : 0;
            Move(positions, atom, cell.Translation(-Beyond(0), -Beyond(1), -Beyond(2)));
        }
        return atoms.WithPositions(positions);
    }

    /// <summary>
    /// Moves atoms by lattice vectors so that bonded atoms are next to each other. The first atom of each molecule stays where it is. Positions are in Å if bonds
    /// follow from covalent radii.
    /// </summary>
    /// <param name="atoms">The structure; without periodic directions it is returned as it is.</param>
    /// <param name="bondLength">
    /// Atoms closer than this are bonded, whatever they are; not given, atoms closer than 0.4 Å more than the sum of their covalent radii (Cordero et al., Dalton
    /// Trans. 2008, 2832).
    /// </param>
    /// <returns>A structure with other positions, and the same cell and data (not copied).</returns>
    /// <exception cref="InvalidOperationException">
    /// Bonds connect an atom with its own image: a crystal, a polymer or a surface has no whole molecules. Or two atoms are at the same place, or an element has
    /// no known radius.
    /// </exception>
    /// <exception cref="InvalidDataException">The same of a structure that was read from a file, which the message names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive and finite.</exception>
    public static Atoms Unwrap(this Atoms atoms, double? bondLength = null)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        if (bondLength is { } length && !(length > 0 && double.IsFinite(length)))
            throw new ArgumentOutOfRangeException(nameof(bondLength), length, "A bond length must be larger than 0 and finite.");
        if (!atoms.IsPeriodic || atoms.Count == 0) return atoms;

        double[]? radii = bondLength is null ? Radii(atoms) : null;
        double longest = bondLength ?? (2 * radii!.Max() + Tolerance);
        return atoms.WithPositions(Moved(atoms, Bonds.Find(atoms, longest, radii)));
    }

    private static double[] Moved(Atoms atoms, Bonds bonds)
    {
        Cell cell = atoms.LatticeCell();
        var images = new (int A, int B, int C)[atoms.Count];
        var seen = new bool[atoms.Count];
        var next = new Stack<int>();
        for (int first = 0; first < atoms.Count; first++)
        {
            if (seen[first]) continue;
            seen[first] = true;
            next.Push(first);
            while (next.TryPop(out int atom))
            {
                (int a, int b, int c) = images[atom];
                foreach ((int other, (int A, int B, int C) step) in bonds.Of(atom))
                {
                    (int, int, int) image = (a + step.A, b + step.B, c + step.C);
                    if (seen[other] && images[other] != image) throw Endless(atoms, atom, other);
                    if (seen[other]) continue;
                    (seen[other], images[other]) = (true, image);
                    next.Push(other);
                }
            }
        }

        double[] positions = [.. atoms.Positions];
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            if (images[atom] is (0, 0, 0)) continue;
            Move(positions, atom, cell.Translation(images[atom].A, images[atom].B, images[atom].C));
        }
        return positions;
    }

    private static void Move(double[] positions, int atom, Vector shift)
    {
        positions[3 * atom] += shift.X;
        positions[3 * atom + 1] += shift.Y;
        positions[3 * atom + 2] += shift.Z;
    }

    private static double[] Radii(Atoms atoms)
    {
        var radii = new double[atoms.Count];
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = Elements.CovalentRadius(atoms.AtomicNumbers[i])
                ?? throw Refuse(atoms, $"atom {i}, {atoms.SymbolOf(i)}, has no known covalent radius; give a bond length.");
        }
        return radii;
    }

    private static Exception Endless(Atoms atoms, int atom, int other) => Refuse(atoms,
        $"bonds connect atom {atom} ({atoms.SymbolOf(atom)}) through the periodic cell with an image of itself, by way of atom {other} ({atoms.SymbolOf(other)}): "
        + "a crystal, a polymer or molecules that touch have no whole molecules. Give a shorter bond length if these atoms are not bonded.");

    private static Exception Refuse(Atoms atoms, string problem) => atoms.Origin is { } origin
        ? new InvalidDataException($"{origin}: {problem}")
        : new InvalidOperationException(problem);

    /// <summary>The atoms that each atom is bonded to, and by how many lattice vectors they must move to be next to it.</summary>
    private sealed class Bonds(long[] offsets, long[] sources, (int, int, int)[] steps)
    {
        public IEnumerable<(int Other, (int A, int B, int C) Step)> Of(int atom)
        {
            for (long i = offsets[atom]; i < offsets[atom + 1]; i++)
            {
                if (sources[i] >= 0) yield return ((int)sources[i], steps[i]);
            }
        }

        public static Bonds Find(Atoms atoms, double longest, double[]? radii)
        {
            using var scope = NewDisposeScope();
            using Graph graph = ToGraph(atoms, longest);
            long[] offsets = [.. graph.Offsets.data<long>()], sources = [.. graph.Source.data<long>()];
            double[] shifts = [.. graph.Shifts!.data<double>()];
            Cell cell = atoms.LatticeCell();
            var steps = new (int, int, int)[sources.Length];
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                for (long i = offsets[atom]; i < offsets[atom + 1]; i++)
                {
                    var shift = new Vector(shifts[3 * i], shifts[3 * i + 1], shifts[3 * i + 2]);
                    int other = (int)sources[i];
                    Vector d = Position(atoms, other) - Position(atoms, atom) + shift;
                    if (radii is not null && d.Length > radii[atom] + radii[other] + Tolerance) sources[i] = -1;
                    steps[i] = (Whole(cell, 0, shift), Whole(cell, 1, shift), Whole(cell, 2, shift));
                }
            }
            return new Bonds(offsets, sources, steps);
        }

        private static Graph ToGraph(Atoms atoms, double longest)
        {
            try
            {
                return atoms.ToGraph(longest, ScalarType.Float64);
            }
            catch (ArgumentException error)
            {
                // It names the file already.
                throw atoms.Origin is null ? new InvalidOperationException(error.Message, error) : new InvalidDataException(error.Message, error);
            }
        }

        private static int Whole(Cell cell, int axis, Vector shift) => cell.Periodic[axis] ? (int)Math.Round(cell.Fraction(axis, shift)) : 0;

        private static Vector Position(Atoms atoms, int i) => new(atoms.Positions[3 * i], atoms.Positions[3 * i + 1], atoms.Positions[3 * i + 2]);
    }
}

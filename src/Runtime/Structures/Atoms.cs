using Vector = E3Gen.Cell.Vector;

namespace E3Gen;

/// <summary>
/// One structure: a molecule, a crystal or a frame of a trajectory, with whatever is known about it. Plain memory without tensors; lengths in Å where a file
/// does not say otherwise. Arrays are the caller's and not copied. <see cref="ExtendedXyz"/> reads and writes it.
/// </summary>
public sealed partial class Atoms
{
    /// <summary>A structure.</summary>
    /// <param name="atomicNumbers">Atomic number of each atom, 1 … 118; 0 for a place without an element (X): [N].</param>
    /// <param name="positions">x, y, z of each atom: [3N], finite.</param>
    /// <param name="cell">Lattice vectors as rows: [9]; null without a cell.</param>
    /// <param name="periodic">Which lattice vectors are periodic; all three if a cell is given, none otherwise.</param>
    /// <exception cref="ArgumentException">
    /// Lengths do not fit, a number is no element, a position is not finite, or lattice vectors of periodic directions are zero or linearly dependent.
    /// </exception>
    public Atoms(int[] atomicNumbers, double[] positions, double[]? cell = null, (bool A, bool B, bool C)? periodic = null)
    {
        ArgumentNullException.ThrowIfNull(atomicNumbers);
        ArgumentNullException.ThrowIfNull(positions);
        (AtomicNumbers, Positions, Cell) = (atomicNumbers, positions, cell);
        Periodic = periodic ?? (cell is not null, cell is not null, cell is not null);
        Validate();
    }

    /// <summary>Number of atoms N.</summary>
    public int Count => AtomicNumbers.Length;

    /// <summary>Atomic number of each atom, 0 for a place without an element: [N].</summary>
    public int[] AtomicNumbers { get; }

    /// <summary>x, y, z of each atom: [3N].</summary>
    public double[] Positions { get; }

    /// <summary>Lattice vectors as rows: [9]; null without a cell.</summary>
    public double[]? Cell { get; }

    /// <summary>Which lattice vectors are periodic.</summary>
    public (bool A, bool B, bool C) Periodic { get; }

    /// <summary>Whether any lattice vector is periodic.</summary>
    public bool IsPeriodic => Periodic.A || Periodic.B || Periodic.C;

    /// <summary>
    /// What a file calls the atoms, where this is more than their symbols (O1, H_w, D): [N]; null if it calls all of them by their symbols.
    /// </summary>
    public string[]? Labels { get; init; }

    /// <summary>Values of the whole structure by name, in the order of the file; the comment of a plain xyz file has the name <c>comment</c>.</summary>
    public OrderedDictionary<string, InfoValue> Info { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of each atom by name, besides species and positions, in the order of the file.</summary>
    public OrderedDictionary<string, AtomColumn> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>File, frame (from 0) and line, for messages; null if it was not read.</summary>
    public string? Origin { get; internal init; }

    /// <summary>The symbol of an atom's element: O, not O1.</summary>
    /// <param name="atom">The atom, from 0.</param>
    /// <returns>The symbol; X for a place without an element.</returns>
    public string SymbolOf(int atom) => Elements.Symbol(AtomicNumbers[atom]);

    /// <summary>Volume of the cell.</summary>
    /// <returns>In the cube of the unit of the lattice vectors.</returns>
    /// <exception cref="InvalidOperationException">There is no cell.</exception>
    public double Volume()
    {
        double[] c = Cell ?? throw new InvalidOperationException($"{Where}the structure has no cell and thus no volume.");
        return Math.Abs(new Vector(c[0], c[1], c[2]).Cross(new Vector(c[3], c[4], c[5])).Dot(new Vector(c[6], c[7], c[8])));
    }

    /// <summary>The same structure, its labels, info and columns (not copied), with other positions.</summary>
    /// <param name="positions">x, y, z of each atom: [3N], finite.</param>
    /// <returns>A new structure.</returns>
    /// <exception cref="ArgumentException">The number of positions does not fit, or one is not finite.</exception>
    public Atoms WithPositions(double[] positions)
    {
        var moved = new Atoms(AtomicNumbers, positions, Cell, Periodic) { Labels = Labels, Origin = Origin };
        foreach ((string name, InfoValue value) in Info) moved.Info.Add(name, value);
        foreach ((string name, AtomColumn column) in Columns) moved.Columns.Add(name, column);
        return moved;
    }

    /// <summary>The cell along periodic directions, with unit vectors along the others.</summary>
    internal Cell LatticeCell() => IsPeriodic ? new Cell(Cell!, Periodic) : E3Gen.Cell.Open;

    private string Where => Origin is null ? "" : $"{Origin}: ";

    internal void Validate()
    {
        if (Positions.Length != 3L * Count)
            throw new ArgumentException($"There are {Positions.Length} coordinates for {Count} atoms; give x, y and z of each.", "positions");
        int wrong = Array.FindIndex(AtomicNumbers, z => z is < 0 or > Elements.Last);
        if (wrong >= 0) throw new ArgumentException($"Atom {wrong} has the atomic number {AtomicNumbers[wrong]}; expected 0 … {Elements.Last}.", "atomicNumbers");
        wrong = Array.FindIndex(Positions, x => !double.IsFinite(x));
        if (wrong >= 0)
        {
            IEnumerable<string> point = Positions.Skip(wrong - wrong % 3).Take(3).Select(NumberText.Of);
            throw new ArgumentException($"Atom {wrong / 3} has the position ({string.Join(", ", point)}); positions must be finite.", "positions");
        }
        if (Cell is null)
        {
            if (IsPeriodic) throw new ArgumentException("Periodic directions need the lattice vectors: give a cell.", "periodic");
            return;
        }
        if (Cell.Length != 9) throw new ArgumentException($"The cell has {Cell.Length} numbers; expected 9, the lattice vectors one after another.", "cell");
        if (!Array.TrueForAll(Cell, double.IsFinite)) throw new ArgumentException($"The cell is ({string.Join(", ", Cell.Select(NumberText.Of))}); lattice vectors must be finite.", "cell");
        _ = LatticeCell();
    }
}

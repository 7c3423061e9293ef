using System.Globalization;
using WaterDensity.Systems;

namespace WaterDensity.Files;

/// <summary>
/// Reads and writes the xyz format: number of atoms, a comment, then one line "symbol x y z" (Å, laboratory frame) for each atom. One
/// structure a file.
/// </summary>
internal static class XyzFile
{
    /// <summary>Closer atoms than this (Å) are a broken file, not a molecule.</summary>
    private const double SmallestDistance = 0.3;

    public static Molecule Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.", path);
        return Parse(File.ReadAllLines(path), path);
    }

    /// <exception cref="FormatException">Names the line and what is wrong with it.</exception>
    public static Molecule Parse(string[] lines, string name)
    {
        if (lines.Length == 0 || !int.TryParse(lines[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int atoms)
            || atoms == 0)
            throw Error(name, 1, $"expected the number of atoms, found '{(lines.Length == 0 ? "" : lines[0])}'");
        if (lines.Length < atoms + 2)
            throw Error(name, lines.Length, $"the file ends here, but line 1 promises {atoms} atoms (after a comment line)");
        for (int i = atoms + 2; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
                throw Error(name, i + 1, $"'{lines[i]}' follows the {atoms} atoms that line 1 promises; one structure a file, please");
        }

        var species = new int[atoms];
        var positions = new double[3 * atoms];
        for (int atom = 0; atom < atoms; atom++)
        {
            string line = lines[atom + 2];
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 4)
                throw Error(name, atom + 3, $"expected 'symbol x y z', found '{line}'");
            species[atom] = fields[0].ToUpperInvariant() switch
            {
                "H" or "1" => 0,
                "O" or "8" => 1,
                _ => throw Error(name, atom + 3,
                    $"element '{fields[0]}' is unknown to a network that was trained on water; only H and O are allowed"),
            };
            for (int axis = 0; axis < 3; axis++)
            {
                if (!double.TryParse(fields[axis + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    || !double.IsFinite(value))
                    throw Error(name, atom + 3, $"'{fields[axis + 1]}' is not a finite coordinate");
                positions[3 * atom + axis] = value;
            }
            RequireRoom(name, positions, atom);
        }
        return new Molecule(species, Frame.FromLaboratory(positions));
    }

    public static void Write(string path, Molecule molecule, string comment)
    {
        double[] positions = Frame.ToLaboratory(molecule.Positions);
        using var writer = new StreamWriter(path);
        writer.WriteLine(molecule.Atoms);
        writer.WriteLine(comment);
        for (int i = 0; i < molecule.Atoms; i++)
        {
            string symbol = molecule.Species[i] == 0 ? "H" : "O";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{symbol} {positions[3 * i],14:F8} {positions[3 * i + 1],14:F8} {positions[3 * i + 2],14:F8}"));
        }
    }

    private static void RequireRoom(string name, double[] positions, int atom)
    {
        for (int other = 0; other < atom; other++)
        {
            double sum = 0;
            for (int axis = 0; axis < 3; axis++)
                sum += Math.Pow(positions[3 * atom + axis] - positions[3 * other + axis], 2);
            if (sum < SmallestDistance * SmallestDistance)
                throw Error(name, atom + 3, string.Create(CultureInfo.InvariantCulture,
                    $"this atom is {Math.Sqrt(sum):F3} Å from the one on line {other + 3}; coordinates are in Å"));
        }
    }

    private static FormatException Error(string name, int line, string what) => new($"{name}, line {line}: {what}.");
}

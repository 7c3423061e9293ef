using System.Globalization;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Files;

/// <summary>
/// A scalar field in the Gaussian cube format: two comment lines, number of atoms and origin, three axes with their numbers of points, the
/// atoms, and the values with z running fastest; laboratory frame, lengths in bohr, values in electrons per bohr³ at the grid points.
/// </summary>
/// <param name="AtomicNumbers">One for each atom.</param>
/// <param name="Positions">x, y, z of every atom.</param>
/// <param name="Origin">First grid point.</param>
/// <param name="Counts">Points along x, y, z.</param>
/// <param name="Spacing">The same along all axes.</param>
/// <param name="Values">[x, y, z].</param>
internal sealed record CubeFile(
    string Comment, int[] AtomicNumbers, double[] Positions, double[] Origin, int[] Counts, double Spacing, double[] Values)
{
    private const int ValuesPerLine = 6;

    /// <summary>∫ of the field by the sum over the grid points.</summary>
    public double Integral => Values.Sum() * Spacing * Spacing * Spacing;

    /// <summary>Samples a density that lives in the data's frame.</summary>
    public static CubeFile Sample(DensityField field, Molecule molecule, UniformGrid grid, string comment, Action<double>? advance = null)
    {
        var laboratory = new LaboratoryGrid(grid);
        double[] values = laboratory.Sample(1, points => [field.Evaluate(points)], advance)[0];
        return new CubeFile(comment, [.. molecule.Species.Select(Molecule.AtomicNumber)], Frame.ToLaboratory(molecule.PositionsInBohr()),
            laboratory.Origin, laboratory.Counts, laboratory.Spacing, values);
    }

    /// <param name="path">The file to write.</param>
    /// <param name="advance">Is told which part is written, 0 … 1.</param>
    public void Write(string path, Action<double>? advance = null)
    {
        using var writer = new StreamWriter(path);
        writer.NewLine = "\n";
        writer.WriteLine(Comment);
        writer.WriteLine("electron density, e/bohr^3; z runs fastest");
        WriteRow(writer, AtomicNumbers.Length, Origin);
        for (int axis = 0; axis < 3; axis++)
        {
            var step = new double[3];
            step[axis] = Spacing;
            WriteRow(writer, Counts[axis], step);
        }
        for (int i = 0; i < AtomicNumbers.Length; i++)
            WriteRow(writer, AtomicNumbers[i], [AtomicNumbers[i], .. Positions[(3 * i)..(3 * i + 3)]]);
        for (int row = 0; row < Values.Length; row += Counts[2])
        {
            if (row / Counts[2] % 1024 == 0)
                advance?.Invoke((double)row / Values.Length);
            for (int k = 0; k < Counts[2]; k++)
            {
                WriteNumber(writer, Printable(Values[row + k]).ToString("0.00000E+00", CultureInfo.InvariantCulture), 13);
                if (k % ValuesPerLine == ValuesPerLine - 1 || k == Counts[2] - 1)
                    writer.WriteLine();
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> writes: axes along x, y, z with one spacing, lengths in bohr.</summary>
    public static CubeFile Read(string path)
    {
        using var reader = new StreamReader(path);
        string comment = reader.ReadLine() ?? "";
        reader.ReadLine();
        var numbers = new Queue<double>();
        double Next()
        {
            while (numbers.Count == 0)
            {
                string line = reader.ReadLine() ?? throw new InvalidDataException($"{path} ends too early.");
                foreach (string field in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                {
                    numbers.Enqueue(double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                        ? value : throw new InvalidDataException($"{path}: '{field}' is not a number."));
                }
            }
            return numbers.Dequeue();
        }
        double[] Three() => [Next(), Next(), Next()];

        int atoms = (int)Next();
        double[] origin = Three();
        var counts = new int[3];
        double spacing = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            counts[axis] = (int)Next();
            double[] step = Three();
            if (axis == 0)
                spacing = step[0];
            if (counts[axis] <= 0 || step[axis] != spacing || step.Sum(Math.Abs) != spacing)
            {
                throw new InvalidDataException(
                    $"{path}: only grids along x, y, z with one spacing in bohr are read, not {counts[axis]} steps of ({string.Join(", ", step)}).");
            }
        }
        var atomicNumbers = new int[atoms];
        var positions = new double[3 * atoms];
        for (int i = 0; i < atoms; i++)
        {
            atomicNumbers[i] = (int)Next();
            Next();
            Three().CopyTo(positions, 3 * i);
        }
        var values = new double[counts[0] * counts[1] * counts[2]];
        for (int i = 0; i < values.Length; i++)
            values[i] = Next();
        return new CubeFile(comment, atomicNumbers, positions, origin, counts, spacing, values);
    }

    private static void WriteRow(StreamWriter writer, int count, double[] values)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{count,5}"));
        foreach (double value in values)
            WriteNumber(writer, value.ToString("F6", CultureInfo.InvariantCulture), 12);
        writer.WriteLine();
    }

    /// <summary>Numbers that fill their columns are still apart from the ones before.</summary>
    private static void WriteNumber(StreamWriter writer, string number, int width)
    {
        writer.Write(' ');
        writer.Write(number.PadLeft(width - 1));
    }

    /// <summary>Far from the molecules densities have exponents of three digits, for which there is no column.</summary>
    private static double Printable(double value) => Math.Abs(value) < 1e-99 ? 0 : value;
}

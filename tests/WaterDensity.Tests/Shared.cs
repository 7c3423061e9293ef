using System.Globalization;
using E3Gen;
using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>What several tests need.</summary>
internal static class Shared
{
    private const int ValidationTetramer = 635;

    private static readonly Lazy<WaterDataset> Loaded = new(() => WaterDataset.Load());

    public static WaterDataset Dataset => Loaded.Value;

    /// <summary>Some molecules to learn from, and a tetramer to validate with.</summary>
    public static WaterDataset SmallDataset => Dataset.Where(s => s.Waters <= 2 && s.Index % 10 == 0 || s.Index == ValidationTetramer);

    public static AuxiliaryBasis Basis => Dataset.Basis;

    public static WaterSystem[] TestTetramers => [.. Dataset.Of(Split.Test).Where(s => s.Waters == 4)];

    /// <summary>A system as others see it.</summary>
    public static Atoms AtomsOf(Molecule molecule)
        => new([.. molecule.Species.Select(Molecule.AtomicNumber)], Frame.ToLaboratory(molecule.Positions));

    /// <summary>Runs the program, and returns its exit code and what it says on the error output.</summary>
    public static async Task<(int Code, string Errors)> Errors(string[] arguments)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await Commands.Application.RunAsync(arguments), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    /// <summary>Does something where decimals have this separator (the invariant mode of globalization knows no real countries).</summary>
    public static async Task<T> InCountry<T>(string separator, Func<Task<T>> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (separator, separator == "." ? "," : ".");
        CultureInfo.CurrentCulture = culture;
        try
        {
            return await action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>A proper rotation without any symmetry.</summary>
    public static torch.Tensor Rotation()
    {
        torch.Tensor Angle(double a) => torch.tensor(a, torch.float64);
        return O3.AnglesToMatrix(Angle(0.7), Angle(1.9), Angle(-2.3));
    }

    /// <summary>Rotates x, y, z of every atom.</summary>
    public static double[] Rotate(double[] positions, torch.Tensor rotation)
        => torch.tensor(positions, [positions.Length / 3, 3]).mm(rotation.t()).flatten().data<double>().ToArray();

    public static PointSet Points(params double[] coordinates)
    {
        var points = new PointSet(coordinates.Length / 3);
        for (int i = 0; i < coordinates.Length; i += 3)
            points.Add(coordinates[i], coordinates[i + 1], coordinates[i + 2], 1);
        return points;
    }

    /// <summary>Coordinates of some points around a molecule, near and far from nuclei.</summary>
    public static double[] Probes(double[] positions, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).SelectMany(i =>
        {
            int atom = i % (positions.Length / 3);
            double reach = 0.1 + 3 * random.NextDouble();
            return Enumerable.Range(0, 3).Select(axis => positions[3 * atom + axis] + reach * (2 * random.NextDouble() - 1));
        })];
    }
}

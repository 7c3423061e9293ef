using System.Globalization;
using System.IO.Compression;
using E3Gen;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Networks;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Report;

/// <summary>The study's numbers in one tidy table, a gzipped CSV, which figures and summary are made from.</summary>
internal static class ResultTable
{
    /// <summary>ε_ρ and ε_l (Place: the size of the systems), fractions.</summary>
    public const string DensityError = "density_error";

    /// <summary>ε_ρ of isolated atoms.</summary>
    public const string IsolatedAtoms = "density_error_of_isolated_atoms";

    private const string Header = "experiment,condition,network,hidden_lmax,copies,parameters,target,systems,seed,step,quantity,place,l,value";

    /// <summary>What of the powers goes into the table; a run's own file has those of all operations.</summary>
    private static readonly (string Quantity, string Operation)[] Powers =
    [
        (Quantity.FeaturePower, "Gate"),
        (Quantity.FeatureGradientPower, "Gate"),
        (Quantity.WeightPower, "Convolve"),
        (Quantity.WeightGradientPower, "Convolve"),
        (Quantity.WeightPower, "Linear2"),
    ];

    public static IEnumerable<ResultRow> Of(RunResult run)
    {
        RunSpec spec = run.Spec;
        Architecture network = Architecture.Of(spec.Network);
        string condition = spec.Experiment switch
        {
            GridB.Experiment => Condition.Of(spec).Name,
            GridC.Experiment => spec.Metric.ToString().ToLowerInvariant(),
            _ => "",
        };
        ResultRow Row(int step, string quantity, string place, int? l, double value) => new(
            spec.Experiment, condition, spec.Network, network.HiddenLMax, network.Copies.ToString().ToLowerInvariant(), run.Parameters, TargetName(spec.Degrees),
            spec.Systems, spec.Seed, step, quantity, place, l, value);

        foreach ((string set, double[] errors) in run.Errors)
        {
            for (int l = 0; l < errors.Length; l++)
                yield return Row(spec.Steps, $"final_{Quantity.Error}", set, l, errors[l]);
        }
        foreach (Measurement m in run.Measurements.Where(IsKept))
            yield return Row(m.Step, m.Quantity, m.Place, m.L, m.Value);
        foreach (DensityErrors d in run.Densities)
        {
            yield return Row(spec.Steps, DensityError, $"{d.Waters}", null, d.Error);
            yield return Row(spec.Steps, IsolatedAtoms, $"{d.Waters}", null, d.IsolatedAtoms);
            for (int l = 0; l < d.ByDegree.Length; l++)
                yield return Row(spec.Steps, DensityError, $"{d.Waters}", l, d.ByDegree[l]);
        }
    }

    public static string TargetName(IReadOnlyList<int> degrees) => degrees.Count == DegreeBlocks.Degrees ? "all" : string.Join('-', degrees);

    /// <summary>The width in a network's name: "paper" or "quarter".</summary>
    public static string WidthOf(string network) => network.Split('-')[0];

    /// <summary>The layer of a place such as "layers.0.first.Gate", counted from 1.</summary>
    public static int LayerOf(string place) => int.Parse(place.Split('.')[1], CultureInfo.InvariantCulture) + 1;

    public static void Save(string path, IEnumerable<ResultRow> rows) => AtomicFile.Write(path, stream => Write(stream, rows));

    private static void Write(Stream stream, IEnumerable<ResultRow> rows)
    {
        using var writer = new StreamWriter(new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (ResultRow r in rows)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{r.Experiment},{r.Condition},{r.Network},{r.HiddenLMax},{r.Copies},{r.Parameters},{r.Target},{r.Systems},{r.Seed},{r.Step},{r.Quantity},{r.Place},{r.L},{r.Value:G6}"));
        }
    }

    /// <exception cref="InvalidDataException">The file is not what <see cref="Save"/> writes.</exception>
    public static List<ResultRow> Load(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        if (reader.ReadLine() != Header)
            throw new InvalidDataException($"{path} is not a table of this study; its first line should be {Header}.");
        var rows = new List<ResultRow>();
        for (int number = 2; reader.ReadLine() is { } line; number++)
        {
            string[] f = line.Split(',');
            try
            {
                int Integer(int i) => int.Parse(f[i], CultureInfo.InvariantCulture);
                rows.Add(new ResultRow(f[0], f[1], f[2], Integer(3), f[4], Integer(5), f[6], Integer(7), Integer(8), Integer(9), f[10], f[11],
                    f[12].Length == 0 ? null : Integer(12), double.Parse(f[13], CultureInfo.InvariantCulture)));
            }
            catch (Exception error) when (error is FormatException or IndexOutOfRangeException or OverflowException)
            {
                throw new InvalidDataException($"{path}, line {number}: '{line}' is not a row of the table ({error.Message}).", error);
            }
        }
        return rows;
    }

    private static bool IsKept(Measurement m) => m.Quantity == Quantity.Error
        || Powers.Any(p => m.Quantity == p.Quantity && m.Place.EndsWith(p.Operation, StringComparison.Ordinal));
}

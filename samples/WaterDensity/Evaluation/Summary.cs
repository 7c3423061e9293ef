using System.Text.Json;
using System.Text.Json.Serialization;
using E3Gen;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Evaluation;

/// <summary>Means over the systems of one size. Errors are fractions (0.01 = 1 %).</summary>
/// <param name="DensityError">ε_ρ.</param>
/// <param name="DensityErrorByDegree">ε_l, l = 0 … 4.</param>
/// <param name="LargestElectronError">Largest relative error of the number of electrons.</param>
/// <param name="DipoleError">Mean of |μ − μ_ref|, e·bohr.</param>
internal sealed record SizeSummary(
    int Waters, int Systems, double DensityError, double[] DensityErrorByDegree, double IsolatedAtomsError,
    double[] IsolatedAtomsErrorByDegree, double LargestElectronError, double DipoleError, double MeanDipole);

/// <summary>Results on a set of systems, by size.</summary>
internal sealed record Summary(string Level, Split Split, double GridSpacing, IReadOnlyList<SizeSummary> Sizes)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Summary Of(string level, Split split, double spacing, IEnumerable<SystemResult> results)
        => new(level, split, spacing, [.. results.GroupBy(r => r.System.Waters).OrderBy(g => g.Key).Select(g => OfSize(g.Key, [.. g]))]);

    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, this, Json);
        stream.WriteByte((byte)'\n');
    });

    private static SizeSummary OfSize(int waters, SystemResult[] results) => new(
        waters, results.Length, results.Average(r => r.Density.Error), ByDegree(results, r => r.Density),
        results.Average(r => r.IsolatedAtoms.Error), ByDegree(results, r => r.IsolatedAtoms), results.Max(r => r.ElectronError),
        results.Average(r => r.DipoleError), results.Average(r => r.Dipole));

    private static double[] ByDegree(SystemResult[] results, Func<SystemResult, DensityComparison> of)
        => [.. Enumerable.Range(0, DensityField.Degrees).Select(l => results.Average(r => of(r).ErrorOf(l)))];
}

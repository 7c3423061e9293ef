using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

/// <summary>Counts of outcomes.</summary>
internal sealed partial class Summary(IReadOnlyList<Outcome> outcomes)
{
    /// <summary>A word that is in fewer proven programs than this is not much tested.</summary>
    private const int Enough = 20;

    public IReadOnlyList<Outcome> FalseProofs { get; } = [.. outcomes.Where(o => o.IsFalseProof)];

    /// <summary>Programs that were measured.</summary>
    public int Count { get; } = outcomes.Count(o => o.Measured != Measured.Nothing);

    /// <summary>Equivariant programs that build.</summary>
    public int Proven { get; } = outcomes.Count(o => o.Stopped is null && o.Measured == Measured.Equivariant);

    /// <summary>Programs that build without the verdict that they are proven.</summary>
    public IReadOnlyList<Outcome> Unproven { get; } = [.. outcomes.Where(o => o.Stopped is null && o.Measured != Measured.Nothing && !o.IsProven)];

    private IEnumerable<Outcome> StoppedInVain => outcomes.Where(o => o.Stopped is not null && o.Measured == Measured.Equivariant);

    /// <summary>How many proven programs each operation is in.</summary>
    public IReadOnlyDictionary<string, int> Coverage => outcomes.Where(o => o.Stopped is null && o.Measured == Measured.Equivariant)
        .SelectMany(o => Words(o.Source)).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());

    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.AppendLine(culture, $"{outcomes.Count} programs, {Count} measured");
        text.AppendLine(culture, $"  built, equivariant        {Proven,6}   of these with the verdict {Verdicts.Proven} {outcomes.Count(o => o.IsProven && o.Stopped is null && o.Measured == Measured.Equivariant)}");
        text.AppendLine(culture, $"  built, NOT equivariant    {FalseProofs.Count,6}   of these with the verdict {Verdicts.Proven} {FalseProofs.Count(o => o.IsProven)}");
        text.AppendLine(culture, $"  stopped, equivariant      {StoppedInVain.Count(),6}");
        text.AppendLine(culture, $"  stopped, not equivariant  {outcomes.Count(o => o.Stopped is not null && o.Measured == Measured.NotEquivariant),6}");
        text.AppendLine(culture, $"not measured: {string.Join("; ", outcomes.Where(o => o.Measured == Measured.Nothing).GroupBy(o => Short(o.Report)).OrderByDescending(g => g.Count()).Take(12).Select(g => $"{g.Count()}× {g.Key}"))}");
        text.AppendLine("why equivariant programs are stopped:");
        foreach (var reason in StoppedInVain.GroupBy(o => o.Stopped!).OrderByDescending(g => g.Count()).Take(60))
        {
            text.AppendLine(culture, $"  {reason.Count(),5} {reason.Key}   e.g. program {reason.MinBy(o => o.Source.Length)!.Program.Index}");
        }

        var all = outcomes.SelectMany(o => Words(o.Source)).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        var coverage = Coverage;
        text.AppendLine("how many proven programs (of all) each operation is in:");
        text.AppendLine("  " + string.Join(", ", coverage.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}/{all[c.Key]}")));
        text.AppendLine(culture, $"in fewer than {Enough}: {string.Join(", ", all.Keys.Where(w => coverage.GetValueOrDefault(w) < Enough).Order().Select(w => $"{w} {coverage.GetValueOrDefault(w)}/{all[w]}"))}");
        return text.ToString();
    }

    /// <summary>The names of members that a program calls, in-place ones apart, and attributes of operations.</summary>
    private static IEnumerable<string> Words(string source) => Word().Matches(source).Select(m => m.Groups[1].Value).Where(w => !w.Any(char.IsDigit) || w is "log1p" or "expm1" or "exp2" or "relu6").Distinct();

    private static string Short(string report) => Address().Replace(report.Split('\n')[0], "") is var line && line.Length > 90 ? line[..90] : line;

    [GeneratedRegex(@"(?:\.|\[)(\w+)\(")]
    private static partial Regex Word();

    [GeneratedRegex(@"^.*?\): ")]
    private static partial Regex Address();
}

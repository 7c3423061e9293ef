using System.Globalization;
using System.Text;

namespace E3Gen.Potentials;

/// <summary>What <see cref="PotentialJudge"/> found.</summary>
public sealed class PotentialReport
{
    internal PotentialReport(string subject, IReadOnlyList<Judgement> judgements) => (Subject, Judgements) = (subject, judgements);

    /// <summary>Class of the potential, its numbers, and how many structures it was judged on.</summary>
    public string Subject { get; }

    /// <summary>Everything that was checked, in the order of the report.</summary>
    public IReadOnlyList<Judgement> Judgements { get; }

    /// <summary>Whether no check failed or threw.</summary>
    public bool Passed => Judgements.All(j => j.IsGood);

    /// <summary>The judgements of a check.</summary>
    /// <param name="check">Its name, such as "permutation of atoms".</param>
    /// <returns>Those of that name.</returns>
    public IEnumerable<Judgement> Of(string check) => Judgements.Where(j => j.Check == check);

    /// <summary>A table in plain text.</summary>
    /// <returns>Lines of check, quantity, measured number, tolerance, verdict.</returns>
    public override string ToString()
    {
        static string Number(double? value) => value is { } x ? x.ToString("0.0E+0", CultureInfo.InvariantCulture) : "";
        string[][] rows =
        [
            ["check", "quantity", "measured", "allowed", "unit", ""],
            .. Judgements.Select(j => new[] { j.Check, j.Quantity, Number(j.Measured), Number(j.Tolerance), j.Unit, j.Verdict.ToString().ToLowerInvariant() }),
        ];
        int[] widths = [.. Enumerable.Range(0, 6).Select(c => rows.Max(r => r[c].Length))];
        var text = new StringBuilder().AppendLine(Subject);
        for (int i = 0; i < rows.Length; i++)
        {
            string[] row = rows[i];
            text.AppendLine(string.Join("  ", row.Select((cell, c) => c is 2 or 3 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd());
            if (i > 0 && Judgements[i - 1] is { Verdict: not Verdict.Passed, Note.Length: > 0 } judged) text.AppendLine($"    {judged.Note}");
        }

        int bad = Judgements.Count(j => !j.IsGood);
        text.Append(bad == 0 ? "All checks passed." : string.Create(CultureInfo.InvariantCulture, $"{bad} of {Judgements.Count} checks did not pass."));
        return text.ToString();
    }
}

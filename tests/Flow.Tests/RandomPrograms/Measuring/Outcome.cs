using System.Runtime.Loader;
using System.Text.RegularExpressions;
using E3Gen.Flow.Tests.RandomPrograms.Language;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

/// <summary>What became of a program.</summary>
/// <param name="Program">The program.</param>
/// <param name="Source">Its text.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Report">The error measured, or why nothing could be.</param>
/// <param name="Stopped">Why it does not build; null where it does.</param>
/// <param name="IsProven">Whether the verdict says so.</param>
internal sealed partial record Outcome(RandomProgram Program, string Source, Measured Measured, string Report, string? Stopped, bool IsProven)
{
    public bool IsFalseProof => Stopped is null && Measured == Measured.NotEquivariant;

    public override string ToString() => $"program {Program.Index}{(IsProven ? " (with the verdict that it is proven)" : "")}: {Report}\n{Source}";

    /// <summary>Compiles, analyses and measures.</summary>
    public static IReadOnlyList<Outcome> Of(IReadOnlyList<RandomProgram> programs)
    {
        var verdicts = Verdicts.Of(programs);
        var context = new AssemblyLoadContext("random programs", isCollectible: true);
        using var image = verdicts.Image;
        var assembly = context.LoadFromStream(image);
        var outcomes = programs.Select((program, p) =>
        {
            if (verdicts.CompilerError(p) is { } error)
            {
                return new Outcome(program, program.Source(p), Measured.Nothing, error.ToString(), null, false);
            }

            var (measured, report) = Measurement.Of(program, assembly.GetType($"{RandomProgram.NamespaceOf(p)}.M{program.Index}")!);
            return new Outcome(program, program.Source(p), measured, report, verdicts.Error(p) is { } stop ? Reason(stop.Id, stop.GetMessage()) : null, verdicts.IsProven(p));
        }).ToList();
        context.Unload();
        return outcomes;
    }

    /// <summary>The ID and the operation that the message names first.</summary>
    private static string Reason(string id, string message) =>
        $"{id} {(Quoted().Match(message) is { Success: true } match ? match.Value : message[..Math.Min(message.Length, 60)])}";

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}

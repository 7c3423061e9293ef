using System.Diagnostics;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Measuring;
using E3Gen.Flow.Tests.RandomPrograms.Templates;
using Xunit.Abstractions;

namespace E3Gen.Flow.Tests.RandomPrograms;

/// <summary>
/// If it compiles, it is equivariant: random programs are analysed, then run before many frames. The environment variable E3GEN_RANDOM_BATCHES asks for so many batches
/// instead of the slice that always runs, E3GEN_RANDOM_SEED for other programs, E3GEN_RANDOM_PROGRAM for a single one by its number.
/// </summary>
[Trait("Category", "RandomPrograms")]
public sealed class RandomProgramTests(ITestOutputHelper output)
{
    private const int BatchSize = 200;
    private const int UsualBatches = 1;

    /// <summary>One in so many programs is made from a template.</summary>
    private const int TemplateShare = 6;

    private const int Shown = 5;

    private static readonly int? Batches = Number("E3GEN_RANDOM_BATCHES");
    private static readonly int Seed = Number("E3GEN_RANDOM_SEED") ?? 2026;
    private static readonly int? Single = Number("E3GEN_RANDOM_PROGRAM");

    [Fact]
    public void What_is_proven_is_equivariant()
    {
        var watch = Stopwatch.StartNew();
        var summary = new Summary([.. Enumerable.Range(0, Single is null ? Batches ?? UsualBatches : 1).SelectMany(Run)]);
        output.WriteLine($"seed {Seed}, {watch.Elapsed.TotalSeconds:F1} s, {summary.Count / watch.Elapsed.TotalSeconds:F0} programs a second, {Environment.CpuUsage.TotalTime.TotalSeconds:F0} s of processors\n{summary}");
        if (Single is not null)
        {
            return;
        }

        var shown = summary.FalseProofs.OrderBy(o => o.Source.Length).Take(Shown).Select(o => Batches is null ? o : Shrinking.Shrink(o));
        Assert.True(summary.FalseProofs.Count == 0, $"{summary.FalseProofs.Count} of {summary.Count} programs build and are not equivariant (seed {Seed}). The shortest:\n\n{string.Join("\n", shown)}");
        Assert.True(summary.Unproven.Count == 0, $"{summary.Unproven.Count} programs build without a verdict (seed {Seed}), as\n\n{summary.Unproven.FirstOrDefault()}");
        Assert.True(3 * summary.Proven >= summary.Count, $"{summary.Proven} of {summary.Count} programs are proven (seed {Seed})");
    }

    [Fact]
    public void A_seed_and_a_number_make_the_same_program_again() =>
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Write(i).Source(0)), Enumerable.Range(0, 20).Select(i => Write(i).Source(0)));

    /// <summary>Also with what stands in their holes second and third.</summary>
    [Fact]
    public void Blocks_without_mistakes_are_equivariant()
    {
        var outcomes = Outcome.Of([.. Blocks.All.SelectMany((block, b) => Enumerable.Range(0, 3).Select(way => block.Right((3 * b) + way, way)))]);
        Assert.True(outcomes.All(o => o.Measured == Measured.Equivariant), string.Join("\n", outcomes.Where(o => o.Measured != Measured.Equivariant)));
    }

    private IReadOnlyList<Outcome> Run(int batch)
    {
        var outcomes = Outcome.Of(Single is { } single ? [Write(single)] : [.. Enumerable.Range(batch * BatchSize, BatchSize).Select(Write)]);
        if (Single is not null)
        {
            output.WriteLine($"{outcomes[0].Measured}, {outcomes[0].Stopped ?? "not stopped"}\n{outcomes[0]}");
        }

        return outcomes;
    }

    private static RandomProgram Write(int index) => index % TemplateShare == 0 ? Template.Write(Seed, index) : Author.Write(Seed, index);

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : null;
}

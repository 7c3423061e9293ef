using System.Diagnostics;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>
/// Each rule is tested by running what it is about: what the analysis claims about the variables of short random methods is held against their values. The environment
/// variable E3GEN_RULES_SAMPLES asks for so many samples instead of the slice that always runs, E3GEN_RULES_SEED for others, E3GEN_RULES_SAMPLE for a single one by its number.
/// </summary>
[Trait("Category", "Rules")]
public sealed class ClaimTests(ITestOutputHelper output)
{
    private const int UsualSamples = 320;
    private const int BatchSize = 250;

    /// <summary>So many mistakes are enough.</summary>
    private const int Shown = 3;

    private static readonly int Samples = Number("E3GEN_RULES_SAMPLES") ?? UsualSamples;
    private static readonly int Seed = Number("E3GEN_RULES_SEED") ?? 2026;
    private static readonly int? Single = Number("E3GEN_RULES_SAMPLE");

    [Fact]
    public void What_the_analysis_claims_is_so()
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        Frame[] drawn = Frame.Three(new Dice(Seed, 1));
        var tally = new Tally();
        var mistakes = new List<(string What, Sample Sample)>();
        int written = 0;
        foreach (int[] batch in (Single is { } single ? [single] : Enumerable.Range(0, Samples)).Chunk(BatchSize))
        {
            if (mistakes.Count >= Shown)
            {
                break;
            }

            var samples = batch.Select(i => SampleWriter.Write(Seed, i, drawn[..2])).OfType<Sample>().ToList();
            written += samples.Count;
            foreach (var interpreted in Interpreted.Of(samples))
            {
                tally.Count(interpreted);
                if (new Trial(interpreted, Seed + 1, drawn).Mistake() is { } mistake)
                {
                    string name = mistake.Split(':')[0];
                    mistakes.Add(($"{mistake}\n  claimed: {(interpreted.Claims.TryGetValue(name, out var claim) ? Describe(claim) : "")}", interpreted.Sample));
                }

                if (Single is not null)
                {
                    output.WriteLine($"{interpreted.Sample.Text}\n{string.Join("\n", interpreted.Claims.Select(c => $"{c.Key}: {Describe(c.Value)}"))}");
                }
            }
        }

        output.WriteLine($"seed {Seed}, {written} samples, {tally.Said} claims, {watch.Elapsed.TotalSeconds:F1} s, {Environment.CpuUsage.TotalTime.TotalSeconds:F0} s of processors\n{tally}");
        Assert.True(mistakes.Count == 0, $"{mistakes.Count} of {written} samples are not as claimed (seed {Seed}). The shortest:\n\n{string.Join("\n", mistakes.OrderBy(m => m.Sample.Steps.Count).Take(Shown).Select(m => $"{m.What}\n{m.Sample.Text}"))}");
    }

    internal static string Describe(Generator.Flow.Values.TensorValue claim) =>
        $"[{(claim.HasMoreInFront ? "…, " : "")}{string.Join(", ", claim.Axes.Select(a => $"{a.Extent.Known?.ToString() ?? a.Extent.Key}{(a.Irreps is null ? "" : $" {a.Irreps}")}{(a.Runs.IsDefault ? "" : $" runs {string.Join("+", a.Runs)}")}"))}]"
        + $" parity {claim.Parity} weight {claim.Weight}{(claim.IsZero ? " zero" : "")} {claim.Numbers}{(claim.Written is null ? "" : $" polynomials along {claim.Written.Axis}")} memory {string.Join(",", claim.Memory)}";

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : null;
}

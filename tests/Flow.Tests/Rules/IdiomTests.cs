using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>What hand-written code does with tensors: something must be claimed of its result, and what is claimed is held against values.</summary>
[Trait("Category", "Rules")]
public sealed class IdiomTests
{
    private const int Seed = 2027;

    [Fact]
    public void Everything_that_is_claimed_is_so()
    {
        using var scope = NewDisposeScope();
        Frame[] frames = Frame.Three(new Dice(Seed, 1));
        var samples = Samples(Idiomatic.Followed).ToList();
        var mistakes = new List<string>();
        foreach (var interpreted in Interpreted.Of([.. samples.Select(s => s.Sample)]))
        {
            string last = interpreted.Sample.Steps[^1].Name, wanted = samples[interpreted.Sample.Index].Idiom.Claim;
            string claimed = interpreted.Claims.TryGetValue(last, out var claim) ? ClaimTests.Describe(claim).Split(" parity")[0] : "nothing";
            mistakes.AddRange(Expected(claimed, wanted) ? [] : [$"{claimed} is claimed, not {wanted}\n{interpreted.Sample.Text}"]);
            mistakes.AddRange(new Trial(interpreted, Seed + 1, frames).Mistake() is { } mistake ? [$"{mistake}\n{interpreted.Sample.Text}"] : []);
            Assert.True(Runs(interpreted.Sample), $"It throws:\n{interpreted.Sample.Text}");
        }

        Assert.True(mistakes.Count == 0, string.Join("\n", mistakes));
    }

    [Fact]
    public void Nothing_is_claimed_of_what_is_nearly_the_same()
    {
        var claimed = Interpreted.Of([.. Samples(Idiomatic.NotFollowed).Select(s => s.Sample)])
            .Where(i => i.Claims.TryGetValue(i.Sample.Steps[^1].Name, out var claim) && claim.Written is null).Select(i => i.Sample.Text).ToList();
        Assert.True(claimed.Count == 0, string.Join("\n", claimed));
    }

    /// <summary>Symbols of extents have other numbers in each analysis.</summary>
    private static bool Expected(string claimed, string wanted) =>
        System.Text.RegularExpressions.Regex.Replace(claimed, @"\d+:\d+(,\d+)*", "n") == wanted;

    private static IEnumerable<(Sample Sample, Idiom Idiom)> Samples(IReadOnlyList<Idiom> idioms) => idioms.Select((idiom, i) => (
        new Sample(i, Idiomatic.Arguments, [.. idiom.Steps.Select((s, n) => new Step($"t{n}", s.Code, [.. s.Operands.Select(o => o.ToString())]))]), idiom));

    private static bool Runs(Sample sample)
    {
        using var scope = NewDisposeScope();
        var dice = new Dice(Seed, sample.Index);
        return sample.Run([.. sample.Arguments.Select(a => a.Draw(dice, new Probe()))]).Count > 0;
    }
}

/// <summary>Operations one after the other, and what is to be claimed of the last result: "[n, 3 1x1o]".</summary>
internal sealed record Idiom(string Claim, params (Written<Tensor> Code, string[] Operands)[] Steps);

using E3Gen.Flow.Tests.RandomPrograms;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Generator.Flow.Rules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>
/// Random samples seldom come to the places where a rule ends. These stand there: a rule from which a condition is left out claims
/// something about one of them that is not so.
/// </summary>
[Trait("Category", "Rules")]
public sealed class EdgeTests(ITestOutputHelper output)
{
    private const int Seed = 2027;

    private static readonly IReadOnlyList<Edge> All =
    [
        .. Functions.All, .. Sums.All, .. Factors.All, .. Contractions.All, .. Lengths.All, .. Forms.All,
        .. Parts.All, .. Apart.All, .. Memories.All, .. Makers.All, .. Joins.All,
    ];

    /// <summary>Rules of functions that take invariants and nothing else.</summary>
    private static readonly HashSet<string> OfInvariants = ["remainder", "softmax", "std"];

    /// <summary>Rules whose claims <see cref="IdiomTests"/> measures.</summary>
    private static readonly HashSet<string> OfIdioms =
    [
        "diff", "cdist", "pairwise_distance", "mse_loss", "trace", "det", "svdvals", "eigvalsh", "baddbmm", "tensordot", "tile", "one_hot", "masked_select", "nonzero",
        "bincount", "topk", "index_fill", "diagonal",
    ];

    private static readonly Lazy<IReadOnlyList<Interpreted>> Followed =
        new(() => [.. Interpreted.Of([.. All.Select((edge, i) => new Sample(i, edge.Arguments, edge.Lines))])]);

    [Fact]
    public void What_is_claimed_where_a_rule_ends_is_so()
    {
        using var scope = NewDisposeScope();
        Layers.Learn();
        Frame[] frames = Frame.Three(new Dice(Seed, 1));
        var wrong = new List<string>();
        foreach (var (edge, followed) in All.Zip(Followed.Value))
        {
            if (Mistake(edge, followed, frames) is { } mistake)
            {
                string claims = string.Join("\n", followed.Claims.Select(c => $"{c.Key}: {ClaimTests.Describe(c.Value)}"));
                wrong.Add($"{edge.Name}: {mistake}\n{followed.Sample.Text}{claims}\n");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {All.Count}:\n\n{string.Join("\n", wrong)}");
    }

    [Fact]
    public void Every_rule_claims_something_of_what_depends_on_the_frame()
    {
        var tally = new Tally();
        foreach (var followed in Followed.Value)
        {
            tally.Count(followed);
        }

        output.WriteLine($"{All.Count} edges, {tally.Said} claims\n{tally}");
        Assert.Empty(TorchRules.Words.Except(OfIdioms).Except(tally.Words.Select(w => w.TrimEnd('!'))));
        var claimed = tally.Words.Except(tally.Silent).Select(w => w.TrimEnd('!'));
        Assert.Equal(OfInvariants.Order(), TorchRules.Words.Except(OfIdioms).Except(claimed).Order());
    }

    private static string? Mistake(Edge edge, Interpreted followed, IReadOnlyList<Frame> frames)
    {
        if ((Thrown(followed.Sample) ?? new Trial(followed, Seed, frames).Mistake()) is { } mistake)
        {
            return mistake;
        }

        // Polynomials of components say nothing about what they carry.
        var claims = edge.Lines.Select(l => followed.Claims.GetValueOrDefault(l.Name)).ToList();
        return edge.IsInside && claims.IndexOf(null) is >= 0 and var missing ? $"nothing is claimed of {edge.Lines[missing].Name}"
            : !edge.IsInside && claims.All(c => c is { Written: null }) ? "all of it is claimed"
            : null;
    }

    /// <summary>Code that throws shows nothing.</summary>
    private static string? Thrown(Sample sample)
    {
        try
        {
            var dice = new Dice(Seed, 1);
            _ = sample.Run([.. sample.Arguments.Select(a => a.Draw(dice, new Probe()))]);
            return null;
        }
        catch (Exception exception) when (Author.IsExpected(exception))
        {
            return $"it throws: {exception.Message}";
        }
    }
}

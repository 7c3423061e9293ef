using E3Gen.Potentials.Tests.Models;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Judging;

public sealed class PotentialJudgeTests(ITestOutputHelper output)
{
    private const string Symmetry = "rotation, inversion, translation", Permutation = "permutation of atoms", Batch = "several structures in one call",
        Smoothness = "smoothness at the cutoff", Work = "work along paths", Size = "separated molecules", Derivatives = "derivatives of the energy", Crystals = "crystals";

    private static readonly string[] All = [Symmetry, Permutation, Batch, Smoothness, Work, Size, Derivatives, Crystals];

    private static readonly Atoms[] Examples = [Structures.Cluster(5, 1), Structures.Cluster(7, 2), Structures.Crystal(3)];

    [Fact]
    public void A_sound_potential_passes()
    {
        PotentialReport report = Judge(PairPotential.Smooth());
        Assert.True(report.Passed, report.ToString());
        Assert.All(report.Judgements, j => Assert.Equal(Verdict.Passed, j.Verdict));
        Assert.Equal(All, report.Judgements.Select(j => j.Check).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_declared_network_passes(bool isDouble)
    {
        using var network = new NetworkPotential(1);
        if (!isDouble) network.to(float32);
        PotentialReport report = Judge(network);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(isDouble ? [] : [Work, Derivatives], report.Judgements.Where(j => j.Verdict == Verdict.Skipped).Select(j => j.Check));
    }

    [Fact]
    public void MACE_and_NequIP_pass()
    {
        random.manual_seed(3);
        using var mace = new DeclaredMace();
        using var nequip = new DeclaredNequIP();
        foreach (IPotential potential in new IPotential[] { mace, nequip })
        {
            ((nn.Module)potential).to(float64);
            PotentialReport report = Judge(potential);
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void Molecules_alone_pass_with_a_cell_made_up() => Assert.True(PotentialJudge.Judge(PairPotential.Smooth(), Examples[..2]).Passed);

    [Fact]
    public void A_direction_in_space_is_found() => AssertFails(BrokenPotential.Directional(), Symmetry);

    [Fact]
    public void An_order_of_atoms_is_found() => AssertFails(BrokenPotential.Ordered(), Permutation, Batch, Work, Size, Crystals);

    [Fact]
    public void A_mean_over_all_atoms_is_found() => AssertFails(BrokenPotential.MeanField(), Batch, Work, Size);

    [Fact]
    public void An_energy_without_forces_is_found() => AssertFails(BrokenPotential.Detached(), Derivatives, Work);

    [Fact]
    public void Forgotten_images_are_found() => AssertFails(BrokenPotential.WithoutImages(), Crystals, Smoothness, Work);

    [Fact]
    public void A_sharp_cutoff_is_found_and_measured()
    {
        PotentialReport report = AssertFails(PairPotential.Sharp(), Smoothness, Work);   // atoms of the structures cross it, too
        // The deepest pair: Ar is not among the examples, O-O is.
        Assert.Equal(Math.Abs(MorseAt(4)) * 1.3 * 1.3, report.Of(Smoothness).First(j => j.Quantity == "energy of a pair").Measured!.Value, 1e-8);
    }

    [Fact]
    public void A_jump_of_the_force_is_found_and_measured()
    {
        PotentialReport report = AssertFails(PairPotential.Linear(), Smoothness, Work);
        Judgement[] pair = [.. report.Of(Smoothness).Where(j => j.Quantity.EndsWith("of a pair", StringComparison.Ordinal))];
        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Failed], pair.Select(j => j.Verdict));
        Assert.Equal(Math.Abs(MorseAt(4)) * 1.3 * 1.3 / 4, pair[1].Measured!.Value, 1e-7);
    }

    [Fact]
    public void A_jump_of_the_slope_is_found_and_measured()
    {
        PotentialReport report = AssertFails(PairPotential.Cosine(), Smoothness);
        Judgement[] jumps = [.. report.Of(Smoothness)];
        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Passed, Verdict.Failed], jumps.Select(j => j.Verdict));
        // d²/dr² of V (1 + cos(π r / c)) / 2 at c: V (π/c)² / 2.
        Assert.Equal(Math.Abs(MorseAt(4)) * 1.3 * 1.3 * Math.Pow(Math.PI / 4, 2) / 2, jumps[2].Measured!.Value, 1e-5);
    }

    /// <summary>A switch far within the cutoff: of the energy, or of its slope alone.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Jumps_elsewhere_are_found(int smooth)
    {
        var potential = new PairPotential(4, x => PairPotential.SmoothStep(x) + PairPotential.Number(0.1) * (x - PairPotential.Number(0.7)).clamp_min(0).pow(smooth) * x.ge(0.7) * PairPotential.SmoothStep(x));
        PotentialReport report = AssertFails(potential, Work);
        Judgement pair = report.Of(Work).First();
        Assert.Equal(Verdict.Failed, pair.Verdict);
        double from = double.Parse(pair.Note.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(2.8, from, from + 0.04);
    }

    [Fact]
    public void What_is_thrown_is_reported_and_ends_no_judgement()
    {
        PotentialReport report = Judge(BrokenPotential.Throwing());
        Assert.False(report.Passed);
        Assert.Contains(report.Judgements, j => j.Verdict == Verdict.Error && j.Note.Contains("seven atoms", StringComparison.Ordinal));
        Assert.Contains(report.Of(Permutation), j => j.Verdict == Verdict.Passed);
        Assert.Contains("seven atoms", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(Verdict.Error, Assert.Single(Judge(BrokenPotential.NotANumber()).Judgements).Verdict);
    }

    [Fact]
    public void Unknown_elements_are_reported()
    {
        Judgement found = Assert.Single(PotentialJudge.Judge(PairPotential.Smooth(species: ["Si"]), Examples).Judgements);
        Assert.Contains("the potential knows Si", found.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_atom_alone_is_judged_as_far_as_it_goes()
    {
        PotentialReport report = PotentialJudge.Judge(PairPotential.Smooth(), [new Atoms([8], [0, 0, 0])]);
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(Verdict.Skipped, report.Of(Smoothness).Last().Verdict);
    }

    [Fact]
    public void Without_structures_there_is_no_judgement()
    {
        Assert.Throws<ArgumentException>(() => PotentialJudge.Judge(PairPotential.Smooth(), []));
        Assert.Throws<ArgumentException>(() => PotentialJudge.Judge(PairPotential.Smooth(), [new Atoms([], [])]));
    }

    private PotentialReport AssertFails(IPotential potential, params string[] checks)
    {
        PotentialReport report = Judge(potential);
        Assert.Equal(checks.Order(), report.Judgements.Where(j => !j.IsGood).Select(j => j.Check).Distinct().Order());
        Assert.DoesNotContain(report.Judgements, j => j.Verdict == Verdict.Error);
        return report;
    }

    private PotentialReport Judge(IPotential potential)
    {
        PotentialReport report = PotentialJudge.Judge(potential, Examples);
        output.WriteLine(report.ToString());
        return report;
    }

    private static double MorseAt(double r) => PairPotential.Depth * (Math.Pow(1 - Math.Exp(-PairPotential.Width * (r - PairPotential.Length)), 2) - 1);
}

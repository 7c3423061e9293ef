using E3Gen.Potentials.Tests.Models;

namespace E3Gen.Potentials.Tests.Judging;

public sealed class CommitteeTests
{
    private static readonly Atoms[] Pair = [Structures.Cluster(3, 1), Structures.Cluster(5, 2)];

    [Fact]
    public void Mean_and_spread_are_those_of_the_members()
    {
        // Wells of 1, 2 and 6: mean 3, standard deviation √((4 + 1 + 9) / 2) = √7.
        var committee = new Committee([PairPotential.Smooth(depth: 1), PairPotential.Smooth(depth: 2), PairPotential.Smooth(depth: 6)]);
        CommitteeResult result = committee.Evaluate(Pair);
        using PotentialResult one = PairPotential.Smooth(depth: 1).Evaluate(Pair, TorchSharp.torch.float64);
        double[] energies = [.. one.Energies.data<double>()], forces = [.. one.Forces!.data<double>()];
        for (int g = 0; g < 2; g++)
        {
            Assert.Equal(3 * energies[g], result.Energies[g], 1e-12);
            Assert.Equal(Math.Sqrt(7) * Math.Abs(energies[g]) / Pair[g].Count, result.EnergySpread[g], 1e-12);
        }

        for (int i = 0; i < 8; i++)
        {
            double norm = Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(forces[(3 * i) + axis], 2)));
            Assert.Equal(Math.Sqrt(7) * norm, result.ForceSpread[i], 1e-12);
            Assert.Equal(3 * forces[3 * i], result.Forces[3 * i], 1e-12);
        }

        Assert.Equal(2 * energies[1], result.Of(1).Energies[1], 1e-12);
        ErrorAgainstSpread compared = result.CompareForces(forces);
        Assert.Equal(result.ForceSpread.Select(s => s * 2 / Math.Sqrt(7)), compared.Errors, Near);
        Assert.Equal(1, compared.RankCorrelation(), 1e-12);
        Assert.Equal(Math.Abs(2 * energies[0]) / 3, result.CompareEnergies(energies).Errors[0], 1e-12);
    }

    [Fact]
    public void Stresses_are_those_of_the_members()
    {
        double[] cell = [4, 0, 0, 0, 4.5, 0, 0.5, 0, 5];
        var crystal = new Atoms(Pair[0].AtomicNumbers, Pair[0].Positions, cell, (true, true, true));
        CommitteeResult result = new Committee([PairPotential.Smooth(depth: 1), PairPotential.Smooth(depth: 2), PairPotential.Smooth(depth: 6)]).Evaluate([Pair[1], crystal], stresses: true);
        using PotentialResult one = PairPotential.Smooth(depth: 1).Evaluate([crystal], TorchSharp.torch.float64, virials: true);
        double[] stress = [.. one.Virials!.contiguous().data<double>().Select(w => -w / crystal.Volume())];
        Assert.Equal(new double[9], result.Stresses![..9]);
        Assert.Equal(stress.Select(s => 3 * s), result.Stresses[9..], Near);
        Assert.Equal(stress.Select(s => Math.Sqrt(7) * Math.Abs(s)), result.StressSpread![9..], Near);
        Assert.Null(new Committee([PairPotential.Smooth(), PairPotential.Smooth()]).Evaluate(Pair).Stresses);
    }

    [Fact]
    public void Elements_may_stand_in_another_order_and_cutoffs_may_differ()
    {
        using NetworkPotential a = new(1), b = new(2, ["O", "H"]);
        CommitteeResult result = new Committee([a, b]).Evaluate(Pair);
        using PotentialResult alone = b.Evaluate(Pair, TorchSharp.torch.float64);
        Assert.Equal(alone.Energies.data<double>()[1], result.Of(1).Energies[1], 1e-12);

        CommitteeResult mixed = new Committee([PairPotential.Smooth(3), PairPotential.Smooth(4)]).Evaluate(Pair);
        using PotentialResult wide = PairPotential.Smooth(4).Evaluate(Pair, TorchSharp.torch.float64), narrow = PairPotential.Smooth(3).Evaluate(Pair, TorchSharp.torch.float64);
        Assert.Equal(wide.Energies.data<double>()[1], mixed.Of(1).Energies[1], 1e-12);
        Assert.Equal(narrow.Energies.data<double>()[1], mixed.Of(0).Energies[1], 1e-12);
    }

    [Fact]
    public void Members_must_fit()
    {
        Assert.Throws<ArgumentException>(() => new Committee([PairPotential.Smooth()]));
        Assert.Throws<ArgumentException>(() => new Committee([PairPotential.Smooth(), null!]));
        Assert.Contains("Si", Assert.Throws<ArgumentException>(() => new Committee([PairPotential.Smooth(), PairPotential.Smooth(species: ["Si"])])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Committee([PairPotential.Smooth(), PairPotential.Smooth()]).Evaluate([]));
        Assert.Throws<ArgumentException>(() => new Committee([PairPotential.Smooth(), PairPotential.Smooth()]).Evaluate(Pair).CompareForces([1, 2]));
    }

    [Fact]
    public void Ranks_are_correlated_as_Spearman_does()
    {
        Assert.Equal(1, new ErrorAgainstSpread([1, 2, 3], [10, 20, 90]).RankCorrelation(), 1e-12);
        Assert.Equal(-1, new ErrorAgainstSpread([1, 2, 3], [3, 2, 1]).RankCorrelation(), 1e-12);
        Assert.Equal(0, new ErrorAgainstSpread([1, 1, 1], [3, 2, 1]).RankCorrelation(), 1e-12);
        Assert.True(double.IsNaN(new ErrorAgainstSpread([1, double.NaN, 3], [1, 2, 3]).RankCorrelation()));
        // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4 about 2.5: (2.25 + 0 + 0 + 2.25) / √(4.5 · 5).
        Assert.Equal(4.5 / Math.Sqrt(22.5), new ErrorAgainstSpread([1, 5, 5, 7], [1, 2, 3, 4]).RankCorrelation(), 1e-12);
    }

    [Fact]
    public void Quantiles_are_of_rising_spread()
    {
        var pairs = new ErrorAgainstSpread([4, 1, 3, 2, 5], [40, 10, 30, 20, 50]);
        IReadOnlyList<(int Count, double Spread, double Error)> groups = pairs.Quantiles(2);
        Assert.Equal([2, 3], groups.Select(g => g.Count));
        Assert.Equal(Math.Sqrt((1 + 4) / 2.0), groups[0].Spread, 1e-12);
        Assert.Equal(10 * Math.Sqrt((9 + 16 + 25) / 3.0), groups[1].Error, 1e-12);
        Assert.Equal(5, pairs.Quantiles(50).Count);
        Assert.Contains("Spearman", pairs.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ErrorAgainstSpread([], []));
        Assert.Throws<ArgumentException>(() => new ErrorAgainstSpread([1], []));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}

using E3Gen.Potentials.Tests.Support;
using TorchSharp;

namespace E3Gen.Potentials.Tests.Data;

public class SplitAndStatisticsTests
{
    [Fact]
    public void ASplitIsAFunctionOfItsSeed()
    {
        LabelledStructure[] all = Samples.Learn(20);
        (IReadOnlyList<LabelledStructure> training, IReadOnlyList<LabelledStructure> validation) = RandomSplit.Draw(all, 0.2, seed: 7);
        Assert.Equal(4, validation.Count);
        Assert.Equal(all.ToHashSet(), training.Concat(validation).ToHashSet());
        Assert.Equal(validation, RandomSplit.Draw(all, 0.2, seed: 7).Validation);
        Assert.NotEqual(validation, RandomSplit.Draw(all, 0.2, seed: 8).Validation);
        Assert.Single(RandomSplit.Draw(all, 0.001, 1).Validation);
        Assert.Single(RandomSplit.Draw(all, 0.999, 1).Training);
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomSplit.Draw(all, 1, 1));
        Assert.Throws<ArgumentException>(() => RandomSplit.Draw(all[..1], 0.5, 1));
    }

    [Fact]
    public void EveryEpochHasItsOrder()
    {
        Assert.Equal(EpochOrder.Of(50, 3, 4), EpochOrder.Of(50, 3, 4));
        Assert.NotEqual(EpochOrder.Of(50, 3, 4), EpochOrder.Of(50, 3, 5));
        Assert.Equal(Enumerable.Range(0, 50), EpochOrder.Of(50, 3, 4).Order());
    }

    [Fact]
    public void StatisticsAreThoseOfTheTrainingSet()
    {
        LabelledStructure[] all = Samples.Learn(6);
        using var potential = new PairPotential(Samples.Species);
        PreparedStructure[] prepared = PreparedStructure.All(all, potential, torch.ScalarType.Float64);
        DatasetStatistics s = new TrainingData(all, all, Samples.References(all)).Statistics(prepared);
        double[] forces = [.. all.SelectMany(a => a.Forces!)];
        Assert.Equal(Math.Sqrt(forces.Average(f => f * f)), s.Scale, 1e-12);
        Assert.Equal(all.Average(a => (a.Energy!.Value - Enumerable.Range(0, a.Atoms.Count).Sum(i => Samples.AtomEnergies[a.Atoms.SymbolOf(i)])) / a.Atoms.Count), s.MeanEnergy, 1e-12);
        Assert.Equal(all.Sum(a => Pairs(a.Atoms, potential.Cutoff)) / (double)all.Sum(a => a.Atoms.Count), s.Neighbors, 1e-12);
        Assert.Equal([-1, -20], s.AtomEnergies);
        Array.ForEach(prepared, p => p.Dispose());
    }

    private static int Pairs(Atoms atoms, double cutoff)
    {
        int count = 0;
        for (int i = 0; i < atoms.Count; i++)
        {
            for (int j = 0; j < atoms.Count; j++)
            {
                double square = Enumerable.Range(0, 3).Sum(k => Math.Pow(atoms.Positions[3 * i + k] - atoms.Positions[3 * j + k], 2));
                if (i != j && square < cutoff * cutoff) count++;
            }
        }

        return count;
    }
}

using E3Gen.Potentials.Tests.Support;
using Potential.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

public class GatedPotentialTests
{
    /// <summary>Under rotations and reflections energies stay and forces turn along; that an energy of 0 would do so, too, is ruled out.</summary>
    [Fact]
    public void EnergiesAreInvariantAndForcesTurnAlong()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        Atoms atoms = Samples.Clusters(1)[0];
        IPotential potential = PotentialFile.Create(new PotentialDescription { Model = "gated", Species = Samples.Species, Cutoff = 4, DType = ScalarType.Float64 }, ModelList.Create);
        (Tensor q, _) = linalg.qr(randn([3, 3], float64));
        foreach (Tensor matrix in new[] { q, -q })
        {
            using PotentialResult here = potential.Evaluate([atoms], ScalarType.Float64);
            using Tensor positions = atoms.PositionTensor(ScalarType.Float64).mm(matrix);
            using PotentialResult there = potential.Evaluate([atoms.WithPositions([.. positions.contiguous().data<double>()])], ScalarType.Float64);
            Assert.True(here.Energies.allclose(there.Energies, rtol: 0, atol: 1e-10));
            Assert.True(here.Forces!.mm(matrix).allclose(there.Forces!, rtol: 0, atol: 1e-10));
            Assert.True(here.Forces!.abs().max().item<double>() > 1e-3);
        }
    }

    /// <summary>E0 of thousands of eV do not cost the energy its digits in float32: two structures differ as they do without.</summary>
    [Fact]
    public void LargeReferenceEnergiesCostNoDigits()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var statistics = new DatasetStatistics { Species = Samples.Species, AtomEnergies = [-20_000, -200_000], MeanEnergy = 0, Scale = 1, Neighbors = 3 };
        var potential = (GatedPotential)PotentialFile.Create(new PotentialDescription { Model = "gated", Species = Samples.Species, Cutoff = 4, DType = ScalarType.Float32 }, ModelList.Create);
        Atoms atoms = Samples.Clusters(1)[0], moved = atoms.WithPositions([.. atoms.Positions.Select((x, i) => i == 0 ? x + 0.01 : x)]);
        potential.Adapt(statistics with { AtomEnergies = [0, 0] });
        double without = Difference();
        potential.Adapt(statistics);
        Assert.Equal(without, Difference(), 1e-6);
        Assert.True(Math.Abs(without) > 1e-4);
        Assert.Contains("the potential has H, O", Assert.Throws<ArgumentException>(() => potential.Adapt(statistics with { Species = ["O", "H"] })).Message, StringComparison.Ordinal);

        double Difference()
        {
            Prediction[] both = [.. Predictor.Predict(potential, [new LabelledStructure(atoms), new LabelledStructure(moved)])];
            return both[1].Energy - both[0].Energy;
        }
    }

    /// <summary>Data without pairs say 0 neighbours, which nothing is divided by.</summary>
    [Fact]
    public void DataWithoutPairsGiveFiniteEnergies()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var potential = new GatedPotential(Samples.Species, 4);
        potential.Adapt(new DatasetStatistics { Species = Samples.Species, AtomEnergies = [-1, -20], MeanEnergy = 0, Scale = 1, Neighbors = 0 });
        Atoms[] structures = [new Atoms([8], [0, 0, 0]), Samples.Clusters(1)[0]];
        Assert.All(Predictor.Predict(potential, [.. structures.Select(a => new LabelledStructure(a))]), p => Assert.True(double.IsFinite(p.Energy) && p.Forces.All(double.IsFinite)));
    }

    /// <summary>A potential need be no module: it computes in float64 on the CPU.</summary>
    [Fact]
    public void PotentialsThatAreNoModulesPredict()
    {
        Prediction prediction = Predictor.Predict(new Tethers(2), [new LabelledStructure(new Atoms([1, 8], [3, 0, 0, 0, 4, 0]))]).Single();
        Assert.Equal(25, prediction.Energy, 1e-12);
        Assert.Equal([-6.0, 0, 0, 0, -8, 0], prediction.Forces);
    }
}

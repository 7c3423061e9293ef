using E3Gen.Potentials.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Losses;

/// <summary>The loss against its formula, number by number, over structures of which some lack an energy, forces or a stress.</summary>
public class PotentialLossTests
{
    [Theory]
    [InlineData(LossKind.Squared)]
    [InlineData(LossKind.Huber)]
    public void AgreesWithTheFormula(LossKind kind)
    {
        const double Delta = 0.05;
        using var scope = NewDisposeScope();
        Atoms[] atoms = [.. Samples.Clusters(3), .. Samples.Crystals(2)];
        atoms[0].Info.Remove("energy");
        atoms[1].Columns.Remove("forces");
        atoms[2].Info.Add("config_weight", new InfoValue(3.0));
        atoms[3].Info.Remove("stress");
        LabelledStructure[] structures = [.. atoms.Select(a => new LabelledStructure(a))];
        using var potential = new PairPotential(Samples.Species, strength: 1.3);
        PreparedStructure[] prepared = PreparedStructure.All(structures, potential, ScalarType.Float64);
        using var batch = new Batch(prepared, CPU);
        using PotentialResult result = Predictor.Evaluate(potential, batch, differentiable: true);
        var weights = new LossWeights(2, 30, 400);
        double loss = new PotentialLoss(kind, Delta).Compute(result, batch, weights).item<double>();

        Prediction[] predictions = [.. Predictor.Predict(potential, structures)];
        double energy = 0, forces = 0, stress = 0;
        (int energies, int components, int stresses) = (0, 0, 0);
        foreach ((LabelledStructure s, Prediction p) in structures.Zip(predictions))
        {
            if (s.Energy is { } e)
            {
                energy += s.Weight * Phi((p.Energy - e) / s.Atoms.Count);
                energies++;
            }

            forces += s.Forces is null ? 0 : s.Weight * s.Forces.Zip(p.Forces, (r, f) => Phi(f - r)).Sum();
            components += s.Forces?.Count ?? 0;
            stress += s.Stress is null ? 0 : s.Weight * s.Stress.Zip(p.Stress!, (r, f) => Phi(f - r)).Sum();
            stresses += s.Stress?.Count ?? 0;
        }

        Assert.Equal(9, stresses);
        Assert.Equal(2 * energy / energies + 30 * forces / components + 400 * stress / stresses, loss, 1e-10 * loss);
        Array.ForEach(prepared, p => p.Dispose());

        double Phi(double x) => kind == LossKind.Squared ? x * x : Math.Abs(x) < Delta ? x * x / 2 : Delta * (Math.Abs(x) - Delta / 2);
    }

    /// <summary>Who made the labels has no error; stresses and virials of files thus have the sign and the volume of the potential's.</summary>
    [Fact]
    public void TheTruthHasNoErrors()
    {
        LabelledStructure[] structures = [.. Samples.Crystals(4).Select(a => new LabelledStructure(a))];
        using var potential = new PairPotential(Samples.Species);
        foreach ((LabelledStructure s, Prediction p) in structures.Zip(Predictor.Predict(potential, structures, batchSize: 3)))
        {
            Assert.All(s.Forces!.Zip(p.Forces), f => Assert.Equal(f.First, f.Second, 1e-12));
            Assert.All(s.Stress!.Zip(p.Stress!), f => Assert.Equal(f.First, f.Second, 1e-12));
        }
    }

    [Fact]
    public void ErrorsAreMeans()
    {
        var sums = new ErrorSums();
        Assert.True(double.IsNaN(sums.Mae) && double.IsNaN(sums.Rmse));
        Array.ForEach([3.0, -4.0], sums.Add);
        Assert.Equal(3.5, sums.Mae);
        Assert.Equal(Math.Sqrt(12.5), sums.Rmse);
    }
}

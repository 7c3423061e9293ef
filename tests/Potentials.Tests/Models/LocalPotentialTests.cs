using E3Gen.Potentials.Tests.Support;
using Potential.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

public class LocalPotentialTests
{
    /// <summary>Symmetry, order of atoms, smoothness, derivatives, cells: everything that is measured of a potential.</summary>
    [Fact]
    public void ItPassesEveryCheck()
    {
        using IDisposable potential = Create("local", out IPotential local);
        PotentialReport report = PotentialJudge.Judge(local, [Structures.Cluster(5, 1), Structures.Cluster(7, 2), Structures.Crystal(3)]);
        Assert.True(report.Passed, report.ToString());
    }

    /// <summary>An atom does not feel what is beyond its cutoff radius, though a neighbour of it does; messages of other networks bring it there.</summary>
    [Theory]
    [InlineData("local", true)]
    [InlineData("gated", false)]
    public void NothingComesFromBeyondTheCutoff(string model, bool isLocal)
    {
        using var scope = NewDisposeScope();
        using IDisposable potential = Create(model, out IPotential tested);
        // 0–1 and 1–2 are neighbours, 0–2 are not.
        Atoms chain = new([8, 1, 8], [0, 0, 0, 3, 0, 0, 6, 0, 0]), moved = chain.WithPositions([0, 0, 0, 3, 0, 0, 6, 0.5, 0]);
        double[] before = Energies(chain), after = Energies(moved);
        Assert.True(Math.Abs(after[1] - before[1]) > 1e-6);
        Assert.Equal(isLocal, Math.Abs(after[0] - before[0]) < 1e-13);

        double[] Energies(Atoms atoms)
        {
            using PotentialResult result = tested.Evaluate([atoms], ScalarType.Float64);
            return [.. result.AtomEnergies.data<double>()];
        }
    }

    [Fact]
    public void ItLearns()
    {
        set_num_threads(1);
        random.manual_seed(1);
        LabelledStructure[] learn = Samples.Learn(10), watch = Samples.Learn(4, seed: 9);
        var description = new PotentialDescription { Model = "local", Species = Samples.Species, Cutoff = 4, DType = ScalarType.Float32 };
        var recorder = new Recorder();
        using var trainer = new Trainer(
            PotentialFile.Create(description, ModelList.Create), new TrainingData(learn, watch, Samples.References(learn)), new TrainingOptions { Epochs = 25, BatchSize = 4 });
        trainer.Run(recorder);
        Assert.True(recorder.Rows.Min(r => r.ValidLoss) < 0.3 * recorder.Rows[0].ValidLoss, $"{recorder.Rows[0].ValidLoss} → {recorder.Rows.Min(r => r.ValidLoss)}");
    }

    private static nn.Module Create(string model, out IPotential potential)
    {
        random.manual_seed(2);
        potential = PotentialFile.Create(new PotentialDescription { Model = model, Species = ["H", "O", "Ar"], Cutoff = 4, DType = ScalarType.Float64 }, ModelList.Create);
        return (nn.Module)potential;
    }
}

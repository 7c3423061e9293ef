using E3Gen;
using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Learning;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Tests;

/// <summary>Targets, loss, training and resuming, on a few small molecules.</summary>
public sealed class LearningTests : IDisposable
{
    private static readonly WaterDataset Small = Shared.SmallDataset;

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void ScalingIsInvertible()
    {
        TargetScaling scaling = TargetScaling.Fit(Shared.Basis, Small.Systems);
        WaterSystem system = Shared.TestTetramers[0];
        double[] back = scaling.ToCoefficients(system, scaling.FromCoefficients(system, system.Coefficients));
        for (int i = 0; i < back.Length; i++)
            Assert.Equal(system.Coefficients[i], back[i], 1e-11);
    }

    /// <summary>
    /// In the scaled variables one atom's overlap is the identity and the training set's covariance is diagonal, with the variances that
    /// the scaling states.
    /// </summary>
    [Fact]
    public void ScaledVariablesAreOrthonormalPrincipalComponents()
    {
        TargetScaling scaling = TargetScaling.Fit(Shared.Basis, Small.Systems);
        var functions = new FunctionList(Shared.Basis, [1]);
        Tensor overlap = tensor(OverlapMatrix.Compute(Shared.Basis, functions, [0, 0, 0]), [functions.Count, functions.Count]);
        Tensor metric = scaling.Transform[1].t().mm(overlap).mm(scaling.Transform[1]);
        Assert.True(metric.allclose(eye(functions.Count, dtype: float64), atol: 1e-9));

        Tensor Oxygens(WaterSystem s) => scaling.FromCoefficients(s, s.Coefficients).index_select(0, arange(0, s.Atoms, 3, int64));
        Tensor oxygens = cat([.. Small.Systems.Select(Oxygens)]);
        Tensor scalars = oxygens.narrow(1, 0, 12), covariance = scalars.t().mm(scalars).div(oxygens.shape[0]);
        Assert.True(covariance.allclose(scaling.Deviation[1].narrow(0, 0, 12).square().diag(), rtol: 1e-6, atol: 1e-12));
    }

    [Fact]
    public void LossIsTheSquaredErrorOfTheDensity()
    {
        TargetScaling scaling = TargetScaling.Fit(Shared.Basis, Small.Systems);
        var model = new DensityModel(scaling);
        WaterSystem[] systems = [.. Shared.TestTetramers[..2]];
        TrainingExample[] examples = [.. systems.Select(s => new TrainingExample(s, model.Prepare(s), scaling))];
        var loss = new DensityLoss(scaling, examples);
        using var batch = new Batch([.. examples.Select(e => e.Molecule)]);

        // Mean atoms: 1 by definition. A hundredth of the way off from the reference: 10⁻⁴.
        Tensor target = cat([.. examples.Select(e => e.Target)]);
        Assert.Equal(1, loss.Compare(examples, batch, zeros_like(target)).Density.item<float>(), 1e-5);
        Assert.Equal(1e-4, loss.Compare(examples, batch, target.mul(0.99)).Density.item<float>(), 1e-8);
        Assert.Equal(0, DensityLoss.Total(loss.Compare(examples, batch, target)).item<float>());
        Assert.All(loss.Compare(examples, batch, target.mul(0.99)).ByDegree.data<float>().ToArray(), v => Assert.InRange(v, 0.2e-4, 5e-4));
    }

    [Fact]
    public void ElectronsAreExactWhateverTheNetworkSays()
    {
        random.manual_seed(5);
        var model = new DensityModel(TargetScaling.Fit(Shared.Basis, Small.Systems));
        foreach (WaterSystem system in Shared.Dataset.Of(Split.Test).Where(s => s.Index % 20 == 0))
            Assert.Equal(system.Electrons, Moments.Electrons(Shared.Basis, system.Species, model.Predict(system)), 1e-5);
    }

    /// <summary>The whole way from geometry to density, in single precision.</summary>
    [Fact]
    public void DensityOfARotatedMoleculeIsTheRotatedDensity()
    {
        random.manual_seed(5);
        var model = new DensityModel(TargetScaling.Fit(Shared.Basis, Small.Systems));
        WaterSystem system = Shared.TestTetramers[0];
        Tensor rotation = Shared.Rotation();
        var rotated = new Molecule(system.Species, Shared.Rotate(system.Positions, rotation));

        double[] Evaluate(Molecule molecule, double[] coefficients, double[] probes)
            => new DensityField(Shared.Basis, molecule.Species, molecule.PositionsInBohr(), coefficients).Evaluate(Shared.Points(probes));
        double[] points = Shared.Probes(system.PositionsInBohr(), 60);
        double[] expected = Evaluate(system, model.Predict(system), points);
        double[] actual = Evaluate(rotated, model.Predict(rotated), Shared.Rotate(points, rotation));
        double[] isolated = Evaluate(system, Shared.Basis.IsolatedAtoms(system.Species), points);
        double learnt = expected.Zip(isolated, (e, i) => Math.Abs(e - i)).Max();
        Assert.True(learnt > 1e-2, "the network should change something");
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    [Fact]
    public void ShortTrainingLowersTheLossOfEveryDegree()
    {
        var trainer = new Trainer(Small, new TrainingOptions(Steps: 60, BatchSize: 4, Reports: 10));
        trainer.Run(new Silence(), _ => { });
        LossValues last = trainer.Curve.Points[^1].Validation;                    // mean atoms, where it starts from, are 1
        Assert.InRange(last.Density, 0, 0.1);
        for (int l = 1; l < DensityField.Degrees; l++)
            Assert.True(last.ByDegree[l] < 0.6, $"l = {l}: {last.ByDegree[l]}");
        Assert.InRange(trainer.Curve.Points[^1].DensityError, 0, 0.04);
    }

    [Fact]
    public void ResumedTrainingEndsWhereAnUninterruptedOneDoes()
    {
        WaterDataset tiny = Small.Where(s => s.Waters == 1 || s.Split == Split.Validation);
        var options = new TrainingOptions(Steps: 12, BatchSize: 4, Seed: 3, Reports: 2);
        var whole = new Trainer(tiny, options);
        whole.Run(new Silence(), _ => { });

        using var cancellation = new CancellationTokenSource();
        var half = new Trainer(tiny, options);
        half.Run(new Silence { At = (5, cancellation.Cancel) }, t => t.Save(path), cancellation.Token);
        Assert.Equal(5, half.Step);

        random.manual_seed(99);
        var rest = new Trainer(tiny, options, resumeFrom: path);
        Assert.Equal(5, rest.Step);
        rest.Run(new Silence(), t => t.Save(path));
        Assert.Equal(whole.Step, rest.Step);
        string[] Rows(Trainer trainer) => [.. trainer.Curve.Points.Select(p => $"{p.Step} {p.Train.Density:G6} {p.Validation.Density:G6} {p.DensityError:G6}")];
        Assert.Equal(Rows(whole), Rows(rest));

        WaterSystem system = tiny.Systems[0];
        Assert.Equal(whole.Model.Predict(system), rest.Model.Predict(system));
        Assert.Equal(whole.Model.Predict(system), Checkpoint.Load(path, tiny.Basis).Predict(system));
    }

    /// <summary>The format of version 0.1: every tensor by parameter.</summary>
    [Fact]
    public void CheckpointsNameEveryParameter()
    {
        WaterDataset tiny = Small.Where(s => s.Waters == 1 || s.Split == Split.Validation);
        var trainer = new Trainer(tiny, new TrainingOptions(Steps: 1, BatchSize: 4));
        trainer.Run(new Silence(), t => t.Save(path));
        using SafetensorsFile file = Safetensors.Read(path);
        var expected =
            from kind in new[] { "weight", "average", "first", "second" }
            from p in trainer.Model.Network.named_parameters()
            select $"{kind}.{p.name} {string.Join(" ", p.parameter.shape)}";
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            file.Entries.Where(e => !e.Key.StartsWith("scaling.", StringComparison.Ordinal)).Select(e => $"{e.Key} {string.Join(" ", e.Value.Shape)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CheckpointsOfOtherTrainingsAreRefused()
    {
        WaterDataset tiny = Small.Where(s => s.Waters == 1 || s.Split == Split.Validation);
        var trainer = new Trainer(tiny, new TrainingOptions(Steps: 1, BatchSize: 4));
        trainer.Run(new Silence(), t => t.Save(path));
        var otherSeed = new TrainingOptions(Steps: 1, BatchSize: 4, Seed: 2);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new Trainer(tiny, otherSeed, path));
        Assert.Contains("seed 1, not 2", error.Message);
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Load("no-such-checkpoint", tiny.Basis));
    }

    private sealed class Silence : ITrainingMonitor
    {
        public (long Step, Action Action) At { get; init; } = (-1, () => { });

        public void Advance(double progress, long step, double loss)
        {
            if (step == At.Step)
                At.Action();
        }

        public void Report(LearningCurvePoint point)
        {
        }
    }
}

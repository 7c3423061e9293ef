using System.Diagnostics;
using HierarchicalLearning.Networks;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Learning;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>Makes runs.</summary>
/// <param name="betweenCheckpoints">How often a run's state is saved; null for every minute.</param>
internal sealed class Trainer(StudyData data, TimeSpan? betweenCheckpoints = null)
{
    /// <summary>Norm that gradients are clipped to.</summary>
    private const double LargestGradient = 1;

    /// <summary>Part of a cosine schedule in which the rate rises.</summary>
    private const double WarmUp = 0.02;

    private readonly TimeSpan _betweenCheckpoints = betweenCheckpoints ?? TimeSpan.FromMinutes(1);

    /// <param name="checkpoint">Where the state is kept meanwhile, and resumed from if it is there.</param>
    /// <param name="stepMade">Told the number of steps made, after each.</param>
    /// <param name="cancellation">The step at hand is finished and saved.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; a run from the same checkpoint goes on.</exception>
    public RunResult Run(RunSpec spec, string checkpoint, Action<int>? stepMade = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        random.manual_seed(spec.Seed);
        using nn.Module<Tensor, Tensor, E3Gen.Graph, Tensor> network = Architecture.Of(spec.Network).Create();
        Tensor Predict(Batch batch) => WithAllColumns(network.forward(batch.Positions, batch.Nodes, batch.Graph));

        using var runScope = NewDisposeScope();
        Example[] training = data.TrainingSet(spec);
        var loss = new StudyLoss(spec, data.Blocks);
        using var adam = new AveragedAdam(network);
        (double secondsBefore, IReadOnlyList<Measurement> before) = RunCheckpoint.Resume(checkpoint, spec, adam);
        using Observer? observer = spec.Records ? new Observer(spec, data, training, loss, network, Predict, before) : null;
        double Seconds() => secondsBefore + clock.Elapsed.TotalSeconds;

        TimeSpan saved = clock.Elapsed;
        while (true)
        {
            int step = (int)adam.Step;
            if (observer is not null && Observer.IsObserved(step, spec.Steps) && observer.Measurements.All(m => m.Step != step))
                observer.Observe(step);
            if (step >= spec.Steps)
                break;
            MakeStep(spec, training, loss, adam, Predict);
            bool stop = cancellation.IsCancellationRequested;
            if (stop || clock.Elapsed - saved >= _betweenCheckpoints)
            {
                RunCheckpoint.Save(checkpoint, spec, adam, Seconds(), observer?.Measurements ?? []);
                saved = clock.Elapsed;
            }
            if (stop)
                throw new OperationCanceledException(cancellation);
            stepMade?.Invoke((int)adam.Step);
        }

        if (spec is { Schedule: Schedule.Cosine, Steps: > 0 })
            adam.UseAverage();
        return Evaluate(spec, network, training, Predict, observer?.Measurements ?? [], Seconds, cancellation);
    }

    private void MakeStep(RunSpec spec, Example[] training, StudyLoss loss, AveragedAdam adam, Func<Batch, Tensor> predict)
    {
        using var scope = NewDisposeScope();
        using var batch = new ExampleBatch(NextExamples(spec, training, (int)adam.Step));
        Tensor value = loss.Of(predict(batch.Inputs), batch);
        value.backward();
        adam.Advance(Rate(spec, (int)adam.Step), LargestGradient);
        if (!float.IsFinite(value.item<float>()))
            throw new ArithmeticException($"{spec.Key()}: the loss became {value.item<float>()} at step {adam.Step}; a smaller learning rate than {spec.LearningRate} may help.");
    }

    private RunResult Evaluate(
        RunSpec spec, nn.Module network, Example[] training, Func<Batch, Tensor> predict, IReadOnlyList<Measurement> measurements, Func<double> seconds, CancellationToken cancellation)
    {
        int largest = data.Dataset.Of(WaterDensity.Systems.Split.Train).Max(s => s.Waters);
        double[] Errors(Example[] examples)
        {
            using var batch = new ExampleBatch(examples);
            return Evaluation.ErrorByDegree(data.Blocks, predict, batch);
        }

        var errors = new Dictionary<string, double[]>
        {
            [Sets.Training] = Errors(training),
            [Sets.Test] = Errors(data.Unseen(spec, s => s.Waters <= largest)),
            [Sets.Larger] = Errors(data.Unseen(spec, s => s.Waters > largest)),
        };
        IReadOnlyList<DensityErrors> densities = spec.GridSpacing == 0 ? []
            : Evaluation.Densities(data.Dataset.Basis, data.Variables(spec), predict, data.Unseen(spec, _ => true), spec, cancellation);
        return new RunResult(spec, network.parameters().Sum(p => p.numel()), seconds(), errors, measurements, densities);
    }

    /// <summary>The systems of a step: a new order in each pass through the set, which follows from seed and step alone.</summary>
    private static Example[] NextExamples(RunSpec spec, Example[] training, int step)
    {
        int stepsPerPass = (training.Length + spec.BatchSize - 1) / spec.BatchSize;
        (int pass, int position) = Math.DivRem(step, stepsPerPass);
        int[] order = [.. Enumerable.Range(0, training.Length)];
        new Random(unchecked(spec.Seed * 1_000_003 + pass)).Shuffle(order);
        return [.. order.Skip(position * spec.BatchSize).Take(spec.BatchSize).Select(i => training[i])];
    }

    private static double Rate(RunSpec spec, int step)
    {
        if (spec.Schedule == Schedule.Constant)
            return spec.LearningRate;
        double progress = (double)step / spec.Steps;
        return spec.LearningRate * Math.Min(1, (step + 1) / (WarmUp * spec.Steps)) * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }

    /// <summary>Networks that cannot reach the last degree leave out its columns: they stay at t = 0.</summary>
    private static Tensor WithAllColumns(Tensor prediction)
    {
        long missing = AuxiliaryBasis.Columns - prediction.size(-1);
        return missing == 0 ? prediction : cat([prediction, zeros(prediction.size(0), missing)], dim: 1);
    }
}

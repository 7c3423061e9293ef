using E3Gen.Analysis;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>
/// Watches a training from outside at chosen steps: errors by degree on fixed sets, and the powers of features, weights and gradients on a fixed probe, in passes of its own that change
/// nothing.
/// </summary>
internal sealed class Observer : IDisposable
{
    /// <summary>Systems in the sets; enough that the powers of their features hardly depend on which.</summary>
    private const int ProbeSystems = 48;

    private readonly DegreeBlocks _blocks;
    private readonly StudyLoss _loss;
    private readonly nn.Module _network;
    private readonly Func<WaterDensity.Learning.Batch, Tensor> _predict;
    private readonly ExampleBatch _training, _validation;
    private readonly Recorder _recorder;
    private readonly PowerList _powers = new();
    private readonly List<Measurement> _measurements;

    public Observer(RunSpec spec, StudyData data, Example[] training, StudyLoss loss, nn.Module network, Func<WaterDensity.Learning.Batch, Tensor> predict,
        IEnumerable<Measurement> before)
    {
        (_blocks, _loss, _network, _predict) = (data.Blocks, loss, network, predict);
        _training = new ExampleBatch([.. training.Take(ProbeSystems)]);
        _validation = new ExampleBatch(data.Validation(spec));
        _recorder = new Recorder(network, _powers);
        _measurements = [.. before];
    }

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>Steps that are observed: 0, then about twelve for each factor of ten, and the last.</summary>
    public static bool IsObserved(int step, int last)
    {
        if (step == 0 || step == last)
            return true;
        const int PerDecade = 12;
        return (int)(PerDecade * Math.Log10(step)) != (int)(PerDecade * Math.Log10(step + 1));
    }

    public void Observe(int step)
    {
        AddErrors(step, Sets.Training, _training);
        AddErrors(step, Sets.Validation, _validation);
        using (_recorder.Step(step))
        {
            using var scope = NewDisposeScope();
            _loss.Of(_predict(_training.Inputs), _training).backward();
        }
        _network.zero_grad();
        foreach (IGrouping<(Quantities, string, int), PowerRow> rows in _powers.Rows.Where(r => r.Step == step).GroupBy(r => (r.Quantity, r.Operation, r.L)))
        {
            // Of the segments of one degree (its two parities, or the paths that yield it) the mean over all channels.
            double channels = rows.Sum(r => (double)r.Channels);
            string quantity = rows.Key.Item1 switch
            {
                Quantities.Features => Quantity.FeaturePower,
                Quantities.FeatureGradients => Quantity.FeatureGradientPower,
                Quantities.Weights => Quantity.WeightPower,
                _ => Quantity.WeightGradientPower,
            };
            _measurements.Add(new Measurement(step, quantity, rows.Key.Item2, rows.Key.Item3, rows.Sum(r => r.Channels * r.PowerPerComponent) / channels));
        }
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _training.Dispose();
        _validation.Dispose();
    }

    private void AddErrors(int step, string set, ExampleBatch batch)
    {
        double[] errors = Evaluation.ErrorByDegree(_blocks, _predict, batch);
        for (int l = 0; l < errors.Length; l++)
            _measurements.Add(new Measurement(step, Quantity.Error, set, l, errors[l]));
    }
}

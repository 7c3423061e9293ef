using System.Diagnostics;
using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>Told how the training goes.</summary>
internal interface ITrainingMonitor
{
    void Advance(double progress, long step, double loss);

    void Report(LearningCurvePoint point);
}

/// <summary>Trains on the dataset's training split and watches its validation split.</summary>
internal sealed class Trainer
{
    /// <summary>Spacing of the validation grid, bohr; coarser than for the final numbers.</summary>
    private const double ValidationSpacing = 0.3;

    private readonly TrainingOptions _options;
    private readonly TrainingExample[] _training, _validation;
    private readonly WaterSystem[] _largestValidation;
    private readonly DensityLoss _loss;
    private readonly AveragedAdam _adam;
    private readonly LossMean _recent = new();
    private readonly double _secondsBefore;
    private readonly Stopwatch _clock = new();

    /// <param name="resumeFrom">A checkpoint to go on from, or null to begin.</param>
    /// <param name="device">Where the network is; null for the CPU.</param>
    public Trainer(WaterDataset dataset, TrainingOptions options, string? resumeFrom = null, Device? device = null)
    {
        options.Validate();
        _options = options;
        random.manual_seed(options.Seed);
        WaterSystem[] systems = [.. dataset.Of(Split.Train)];
        AuxiliaryBasis basis = dataset.Basis;
        Model = new DensityModel(resumeFrom is null ? TargetScaling.Fit(basis, systems) : Checkpoint.Scaling(resumeFrom, basis), device);
        _training = [.. systems.Select(Example)];
        _validation = [.. dataset.Of(Split.Validation).Select(Example)];
        _largestValidation = [.. dataset.Of(Split.Validation).GroupBy(s => s.Waters).MaxBy(g => g.Key)
            ?? throw new InvalidDataException("The data have no validation systems.")];
        _loss = new DensityLoss(Model.Scaling, _training);
        _adam = new AveragedAdam(Model.Network);
        if (resumeFrom is not null)
            (_secondsBefore, Curve, _recent) = Checkpoint.Resume(resumeFrom, _adam, options);
    }

    public DensityModel Model { get; }

    public LearningCurve Curve { get; } = new();

    public long Step => _adam.Step;

    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    private double Progress => _options.Progress(Step, Seconds);

    private int StepsPerEpoch => (_training.Length + _options.BatchSize - 1) / _options.BatchSize;

    /// <summary>
    /// Trains to the end or, when cancelled, of the step at hand. The model is left with the averaged weights; <see cref="Save"/> is called at each report and
    /// at the end.
    /// </summary>
    public void Run(ITrainingMonitor monitor, Action<Trainer> save, CancellationToken cancellation = default)
    {
        _clock.Start();
        int reported = (int)(Progress * _options.Reports);
        while (Progress < 1 && !cancellation.IsCancellationRequested)
        {
            double progress = Progress;
            LossValues values = MakeStep(NextExamples(), _options.Rate(progress));
            if (!double.IsFinite(values.Density))
                throw new ArithmeticException($"The loss became {values.Density}; try a smaller --learning-rate than {_options.LearningRate}.");
            _recent.Add(values);
            monitor.Advance(Progress, Step, values.Density);
            if ((int)(Progress * _options.Reports) > reported)
            {
                reported = (int)(Progress * _options.Reports);
                Curve.Add(_adam.WithAverage(() => Validate(_recent.Take(), _options.Rate(progress))));
                monitor.Report(Curve.Points[^1]);
                save(this);
            }
        }
        _clock.Stop();
        save(this);
        _adam.UseAverage();
    }

    public void Save(string path) => Checkpoint.Save(path, Model, _adam, Seconds, _options, Curve, _recent);

    /// <summary>One step of gradient descent.</summary>
    private LossValues MakeStep(TrainingExample[] examples, double rate)
    {
        using var scope = NewDisposeScope();
        using var batch = new Batch([.. examples.Select(e => e.Molecule)]);
        Losses losses = _loss.Compare(examples, batch, Model.Forward(batch));
        DensityLoss.Total(losses).backward();
        _adam.Advance(rate, TrainingOptions.LargestGradient);
        return LossValues.From(losses);
    }

    /// <summary>
    /// The molecules of the next step: a new order in each epoch, which follows from the seed and the number of steps alone.
    /// </summary>
    private TrainingExample[] NextExamples()
    {
        (long epoch, long position) = Math.DivRem(Step, StepsPerEpoch);
        int[] order = [.. Enumerable.Range(0, _training.Length)];
        new Random(OrderSeed(_options.Seed, epoch)).Shuffle(order);
        return [.. order.Skip((int)position * _options.BatchSize).Take(_options.BatchSize).Select(i => _training[i])];
    }

    private static int OrderSeed(int seed, long epoch) => unchecked((int)(seed * 1_000_003L + epoch));

    private LearningCurvePoint Validate(LossValues train, double rate)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var batch = new Batch([.. _validation.Select(e => e.Molecule)]);
        LossValues values = LossValues.From(_loss.Compare(_validation, batch, Model.Forward(batch)));
        double error = _largestValidation.Average(s =>
        {
            double[] positions = s.PositionsInBohr();
            UniformGrid grid = UniformGrid.Around(positions, ValidationSpacing);
            return DensityComparison.Compare(Model.Scaling.Basis, s.Species, positions, Model.Predict(s), s.Coefficients, grid).Error;
        });
        return new LearningCurvePoint(Step, Seconds, rate, train, values, error);
    }

    private TrainingExample Example(WaterSystem system) => new(system, Model.Prepare(system), Model.Scaling);
}

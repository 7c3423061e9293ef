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

    private readonly TrainingOptions options;
    private readonly TrainingExample[] training, validation;
    private readonly WaterSystem[] largestValidation;
    private readonly DensityLoss loss;
    private readonly Adam adam;
    private readonly double secondsBefore;
    private readonly Stopwatch clock = new();

    /// <param name="resumeFrom">A checkpoint to go on from, or null to begin.</param>
    public Trainer(WaterDataset dataset, TrainingOptions options, string? resumeFrom = null)
    {
        options.Validate();
        this.options = options;
        random.manual_seed(options.Seed);
        WaterSystem[] systems = [.. dataset.Of(Split.Train)];
        AuxiliaryBasis basis = dataset.Basis;
        Model = new DensityModel(resumeFrom is null ? TargetScaling.Fit(basis, systems) : Checkpoint.Scaling(resumeFrom, basis));
        training = [.. systems.Select(Example)];
        validation = [.. dataset.Of(Split.Validation).Select(Example)];
        largestValidation = [.. dataset.Of(Split.Validation).GroupBy(s => s.Waters).MaxBy(g => g.Key)
            ?? throw new InvalidDataException("The data have no validation systems.")];
        loss = new DensityLoss(Model.Scaling, training);
        adam = new Adam(Model.Network);
        secondsBefore = resumeFrom is null ? 0 : Checkpoint.Resume(resumeFrom, adam, options);
    }

    public DensityModel Model { get; }

    public LearningCurve Curve { get; set; } = new();

    public long Step => adam.Step;

    public double Seconds => secondsBefore + clock.Elapsed.TotalSeconds;

    private double Progress => options.Progress(Step, Seconds);

    private int StepsPerEpoch => (training.Length + options.BatchSize - 1) / options.BatchSize;

    /// <summary>
    /// Trains to the end or until cancelled. The model is left with the averaged weights; <see cref="Save"/> is called at each report and
    /// at the end.
    /// </summary>
    public void Run(ITrainingMonitor monitor, Action<Trainer> save, CancellationToken cancellation = default)
    {
        clock.Start();
        var recent = new List<LossValues>();
        int reported = (int)(Progress * options.Reports);
        while (Progress < 1 && !cancellation.IsCancellationRequested)
        {
            double progress = Progress;
            LossValues values = MakeStep(NextExamples(), options.Rate(progress));
            if (!double.IsFinite(values.Density))
                throw new ArithmeticException($"The loss became {values.Density}; try a smaller --learning-rate than {options.LearningRate}.");
            recent.Add(values);
            monitor.Advance(Progress, Step, values.Density);
            if ((int)(Progress * options.Reports) > reported)
            {
                reported = (int)(Progress * options.Reports);
                Curve.Add(adam.WithAverage(() => Validate(LossValues.Mean(recent), options.Rate(progress))));
                monitor.Report(Curve.Points[^1]);
                recent.Clear();
                save(this);
            }
        }
        clock.Stop();
        save(this);
        adam.UseAverage();
    }

    public void Save(string path) => Checkpoint.Save(path, Model, adam, Seconds, options);

    /// <summary>One step of gradient descent.</summary>
    private LossValues MakeStep(TrainingExample[] examples, double rate)
    {
        using var scope = NewDisposeScope();
        using var batch = new Batch([.. examples.Select(e => e.Molecule)]);
        Losses losses = loss.Compare(examples, batch, Model.Forward(batch));
        DensityLoss.Total(losses).backward();
        adam.Advance(rate, TrainingOptions.LargestGradient);
        return LossValues.From(losses);
    }

    /// <summary>
    /// The molecules of the next step: a new order in each epoch, which follows from the seed and the number of steps alone.
    /// </summary>
    private TrainingExample[] NextExamples()
    {
        (long epoch, long position) = Math.DivRem(Step, StepsPerEpoch);
        int[] order = [.. Enumerable.Range(0, training.Length)];
        new Random(OrderSeed(options.Seed, epoch)).Shuffle(order);
        return [.. order.Skip((int)position * options.BatchSize).Take(options.BatchSize).Select(i => training[i])];
    }

    private static int OrderSeed(int seed, long epoch) => unchecked((int)(seed * 1_000_003L + epoch));

    private LearningCurvePoint Validate(LossValues train, double rate)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var batch = new Batch([.. validation.Select(e => e.Molecule)]);
        LossValues values = LossValues.From(loss.Compare(validation, batch, Model.Forward(batch)));
        double error = largestValidation.Average(s =>
        {
            double[] positions = s.PositionsInBohr();
            UniformGrid grid = UniformGrid.Around(positions, ValidationSpacing);
            return DensityComparison.Compare(Model.Scaling.Basis, s.Species, positions, Model.Predict(s), s.Coefficients, grid).Error;
        });
        return new LearningCurvePoint(Step, Seconds, rate, train, values, error);
    }

    private TrainingExample Example(WaterSystem system) => new(system, Model.Prepare(system), Model.Scaling);
}

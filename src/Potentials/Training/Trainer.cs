using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Trains a potential on energies, forces and stresses. Everything that a step depends on is saved in a checkpoint, so that a training that was stopped, or killed, goes on exactly as if it had
/// not been: bit by bit on the CPU, with one thread or where no operation divides a sum among threads.
/// </summary>
public sealed class Trainer : IDisposable
{
    /// <summary>The state of torch's random numbers on the CPU, which dropout draws from. That of a GPU is not saved.</summary>
    private const string RandomName = "random";

    private readonly IPotential _potential;
    private readonly TrainingOptions _options;
    private readonly PreparedStructure[] _training, _validation;
    private readonly PotentialLoss _loss;
    private readonly Adam _adam;
    private readonly WeightAverage _average;
    private readonly Tensor _best;
    private readonly Device _device;
    private readonly Stopwatch _clock = new();
    private readonly Lazy<Dictionary<string, string>> _fingerprint;
    private TrainerState _state = new();

    /// <summary>
    /// Prepares the structures and, where the potential adapts itself to data (<see cref="IAdaptToData"/>), shows it what they have in common: energies of atoms, scales and numbers of neighbours that
    /// it has of other data are lost, unless <see cref="TrainingOptions.Adapt"/> is false.
    /// </summary>
    /// <param name="potential">The potential, an nn.Module; it is trained in its number type, on its device, from the weights that it has.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">
    /// The potential has no parameters or does not know an element; structures or targets are missing; or no atom of the training set has a neighbour within the cutoff.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public Trainer(IPotential potential, TrainingData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        nn.Module module = PotentialModule.Of(potential);
        (ScalarType dtype, _device) = PotentialNumbers.Of(potential);
        if (data.Training.Count == 0 || data.Validation.Count == 0)
            throw new ArgumentException($"There are {data.Training.Count} structures for training and {data.Validation.Count} for validation; both need at least one.", nameof(data));
        foreach (LossWeights weights in options.StageTwo is { } second ? [options.Weights, second.Weights] : new[] { options.Weights })
        {
            TargetTerms.Require(data.Training, "training", weights);
            TargetTerms.Require(data.Validation, "validation", weights);
        }

        (_potential, _options) = (potential, options);
        NeighborDistances.Require(data.Training, potential.Cutoff);
        _training = PreparedStructure.All(data.Training, potential, dtype);
        _validation = PreparedStructure.All(data.Validation, potential, dtype);
        Statistics = data.Statistics(_training);
        if (options.Adapt && potential is IAdaptToData adaptable) adaptable.Adapt(Statistics);
        _loss = new PotentialLoss(options.Loss, options.HuberDelta);
        _adam = new Adam(new FlatParameters(module), options.Optimizer);
        _average = new WeightAverage(_adam.Weights, options.EmaDecay);
        _best = _adam.Weights.clone().DetachFromDisposeScope();
        _fingerprint = new(() => TrainingFingerprint.Of(potential, data, options, ParameterCount));
    }

    /// <summary>What the training set says.</summary>
    public DatasetStatistics Statistics { get; }

    /// <summary>Number of trainable numbers.</summary>
    public long ParameterCount => _adam.Parameters.Count;

    /// <summary>Steps made.</summary>
    public long Step => _state.Step;

    /// <summary>Epochs done.</summary>
    public int Epoch => _state.Epoch;

    /// <summary>Step of the last row of metrics.</summary>
    public long ReportedStep => _state.ReportedStep;

    /// <summary>Time that was spent training, also before a resumption.</summary>
    public double Seconds => _state.Seconds + _clock.Elapsed.TotalSeconds;

    /// <summary>Whether a validation has judged weights; until then there are none to save.</summary>
    public bool HasValidated => _state.Validated;

    /// <summary>Whether there is a second stage that has not begun.</summary>
    public bool AwaitsStageTwo => StageTwoIsToCome;

    /// <summary>Whether the training came to its end.</summary>
    public bool IsFinished => _state.Finished;

    /// <summary>How much of the training is done: 0 … 1.</summary>
    public double Progress
    {
        get
        {
            double epochs = _options.Epochs is { } all ? (_state.Epoch + (double)_state.Batch / BatchesPerEpoch) / all : 0;
            double time = _options.Minutes is { } minutes ? Seconds / (60 * minutes) : 0;
            return Math.Min(1, Math.Max(epochs, time));
        }
    }

    private bool Ended => Progress >= 1 || LostPatience && !StageTwoIsToCome;

    private bool LostPatience => _state.Waits >= _options.Patience;

    private bool StageTwoIsToCome => _state.Stage == 0 && _options.StageTwo is not null;

    private int BatchesPerEpoch => (_training.Length + _options.BatchSize - 1) / _options.BatchSize;

    private LossWeights Weights => _state.Stage == 0 ? _options.Weights : _options.StageTwo!.Weights;

    private double HighestRate => (_state.Stage == 0 ? null : _options.StageTwo!.LearningRate) ?? _options.LearningRate.Rate;

    /// <summary>Goes on where a checkpoint was written.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">
    /// It belongs to another potential, cutoff, structures, targets, energies of atoms, seed or batch size, or was written in a second stage that there is none of now.
    /// </exception>
    public void Resume(string path)
    {
        using Tensor random = get_rng_state();
        _state = TrainingCheckpoint.Read(path, _fingerprint.Value, State().Append((RandomName, random)), RequireStage);
        // The loss may have other weights now: the best is judged by it again, or nothing later might ever be better.
        if (_state.BestLoss is not null) _state.BestLoss = _adam.Parameters.With(_best, Validate).Loss;
        set_rng_state(random);
        // With more epochs, more time or more patience, a training that had ended goes on; one that ends now, with fewer, has its last steps to validate.
        _state.Finished = Ended && _state.Validated && _state.LossCount == 0;
    }

    /// <summary>Writes a checkpoint; a file that exists is replaced once the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    public void SaveCheckpoint(string path)
    {
        using Tensor random = get_rng_state();
        TrainingCheckpoint.Write(path, _state with { Seconds = Seconds }, _fingerprint.Value, State().Append((RandomName, random)));
    }

    /// <summary>Writes the potential with the best weights so far, for <see cref="PotentialFile.Load"/>.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="model">The name by which whoever loads it finds the class.</param>
    /// <exception cref="InvalidOperationException">No validation has judged any weights yet (<see cref="HasValidated"/>): they may be those that the training began with.</exception>
    public void SaveModel(string path, string model)
    {
        if (!HasValidated) throw new InvalidOperationException("There are no best weights before the first validation; train longer (TrainingOptions.ValidationInterval), or save a checkpoint.");
        _adam.Parameters.With(_best, () => PotentialFile.Save(path, _potential, PotentialFile.Describe(_potential, model, _options.Adapt ? Statistics : null)));
    }

    /// <summary>Trains to the end, or to the end of the step at hand when cancelled. The potential is left with the best averaged weights, or the averaged
    /// weights where no validation has come yet.</summary>
    /// <param name="monitor">Told of steps and validations; null for nobody.</param>
    /// <param name="save">Called between steps when <see cref="TrainingOptions.SaveInterval"/> has passed, and at the end: a time to write a checkpoint; null for nothing.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <exception cref="ArithmeticException">The loss of a step or of a validation is not finite: the learning rate is too large.</exception>
    public void Run(ITrainingMonitor? monitor = null, Action<Trainer>? save = null, CancellationToken cancellation = default)
    {
        using ModuleMode mode = ModuleMode.Training(PotentialModule.Of(_potential));
        _adam.Parameters.Scatter(_adam.Weights);
        _clock.Restart();
        TimeSpan saved = TimeSpan.Zero;
        void SaveInTime()
        {
            if (_clock.Elapsed - saved < _options.SaveInterval) return;
            save?.Invoke(this);
            saved = _clock.Elapsed;
        }

        try
        {
            while (!_state.Finished && !cancellation.IsCancellationRequested)
            {
                bool isWhole = RunEpoch(monitor, SaveInTime, cancellation);
                if (isWhole && _state.Epoch % _options.ValidationInterval == 0 || Progress >= 1)
                {
                    Report(monitor);
                    _state.Finished = Ended;
                }

                SaveInTime();
            }
        }
        finally
        {
            _state.Seconds += _clock.Elapsed.TotalSeconds;
            _clock.Reset();
        }

        save?.Invoke(this);
        _adam.Parameters.Scatter(HasValidated ? _best : _average.Values);
    }

    /// <summary>Frees the prepared structures and the state of the training; the potential stays.</summary>
    public void Dispose()
    {
        Array.ForEach(_training, p => p.Dispose());
        Array.ForEach(_validation, p => p.Dispose());
        _adam.Dispose();
        _average.Dispose();
        _best.Dispose();
    }

    private void RequireStage(TrainerState saved)
    {
        if (saved.Stage == 0 || _options.StageTwo is not null) return;
        throw new InvalidDataException(
            "The checkpoint was written in the second stage of a training, but these options have none; give the same (StageTwo, --stage-two-epoch or --stage-two-progress), or begin a new training.");
    }

    /// <returns>Whether the epoch was done to its end.</returns>
    private bool RunEpoch(ITrainingMonitor? monitor, Action saveInTime, CancellationToken cancellation)
    {
        if (_state.Batch == 0) BeginStage();
        int[] order = EpochOrder.Of(_training.Length, _options.Seed, _state.Epoch);
        using var loader = new BatchLoader(_training, order, _options.BatchSize, _state.Batch, _device);
        while (Progress < 1 && !cancellation.IsCancellationRequested)
        {
            using Batch? batch = loader.Next();
            if (batch is null) throw new InvalidOperationException("The batches of an epoch ended early.");
            double progress = Progress;
            _state.Step++;
            _state.Rate = Rate(progress);
            double loss = MakeStep(batch, _state.Rate);
            _state.Batch++;
            _state.LossSum += loss;
            _state.LossCount++;
            bool isWhole = _state.Batch == BatchesPerEpoch;
            if (isWhole) (_state.Epoch, _state.Batch) = (_state.Epoch + 1, 0);
            monitor?.Advance(Progress, _state.Epoch, _state.Step, loss);
            if (isWhole) return true;
            // Where a validation is due, it comes first: a checkpoint that says that the end was reached would go without it.
            if (Progress < 1) saveInTime();
        }

        return false;
    }

    private double Rate(double progress) => _options.LearningRate.Of(HighestRate, _state.Step, _state.Epoch, progress, _state.PlateauFactor);

    private double MakeStep(Batch batch, double rate)
    {
        using var scope = NewDisposeScope();
        PotentialResult result = Predictor.Evaluate(_potential, batch, differentiable: true);
        Tensor loss = _loss.Compute(result, batch, Weights);
        double value = loss.ToDouble();
        if (!double.IsFinite(value))
            throw new ArithmeticException(FormattableString.Invariant($"The loss became {value} in step {_state.Step}; try a smaller learning rate than {HighestRate}."));
        // Structures without neighbours, or a loss that no weight enters, have no gradient.
        if (loss.requires_grad) loss.backward();
        _adam.Advance(_state.Step, rate, _options.ClipGradient);
        _average.Update(_state.Step, _adam.Weights);
        return value;
    }

    /// <summary>The second stage has another loss: what was best before is no measure for it. It comes early where the first improves no more (as MACE's does).</summary>
    private void BeginStage()
    {
        if (!StageTwoIsToCome || !(LostPatience || _options.StageTwo!.HasBegun(_state.Epoch, Progress))) return;
        (_state.Stage, _state.BestLoss, _state.Waits) = (1, null, 0);
        _state.PlateauWaits = 0;
        // A rate of its own is where the stage begins; without one it goes on at the rate that the plateaus have led to.
        if (_options.StageTwo!.LearningRate is not null) _state.PlateauFactor = 1;
    }

    private void Report(ITrainingMonitor? monitor)
    {
        (double loss, PotentialErrors errors) = _adam.Parameters.With(_average.Values, Validate);
        if (!double.IsFinite(loss))
        {
            throw new ArithmeticException(
                FormattableString.Invariant($"The validation loss became {loss} after step {_state.Step} (epoch {_state.Epoch}); try a smaller learning rate than {HighestRate}, ")
                + "and look for atoms almost at one place in the validation structures.");
        }

        _state.Validated = true;
        bool isBest = _state.BestLoss is null || loss < _state.BestLoss;
        if (isBest)
        {
            (_state.BestLoss, _state.BestEpoch, _state.Waits, _state.PlateauWaits) = (loss, _state.Epoch, 0, 0);
            using var noGradients = no_grad();
            _best.copy_(_average.Values);
        }
        else
        {
            _state.Waits++;
            if (++_state.PlateauWaits > _options.LearningRate.Patience)
                (_state.PlateauFactor, _state.PlateauWaits) = (_state.PlateauFactor * _options.LearningRate.Factor, 0);
        }

        double trained = _state.LossSum / _state.LossCount;
        (_state.LossSum, _state.LossCount, _state.ReportedStep) = (0, 0, _state.Step);
        monitor?.Report(new EpochMetrics(_state.Epoch, _state.Step, Seconds, _state.Rate, _state.Stage + 1, trained, loss, errors, isBest));
    }

    private (double Loss, PotentialErrors Errors) Validate()
    {
        using ModuleMode mode = ModuleMode.Evaluation(PotentialModule.Of(_potential));
        var errors = new PotentialErrors();
        var total = new PotentialLoss.Total(_loss, Weights);
        using var loader = new BatchLoader(_validation, [.. Enumerable.Range(0, _validation.Length)], _options.ValidationBatchSize, 0, _device);
        while (loader.Next() is { } next)
        {
            using Batch batch = next;
            using PotentialResult result = Predictor.Evaluate(_potential, batch, differentiable: false);
            total.Add(result, batch);
            foreach ((LabelledStructure structure, Prediction prediction) in batch.Structures.Zip(Predictor.Split(result, batch))) errors.Add(structure, prediction);
        }

        return (total.Value, errors);
    }

    /// <summary>Tensors of a checkpoint; those of parameters by their names, so that they can be used elsewhere.</summary>
    private IEnumerable<(string Name, Tensor Tensor)> State()
    {
        foreach ((string name, Tensor vector) in _adam.State().Append(("average", _average.Values)).Append(("best", _best)))
        {
            foreach ((string parameter, _, Tensor part) in _adam.Parameters.Parts(vector)) yield return ($"{name}.{parameter}", part);
        }

        foreach ((string name, Tensor buffer) in PotentialModule.Of(_potential).named_buffers()) yield return ($"buffer.{name}", buffer);
    }
}

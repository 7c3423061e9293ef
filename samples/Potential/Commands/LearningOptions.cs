using System.CommandLine;
using System.Globalization;
using E3Gen.Potentials;
using Shared.Commands;
using TorchSharp;

namespace Potential.Commands;

/// <summary>How to train: options of every command that does. Their names are those of mace_run_train where there are such (docs/potentials-options.md).</summary>
internal sealed class LearningOptions
{
    private const int Many = 1_000_000_000;

    private const double MostWeight = 1e12;

    private readonly TrainingOptions _defaults;
    private readonly Option<int?> _epochs, _patience, _stageTwoEpoch;
    private readonly Option<double?> _minutes, _stageTwoProgress, _stageTwoRate, _twoEnergy, _twoForces, _twoStress;
    private readonly Option<int> _batchSize, _validBatchSize, _interval, _seed, _warmUp, _schedulerPatience;
    private readonly Option<double> _rate, _leastRate, _gamma, _factor, _decay, _ema, _clip, _delta, _energy, _forces, _stress;
    private readonly Option<string> _schedule, _optimizer, _loss, _dtype;
    private readonly Option<bool> _amsgrad;

    /// <param name="defaults">What holds where nothing is said.</param>
    public LearningOptions(TrainingOptions defaults)
    {
        _defaults = defaults;
        (LearningRateOptions rate, OptimizerOptions adam, LossWeights weights) = (defaults.LearningRate, defaults.Optimizer, defaults.Weights);
        LossWeights? two = defaults.StageTwo?.Weights;
        _epochs = NumberOption.CreateOptional("--epochs", $"Passes over the training set{(defaults.Epochs is { } n ? $"; {n} if --minutes is not given either" : "")}.", 1, Many);
        _minutes = NumberOption.CreateOptional("--minutes", $"Time to train{(defaults.Minutes is { } m ? $"; {m} if --epochs is not given" : "")}; the schedule follows the clock.", 0.001, 1e6);
        _batchSize = NumberOption.Create(["--batch-size"], "Structures a step.", defaults.BatchSize, 1, Many);
        _validBatchSize = NumberOption.Create(["--valid-batch-size"], "Structures that are validated together.", defaults.ValidationBatchSize, 1, Many);
        _interval = NumberOption.Create(["--eval-interval"], "Epochs between validations.", defaults.ValidationInterval, 1, Many);
        _patience = NumberOption.CreateOptional("--patience", "Validations without improvement before the training ends.", 1, Many);
        _seed = NumberOption.Create(["--seed"], "Of first weights, of the split and of the order of structures.", defaults.Seed, 0, int.MaxValue);
        _rate = NumberOption.Create(["--learning-rate", "--lr"], "Highest learning rate.", rate.Rate, 1e-12, 10);
        _leastRate = NumberOption.Create(["--lr-min"], "Least learning rate of the schedules cosine and plateau.", rate.Least, 0, 10);
        _warmUp = NumberOption.Create(["--warmup-steps"], "Steps that the learning rate rises over at first.", rate.WarmUpSteps, 0, Many);
        _schedule = Choice("--scheduler", "What the learning rate does then.", rate.Schedule);
        _gamma = NumberOption.Create(["--lr-gamma"], "Factor of the schedule exponential, each epoch.", rate.Gamma, 1e-6, 1);
        _factor = NumberOption.Create(["--lr-factor"], "Factor of the schedule plateau.", rate.Factor, 1e-6, 0.999999);
        _schedulerPatience = NumberOption.Create(["--scheduler-patience"], "Validations without improvement that the schedule plateau waits for.", rate.Patience, 0, Many);
        _optimizer = new Option<string>("--optimizer") { Description = "adam or adamw.", DefaultValueFactory = _ => adam.Decoupled ? "adamw" : "adam" };
        _optimizer.AcceptOnlyFromAmong("adam", "adamw");
        _amsgrad = new Option<bool>("--amsgrad") { Description = "Divide by the largest mean square of the gradient so far.", HelpName = "true|false", DefaultValueFactory = _ => adam.AmsGrad };
        _decay = NumberOption.Create(["--weight-decay"], "Pulls weights to 0.", adam.WeightDecay, 0, 10);
        _ema = NumberOption.Create(["--ema-decay"], "Decay of the moving average of the weights that is validated and saved; 0 for none.", defaults.EmaDecay, 0, 0.999999999);
        _clip = NumberOption.Create(["--clip-grad"], "Norm that the gradient is scaled down to; 0 for any.", defaults.ClipGradient ?? 0, 0, 1e9);
        _loss = Choice("--loss", "What is made of errors.", defaults.Loss);
        _delta = NumberOption.Create(["--huber-delta"], "Where the loss huber becomes linear, in the units of the data.", defaults.HuberDelta, 1e-12, 1e9);
        _energy = Weight("--energy-weight", "Weight of the squared energy error by atom.", weights.Energy);
        _forces = Weight("--forces-weight", "Weight of the squared errors of force components.", weights.Forces);
        _stress = Weight("--stress-weight", "Weight of the squared errors of stress components.", weights.Stress);
        _stageTwoEpoch = NumberOption.CreateOptional("--stage-two-epoch", "First epoch of a second stage with other weights.", 0, Many);
        _stageTwoProgress = NumberOption.CreateOptional("--stage-two-progress", "Part of the training after which a second stage begins, such as 0.75.", 0.0, 1);
        _stageTwoRate = NumberOption.CreateOptional("--stage-two-lr", "Highest learning rate of the second stage; not given, that of the first.", 1e-12, 10);
        _twoEnergy = WeightOfTwo("energy", two?.Energy, "ten times that of the first");
        _twoForces = WeightOfTwo("forces", two?.Forces, "that of the first");
        _twoStress = WeightOfTwo("stress", two?.Stress, "that of the first");
        _dtype = new Option<string>("--dtype") { Description = "float32 or float64.", DefaultValueFactory = _ => "float32" };
        _dtype.AcceptOnlyFromAmong("float32", "float64");
    }

    public void AttachTo(Command command)
    {
        Option[] all =
        [
            _epochs, _minutes, _batchSize, _validBatchSize, _interval, _patience, _seed, _rate, _leastRate, _warmUp, _schedule, _gamma, _factor, _schedulerPatience, _optimizer, _amsgrad, _decay, _ema,
            _clip, _loss, _delta, _energy, _forces, _stress, _stageTwoEpoch, _stageTwoProgress, _stageTwoRate, _twoEnergy, _twoForces, _twoStress, _dtype,
        ];
        foreach (Option option in all) command.Options.Add(option);
    }

    public torch.ScalarType DTypeOf(ParseResult arguments) => arguments.GetValue(_dtype) == "float64" ? torch.ScalarType.Float64 : torch.ScalarType.Float32;

    public TrainingOptions Of(ParseResult a)
    {
        (int? epochs, double? minutes) = (a.GetValue(_epochs), a.GetValue(_minutes));
        if (epochs is null && minutes is null) (epochs, minutes) = (_defaults.Epochs, _defaults.Minutes);
        return new TrainingOptions
        {
            Epochs = epochs,
            Minutes = minutes,
            BatchSize = a.GetValue(_batchSize),
            ValidationBatchSize = a.GetValue(_validBatchSize),
            ValidationInterval = a.GetValue(_interval),
            Patience = a.GetValue(_patience),
            Seed = a.GetValue(_seed),
            EmaDecay = a.GetValue(_ema),
            ClipGradient = a.GetValue(_clip) is > 0 and var clip ? clip : null,
            Loss = Enum.Parse<LossKind>(a.GetValue(_loss)!, ignoreCase: true),
            HuberDelta = a.GetValue(_delta),
            Weights = new LossWeights(a.GetValue(_energy), a.GetValue(_forces), a.GetValue(_stress)),
            StageTwo = StageTwo(a),
            LearningRate = new LearningRateOptions
            {
                Rate = a.GetValue(_rate),
                Least = a.GetValue(_leastRate),
                WarmUpSteps = a.GetValue(_warmUp),
                Schedule = Enum.Parse<ScheduleKind>(a.GetValue(_schedule)!, ignoreCase: true),
                Gamma = a.GetValue(_gamma),
                Factor = a.GetValue(_factor),
                Patience = a.GetValue(_schedulerPatience),
            },
            Optimizer = new OptimizerOptions { AmsGrad = a.GetValue(_amsgrad), WeightDecay = a.GetValue(_decay), Decoupled = a.GetValue(_optimizer) == "adamw" },
        };
    }

    private LossStage? StageTwo(ParseResult a)
    {
        (int? epoch, double? progress) = (a.GetValue(_stageTwoEpoch), a.GetValue(_stageTwoProgress));
        if (epoch is null && progress is null) progress = _defaults.StageTwo?.Progress;
        if (epoch is null && progress is null)
        {
            Option? idle = new[] { _stageTwoRate, _twoEnergy, _twoForces, _twoStress }.FirstOrDefault(o => a.GetValue(o) is not null);
            return idle is null ? null : throw new ArgumentException($"{idle.Name} is given, but no second stage begins; give --stage-two-epoch or --stage-two-progress, too.");
        }

        LossWeights? two = _defaults.StageTwo?.Weights;
        return new LossStage(
            new LossWeights(
                a.GetValue(_twoEnergy) ?? two?.Energy ?? 10 * a.GetValue(_energy), a.GetValue(_twoForces) ?? two?.Forces ?? a.GetValue(_forces),
                a.GetValue(_twoStress) ?? two?.Stress ?? a.GetValue(_stress)),
            epoch, progress, a.GetValue(_stageTwoRate) ?? _defaults.StageTwo?.LearningRate);
    }

    private static Option<double> Weight(string name, string description, double standard) => NumberOption.Create([name], description, standard, 0, MostWeight);

    private static Option<double?> WeightOfTwo(string term, double? standard, string otherwise)
    {
        string without = standard?.ToString(CultureInfo.InvariantCulture) ?? otherwise;
        return NumberOption.CreateOptional($"--stage-two-{term}-weight", $"As --{term}-weight, in the second stage; not given, {without}.", 0, MostWeight);
    }

    private static Option<string> Choice<T>(string name, string description, T standard) where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        var option = new Option<string>(name) { Description = $"{description} One of {string.Join(", ", names)}.", DefaultValueFactory = _ => standard.ToString().ToLowerInvariant() };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}

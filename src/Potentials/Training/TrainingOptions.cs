namespace E3Gen.Potentials;

/// <summary>How to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training set; null for as many as <see cref="Minutes"/> allow.</summary>
    public int? Epochs { get; init; } = 100;

    /// <summary>How long to train at most; what was trained before a resumption counts. A run that ends by the clock is not repeatable.</summary>
    public double? Minutes { get; init; }

    /// <summary>Structures a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Structures that are validated together.</summary>
    public int ValidationBatchSize { get; init; } = 16;

    /// <summary>Epochs between validations.</summary>
    public int ValidationInterval { get; init; } = 1;

    /// <summary>Time between calls of the function that writes checkpoints: what a kill may cost. Zero for a call after every step.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Validations without improvement before the training ends, or before <see cref="StageTwo"/> begins if it has not yet; null for no early stop.</summary>
    public int? Patience { get; init; }

    /// <summary>The learning rate.</summary>
    public LearningRateOptions LearningRate { get; init; } = new();

    /// <summary>The optimizer.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>Decay of the moving average of the weights that is validated and saved; 0 for the weights themselves.</summary>
    public double EmaDecay { get; init; } = 0.99;

    /// <summary>The norm that the whole gradient is scaled down to; null for any.</summary>
    public double? ClipGradient { get; init; } = 10;

    /// <summary>What is made of errors.</summary>
    public LossKind Loss { get; init; } = LossKind.Squared;

    /// <summary>The δ of <see cref="LossKind.Huber"/>, in the units of the data.</summary>
    public double HuberDelta { get; init; } = 0.01;

    /// <summary>Weights of the loss.</summary>
    public LossWeights Weights { get; init; } = new();

    /// <summary>Other weights from some time on; null for none.</summary>
    public LossStage? StageTwo { get; init; }

    /// <summary>
    /// Whether a potential that adapts itself to data (<see cref="IAdaptToData"/>) is shown those of this training: its energies of atoms, scales and numbers of neighbours become theirs. False to go
    /// on from the numbers of a potential that was trained or loaded before (fine-tuning); they are saved with its state dict.
    /// </summary>
    public bool Adapt { get; init; } = true;

    /// <summary>Of the order of the structures; first weights are the potential's own.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value makes no sense; the message says what was expected.</exception>
    internal void Validate()
    {
        Require(Epochs is not null || Minutes is not null, nameof(Epochs), Epochs, "a number of epochs, or of minutes");
        Require(Epochs is null or > 0, nameof(Epochs), Epochs, "at least 1");
        Require(Minutes is null || Minutes > 0 && double.IsFinite(Minutes.Value), nameof(Minutes), Minutes, "a positive number");
        Require(BatchSize > 0, nameof(BatchSize), BatchSize, "at least one structure");
        Require(ValidationBatchSize > 0, nameof(ValidationBatchSize), ValidationBatchSize, "at least one structure");
        Require(SaveInterval >= TimeSpan.Zero, nameof(SaveInterval), SaveInterval, "at least zero");
        Require(ValidationInterval > 0, nameof(ValidationInterval), ValidationInterval, "at least 1");
        Require(Patience is null or > 0, nameof(Patience), Patience, "at least 1");
        Require(LearningRate.Rate > 0 && double.IsFinite(LearningRate.Rate), nameof(LearningRate), LearningRate.Rate, "a positive number");
        Require(LearningRate.Factor is > 0 and < 1, nameof(LearningRate.Factor), LearningRate.Factor, "a number between 0 and 1");
        Require(LearningRate.Gamma is > 0 and <= 1, nameof(LearningRate.Gamma), LearningRate.Gamma, "a number above 0, at most 1");
        Require(LearningRate.Patience >= 0, "LearningRate.Patience", LearningRate.Patience, "at least 0");
        Require(LearningRate.Least >= 0 && double.IsFinite(LearningRate.Least), "LearningRate.Least", LearningRate.Least, "a number of at least 0");
        Require(LearningRate.WarmUpSteps >= 0, "LearningRate.WarmUpSteps", LearningRate.WarmUpSteps, "at least 0");
        Require(Optimizer.Beta1 is >= 0 and < 1, "Optimizer.Beta1", Optimizer.Beta1, "0, or a number below 1");
        Require(Optimizer.Beta2 is >= 0 and < 1, "Optimizer.Beta2", Optimizer.Beta2, "0, or a number below 1");
        Require(Optimizer.Epsilon > 0 && double.IsFinite(Optimizer.Epsilon), "Optimizer.Epsilon", Optimizer.Epsilon, "a positive number");
        Require(Optimizer.WeightDecay >= 0 && double.IsFinite(Optimizer.WeightDecay), "Optimizer.WeightDecay", Optimizer.WeightDecay, "a number of at least 0");
        Require(StageTwo?.LearningRate is null || StageTwo.LearningRate > 0 && double.IsFinite(StageTwo.LearningRate.Value), "StageTwo.LearningRate", StageTwo?.LearningRate, "a positive number");
        Require(StageTwo?.Epoch is null or >= 0, "StageTwo.Epoch", StageTwo?.Epoch, "at least 0");
        Require(StageTwo?.Progress is null or >= 0 and <= 1, "StageTwo.Progress", StageTwo?.Progress, "a part of the training, 0 to 1");
        Require(EmaDecay is >= 0 and < 1, nameof(EmaDecay), EmaDecay, "0, or a number below 1");
        Require(ClipGradient is null or > 0, nameof(ClipGradient), ClipGradient, "a positive number");
        Require(HuberDelta > 0, nameof(HuberDelta), HuberDelta, "a positive number");
        foreach (LossWeights weights in StageTwo is null ? [Weights] : new[] { Weights, StageTwo.Weights })
        {
            double[] all = [weights.Energy, weights.Forces, weights.Stress];
            bool isMeaningful = Array.TrueForAll(all, w => w >= 0 && double.IsFinite(w)) && weights.Energy + weights.Forces > 0;
            Require(isMeaningful, nameof(Weights), weights, "finite weights of at least 0, of energies and forces not both 0");
        }
    }

    private static void Require(bool condition, string option, object? value, string expected)
    {
        if (!condition) throw new ArgumentOutOfRangeException(option, FormattableString.Invariant($"{option} is {value ?? "not given"}; expected {expected}."));
    }
}

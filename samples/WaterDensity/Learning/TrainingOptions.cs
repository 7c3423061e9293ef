namespace WaterDensity.Learning;

/// <param name="Minutes">How long to train; the schedule follows the clock. Not used if <paramref name="Steps"/> is given.</param>
/// <param name="Steps">How many steps to make; then a seed gives the same weights every time on one machine.</param>
/// <param name="BatchSize">Molecules a step.</param>
/// <param name="LearningRate">Highest learning rate.</param>
/// <param name="Seed">Of the first weights and of the order of the molecules.</param>
/// <param name="Reports">Rows of the learning curve; each is a validation and a checkpoint.</param>
internal sealed record TrainingOptions(
    double Minutes = 2, long? Steps = null, int BatchSize = 8, double LearningRate = 0.01, int Seed = 1, int Reports = 60)
{
    /// <summary>Norm that gradients are clipped to; in quiet training they are smaller.</summary>
    public const double LargestGradient = 1;

    private const double WarmUp = 0.02;

    /// <summary>How much of the training is done: 0 … 1.</summary>
    public double Progress(long step, double seconds) => Math.Min(1, Steps is { } steps ? (double)step / steps : seconds / (60 * Minutes));

    /// <summary>A short linear rise, then half a cosine down to zero.</summary>
    public double Rate(double progress) => LearningRate * Math.Min(1, progress / WarmUp) * 0.5 * (1 + Math.Cos(Math.PI * progress));

    /// <exception cref="ArgumentOutOfRangeException">A value makes no sense.</exception>
    public void Validate()
    {
        Require(Minutes > 0 && double.IsFinite(Minutes), "--minutes", Minutes, "a positive number");
        Require(Steps is null or > 0, "--steps", Steps, "a positive number");
        Require(BatchSize > 0, "--batch-size", BatchSize, "at least one molecule");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), "--learning-rate", LearningRate, "a positive number");
    }

    private static void Require(bool condition, string option, object? value, string expected)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(null, $"{option} is {value}; expected {expected}.");
    }
}

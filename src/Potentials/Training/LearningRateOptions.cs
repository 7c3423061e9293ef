namespace E3Gen.Potentials;

/// <summary>The learning rate and its schedule.</summary>
public sealed record LearningRateOptions
{
    /// <summary>The highest rate.</summary>
    public double Rate { get; init; } = 0.01;

    /// <summary>The least rate, of <see cref="ScheduleKind.Cosine"/> and <see cref="ScheduleKind.Plateau"/>.</summary>
    public double Least { get; init; }

    /// <summary>Steps that the rate rises over at first, linearly.</summary>
    public int WarmUpSteps { get; init; } = 50;

    /// <summary>What comes then.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Of <see cref="ScheduleKind.Exponential"/>.</summary>
    public double Gamma { get; init; } = 0.9993;

    /// <summary>Of <see cref="ScheduleKind.Plateau"/>.</summary>
    public double Factor { get; init; } = 0.8;

    /// <summary>Of <see cref="ScheduleKind.Plateau"/>: validations without improvement.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>The rate of a step.</summary>
    /// <param name="highest">The highest rate of the stage.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="epoch">Its epoch, from 0.</param>
    /// <param name="progress">How much of the training is done, 0 … 1.</param>
    /// <param name="plateau">Product of the factors so far.</param>
    internal double Of(double highest, long step, int epoch, double progress, double plateau)
    {
        double warm = WarmUpSteps > 0 ? Math.Min(1, (double)step / WarmUpSteps) : 1;
        return warm * Schedule switch
        {
            ScheduleKind.Cosine => Least + (highest - Least) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))),
            ScheduleKind.Exponential => highest * Math.Pow(Gamma, epoch),
            ScheduleKind.Plateau => Math.Max(highest * plateau, Least),
            _ => highest,
        };
    }
}

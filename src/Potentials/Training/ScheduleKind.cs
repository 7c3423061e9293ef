namespace E3Gen.Potentials;

/// <summary>How the learning rate goes on after its warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>Half a cosine down to the least rate over the whole training, by epochs or by the clock.</summary>
    Cosine,

    /// <summary>Times <see cref="LearningRateOptions.Gamma"/> each epoch.</summary>
    Exponential,

    /// <summary>Times <see cref="LearningRateOptions.Factor"/> whenever the validation loss has not improved for <see cref="LearningRateOptions.Patience"/> validations.</summary>
    Plateau,
}

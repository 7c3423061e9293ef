namespace E3Gen.Potentials;

/// <summary>Told how a training goes.</summary>
public interface ITrainingMonitor
{
    /// <summary>A step was made.</summary>
    /// <param name="progress">How much of the training is done, 0 … 1.</param>
    /// <param name="epoch">The epoch at hand, from 0.</param>
    /// <param name="step">Steps made.</param>
    /// <param name="loss">Loss of the step.</param>
    void Advance(double progress, int epoch, long step, double loss);

    /// <summary>The potential was validated.</summary>
    /// <param name="metrics">What came out.</param>
    void Report(EpochMetrics metrics);
}

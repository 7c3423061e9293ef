namespace E3Gen.Potentials;

/// <summary>One row of the learning curve; units are those of the data.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Time that was spent training.</param>
/// <param name="Rate">Learning rate of the last step.</param>
/// <param name="Stage">1, or 2 in the second stage.</param>
/// <param name="TrainLoss">Mean loss of the steps since the row before, each with the weights that it began with.</param>
/// <param name="ValidLoss">Loss of the averaged weights on the validation set.</param>
/// <param name="Errors">Errors of the averaged weights on the validation set.</param>
/// <param name="IsBest">Whether the validation loss is the lowest of the stage.</param>
public sealed record EpochMetrics(int Epoch, long Step, double Seconds, double Rate, int Stage, double TrainLoss, double ValidLoss, PotentialErrors Errors, bool IsBest);

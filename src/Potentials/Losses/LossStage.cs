namespace E3Gen.Potentials;

/// <summary>A second stage of a training with other weights, such as a larger one of the energies (MACE's stage two, "swa").</summary>
/// <param name="Weights">The weights from then on.</param>
/// <param name="Epoch">The first epoch of the stage, from 0; null to go by <paramref name="Progress"/> alone.</param>
/// <param name="Progress">The part of the training that is done when the stage begins, at the next epoch; null to go by <paramref name="Epoch"/> alone.</param>
/// <param name="LearningRate">The highest learning rate from then on; null for the same.</param>
public sealed record LossStage(LossWeights Weights, int? Epoch = null, double? Progress = null, double? LearningRate = null)
{
    internal bool HasBegun(int epoch, double progress) => epoch >= (Epoch ?? int.MaxValue) || progress >= (Progress ?? double.PositiveInfinity);
}

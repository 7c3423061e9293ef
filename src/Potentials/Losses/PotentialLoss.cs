using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Weighted mean errors of a batch: w_E ⟨φ(ΔE/N)⟩ + w_F ⟨φ(ΔF)⟩ + w_S ⟨φ(Δσ)⟩, means over the structures, components of forces and components of stresses that have a target, each times the weight
/// of its structure (MACE's <c>WeightedEnergyForcesStressLoss</c> for φ(x) = x²).
/// </summary>
internal sealed class PotentialLoss(LossKind kind, double delta)
{
    /// <returns>A number, in float64 where the energies are.</returns>
    public Tensor Compute(PotentialResult result, Batch batch, LossWeights weights)
    {
        using var scope = NewDisposeScope();
        var total = zeros([], float64, result.Energies.device);
        if (batch.EnergyCount > 0)
        {
            Tensor error = result.Energies.to(float64).sub(batch.Energies).div(batch.Counts);
            total = Add(total, Penalty(error).mul(batch.EnergyWeights), weights.Energy, batch.EnergyCount);
        }

        if (batch.ForceCount > 0 && result.Forces is { } forces)
            total = Add(total, Penalty(forces.sub(batch.Forces)).mul(batch.ForceWeights), weights.Forces, batch.ForceCount);
        if (batch.StressCount > 0 && result.Virials is not null)
            total = Add(total, Penalty(result.Stress(batch.Cells!).sub(batch.Stresses!)).mul(batch.StressWeights!), weights.Stress, batch.StressCount);
        return total.MoveToOuterDisposeScope();
    }

    private static Tensor Add(Tensor total, Tensor penalties, double weight, int count)
    {
        using Scalar factor = weight / count;
        return total.add(penalties.sum().mul(factor));
    }

    private Tensor Penalty(Tensor error) =>
        kind == LossKind.Squared ? error.square() : nn.functional.huber_loss(error, zeros_like(error), delta, nn.Reduction.None);
}

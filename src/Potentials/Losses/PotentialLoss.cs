using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Weighted mean errors of a batch: w_E ⟨φ(ΔE/N)⟩ + w_F ⟨φ(ΔF)⟩ + w_S ⟨φ(Δσ)⟩, means over the structures, components of forces and components of stresses that have a target, each times the weight
/// of its structure (MACE's <c>WeightedEnergyForcesStressLoss</c> for φ(x) = x²).
/// </summary>
internal sealed class PotentialLoss(LossKind kind, double delta)
{
    private static readonly Scalar One = 1;

    /// <returns>A number, in float64 where the energies are.</returns>
    public Tensor Compute(PotentialResult result, Batch batch, LossWeights weights)
    {
        using var scope = NewDisposeScope();
        var total = zeros([], float64, result.Energies.device);
        foreach ((Term term, Tensor sum, int count) in Sums(result, batch))
        {
            using Scalar factor = WeightOf(weights, term) / count;
            total = total.add(sum.mul(factor), One);
        }

        return total.MoveToOuterDisposeScope();
    }

    /// <summary>The loss of several batches, as if they were one: sums and counts are collected, and divided at the end.</summary>
    public sealed class Total(PotentialLoss loss, LossWeights weights)
    {
        private readonly Dictionary<Term, (double Sum, long Count)> _terms = [];

        /// <summary>w_E ⟨φ(ΔE/N)⟩ + w_F ⟨φ(ΔF)⟩ + w_S ⟨φ(Δσ)⟩ of all batches so far.</summary>
        public double Value => _terms.Sum(t => WeightOf(weights, t.Key) * t.Value.Sum / t.Value.Count);

        public void Add(PotentialResult result, Batch batch)
        {
            using var scope = NewDisposeScope();
            foreach ((Term term, Tensor sum, int count) in loss.Sums(result, batch))
            {
                (double before, long counted) = _terms.GetValueOrDefault(term);
                _terms[term] = (before + sum.ToDouble(), counted + count);
            }
        }
    }

    private enum Term
    {
        Energy,
        Forces,
        Stress,
    }

    private static double WeightOf(LossWeights weights, Term term) => term switch { Term.Energy => weights.Energy, Term.Forces => weights.Forces, _ => weights.Stress };

    /// <summary>Weighted sums of φ over what has a target, and over how many numbers.</summary>
    private IEnumerable<(Term Term, Tensor Sum, int Count)> Sums(PotentialResult result, Batch batch)
    {
        if (batch.EnergyCount > 0)
        {
            Tensor error = result.Energies.to(float64).sub(batch.Energies).div(batch.Counts);
            yield return (Term.Energy, Penalty(error).mul(batch.EnergyWeights).sum(), batch.EnergyCount);
        }

        if (batch.ForceCount > 0 && result.Forces is { } forces)
            yield return (Term.Forces, Penalty(forces.sub(batch.Forces)).mul(batch.ForceWeights).sum(), batch.ForceCount);
        if (batch.StressCount > 0 && result.Virials is not null)
            yield return (Term.Stress, Penalty(result.Stress(batch.Cells!).sub(batch.Stresses!)).mul(batch.StressWeights!).sum(), batch.StressCount);
    }

    private Tensor Penalty(Tensor error) =>
        kind == LossKind.Squared ? error.square() : nn.functional.huber_loss(error, zeros_like(error), delta, nn.Reduction.None);
}

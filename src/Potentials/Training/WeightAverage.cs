using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// The exponential moving average of the weights, which is what is validated and saved. It starts out short, so that it soon forgets the first, random weights: the decay of step n is
/// min(decay, (1 + n)/(10 + n)). It is kept in float64: with a decay of 0.999, a thousandth of a difference that float32 can hold is lost in float32, so that the average would stay up to
/// 500 last digits behind the weights for good, which is 0.1 meV where energies are some eV.
/// </summary>
internal sealed class WeightAverage(Tensor weights, double decay) : IDisposable
{
    /// <summary>float64 [Count].</summary>
    public Tensor Values { get; } = Copy(weights);

    public void Update(long step, Tensor weights)
    {
        using var noGradients = no_grad();
        double keep = decay == 0 ? 0 : Math.Min(decay, (1.0 + step) / (10.0 + step));
        using Scalar old = keep, toward = 1 - keep;
        Values.mul_(old).add_(weights, toward);
    }

    public void Dispose() => Values.Dispose();

    private static Tensor Copy(Tensor weights)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        // Weights that are float64 already would be taken as they are.
        return weights.to(float64).clone().DetachFromDisposeScope();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// The exponential moving average of the weights, which is what is validated and saved. It starts out short, so that it soon forgets the first, random weights: the decay of step n is
/// min(decay, (1 + n)/(10 + n)).
/// </summary>
internal sealed class WeightAverage(Tensor weights, double decay) : IDisposable
{
    /// <summary>[Count].</summary>
    public Tensor Values { get; } = weights.clone().DetachFromDisposeScope();

    public void Update(long step, Tensor weights)
    {
        using var noGradients = no_grad();
        double keep = decay == 0 ? 0 : Math.Min(decay, (1.0 + step) / (10.0 + step));
        using Scalar old = keep, toward = 1 - keep;
        Values.mul_(old).add_(weights, toward);
    }

    public void Dispose() => Values.Dispose();
}

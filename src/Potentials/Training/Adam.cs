using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Adam, AdamW and AMSGrad over the vector of all parameters, with clipping of the whole gradient; steps are those of torch.optim. TorchSharp's own optimizers do not give their state away
/// in full, without which a resumed training is another one.
/// </summary>
internal sealed class Adam : IDisposable
{
    private static readonly Scalar One = 1;

    private readonly OptimizerOptions _options;
    private readonly Tensor _first, _second;
    private readonly Tensor? _largest;

    public Adam(FlatParameters parameters, OptimizerOptions options)
    {
        (Parameters, _options) = (parameters, options);
        using var noGradients = no_grad();
        Weights = parameters.Gather().DetachFromDisposeScope();
        _first = zeros_like(Weights).DetachFromDisposeScope();
        _second = zeros_like(Weights).DetachFromDisposeScope();
        _largest = options.AmsGrad ? zeros_like(Weights).DetachFromDisposeScope() : null;
    }

    public FlatParameters Parameters { get; }

    /// <summary>The weights that are trained: [Count]. The parameters are a copy of them after each step.</summary>
    public Tensor Weights { get; }

    /// <summary>Everything, but for the number of the step, that the next step depends on.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State()
    {
        yield return ("weights", Weights);
        yield return ("first", _first);
        yield return ("second", _second);
        if (_largest is not null) yield return ("largest", _largest);
    }

    /// <summary>One step along the gradients that the parameters hold, which are cleared.</summary>
    /// <param name="step">Number of this step, from 1.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="largestGradient">The norm of all gradients together is scaled down to this; null for any norm.</param>
    /// <returns>The norm before.</returns>
    public double Advance(long step, double rate, double? largestGradient)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor gradient = Parameters.Gradient();
        Parameters.ClearGradients();
        double norm = gradient.norm().ToDouble();
        if (largestGradient is { } largest && norm > largest)
        {
            using Scalar shrink = largest / norm;
            gradient.mul_(shrink);
        }

        Decay(gradient, rate);
        using Scalar beta1 = _options.Beta1, beta2 = _options.Beta2, toward1 = 1 - _options.Beta1, toward2 = 1 - _options.Beta2, epsilon = _options.Epsilon;
        using Scalar size = -rate / (1 - Math.Pow(_options.Beta1, step)), correction = 1 / Math.Sqrt(1 - Math.Pow(_options.Beta2, step));
        _first.mul_(beta1).add_(gradient, toward1);
        _second.mul_(beta2).addcmul_(gradient, gradient, toward2);
        if (_largest is not null) _largest.copy_(maximum(_largest, _second));
        Tensor denominator = (_largest ?? _second).sqrt().mul_(correction).add_(epsilon, One);
        Weights.addcdiv_(_first, denominator, size);
        Parameters.Scatter(Weights);
        return norm;
    }

    public void Dispose()
    {
        foreach ((_, Tensor tensor) in State()) tensor.Dispose();
    }

    private void Decay(Tensor gradient, double rate)
    {
        if (_options.WeightDecay == 0) return;
        using Scalar decay = _options.Decoupled ? 1 - rate * _options.WeightDecay : _options.WeightDecay;
        if (_options.Decoupled) Weights.mul_(decay);
        else gradient.add_(Weights, decay);
    }
}

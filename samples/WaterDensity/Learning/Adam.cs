using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// Adam (Kingma and Ba 2015) with clipping of the whole gradient and a running mean of the weights, which is what is evaluated and saved.
/// Its state can be saved and restored, so that a resumed training goes on as if it had never stopped.
/// </summary>
internal sealed class Adam
{
    private const double Beta1 = 0.9, Beta2 = 0.999, AverageDecay = 0.995;

    private static readonly Scalar KeepGradient = Beta1, TowardGradient = 1 - Beta1, KeepSquare = Beta2, TowardSquare = 1 - Beta2,
        Epsilon = 1e-8;

    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly Tensor[] _first, _second, _average;

    public Adam(nn.Module module)
    {
        _parameters = [.. module.named_parameters()];
        using var noGradients = no_grad();
        _first = [.. _parameters.Select(p => zeros_like(p.Parameter).DetachFromDisposeScope())];
        _second = [.. _parameters.Select(p => zeros_like(p.Parameter).DetachFromDisposeScope())];
        _average = [.. _parameters.Select(p => p.Parameter.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Steps made.</summary>
    public long Step { get; private set; }

    /// <summary>One step along the gradients that the parameters hold, which are cleared.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="largestGradient">The norm of all gradients together is scaled down to this.</param>
    public void Advance(double rate, double largestGradient)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Step++;
        Tensor[] gradients = [.. _parameters.Select(p => p.Parameter.grad ?? zeros_like(p.Parameter))];
        double norm = Math.Sqrt(gradients.Sum(g => (double)g.square().sum().item<float>()));
        using Scalar shrink = Math.Min(1, largestGradient / Math.Max(norm, double.Epsilon));
        using Scalar step = -rate / (1 - Math.Pow(Beta1, Step));
        using Scalar secondScale = 1 / (1 - Math.Pow(Beta2, Step));
        // The mean starts out short, so that it soon forgets the first, random weights.
        double decay = Math.Min(AverageDecay, (1.0 + Step) / (10.0 + Step));
        using Scalar keepAverage = decay, towardWeights = 1 - decay;
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor gradient = gradients[i].mul(shrink);
            _first[i].mul_(KeepGradient).add_(gradient, TowardGradient);
            _second[i].mul_(KeepSquare).addcmul_(gradient, gradient, TowardSquare);
            _parameters[i].Parameter.addcdiv_(_first[i], _second[i].mul(secondScale).sqrt_().add_(Epsilon), step);
            _average[i].mul_(keepAverage).add_(_parameters[i].Parameter, towardWeights);
            _parameters[i].Parameter.grad?.zero_();
        }
    }

    /// <summary>Runs <paramref name="action"/> with the averaged weights in the parameters' place.</summary>
    public T WithAverage<T>(Func<T> action)
    {
        Exchange();
        try
        {
            return action();
        }
        finally
        {
            Exchange();
        }
    }

    /// <summary>Leaves the averaged weights in the parameters: the end of the training.</summary>
    public void UseAverage() => Exchange();

    /// <summary>Everything that the next step depends on.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            yield return ($"weight.{_parameters[i].Name}", _parameters[i].Parameter);
            yield return ($"average.{_parameters[i].Name}", _average[i]);
            yield return ($"first.{_parameters[i].Name}", _first[i]);
            yield return ($"second.{_parameters[i].Name}", _second[i]);
        }
    }

    public void Restore(long step, Func<string, Tensor> read)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Step = step;
        foreach ((string name, Tensor tensor) in State())
            tensor.copy_(read(name));
    }

    private void Exchange()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor weight = _parameters[i].Parameter.clone();
            _parameters[i].Parameter.copy_(_average[i]);
            _average[i].copy_(weight);
        }
    }
}

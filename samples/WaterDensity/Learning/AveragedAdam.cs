using E3Gen.Potentials;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// Adam (Kingma and Ba 2015) with clipping of the whole gradient and a running mean of the weights, which is what is evaluated and saved.
/// Its state can be saved and restored, so that a resumed training goes on as if it had never stopped.
/// </summary>
internal sealed class AveragedAdam : IDisposable
{
    private const double AverageDecay = 0.995;

    private readonly Adam _adam;
    private readonly WeightAverage _average;

    public AveragedAdam(nn.Module module)
    {
        _adam = new Adam(new FlatParameters(module), new OptimizerOptions { AmsGrad = false });
        _average = new WeightAverage(_adam.Weights, AverageDecay);
    }

    /// <summary>Steps made.</summary>
    public long Step { get; private set; }

    /// <summary>One step along the gradients that the parameters hold, which are cleared.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="largestGradient">The norm of all gradients together is scaled down to this.</param>
    public void Advance(double rate, double largestGradient)
    {
        Step++;
        _adam.Advance(Step, rate, largestGradient);
        _average.Update(Step, _adam.Weights);
    }

    /// <summary>Runs <paramref name="action"/> with the averaged weights in the parameters' place.</summary>
    public T WithAverage<T>(Func<T> action) => _adam.Parameters.With(_average.Values, action);

    /// <summary>Leaves the averaged weights in the parameters: the end of the training.</summary>
    public void UseAverage() => _adam.Parameters.Scatter(_average.Values);

    /// <summary>Everything that the next step depends on, by parameter: <c>weight.*</c>, <c>first.*</c>, <c>second.*</c>, <c>average.*</c>; views, of the dispose scope around.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State()
    {
        foreach ((string name, Tensor vector) in _adam.State().Append(("average", _average.Values)))
        {
            foreach ((string parameter, _, Tensor part) in _adam.Parameters.Parts(vector))
                yield return ($"{(name == "weights" ? "weight" : name)}.{parameter}", part);
        }
    }

    public void Restore(long step, Func<string, Tensor> read)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Step = step;
        foreach ((string name, Tensor tensor) in State())
            tensor.copy_(read(name));
        _adam.Parameters.Scatter(_adam.Weights);
    }

    public void Dispose()
    {
        _adam.Dispose();
        _average.Dispose();
    }
}

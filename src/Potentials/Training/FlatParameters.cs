using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>All trainable parameters of a module as one vector: an optimizer's step is a dozen operations, however many parameters there are.</summary>
internal sealed class FlatParameters
{
    private readonly (string Name, Parameter Parameter)[] _parameters;

    public FlatParameters(nn.Module module)
    {
        _parameters = [.. module.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter))];
        if (_parameters.Length == 0) throw new ArgumentException($"{module.GetName()} has no parameters to train.", nameof(module));
        (string firstName, Parameter first) = _parameters[0];
        foreach ((string name, Parameter parameter) in _parameters)
        {
            if (parameter.dtype != first.dtype || parameter.device.ToString() != first.device.ToString())
            {
                throw new ArgumentException(
                    $"The parameter {name} is {parameter.dtype} on {parameter.device}, {firstName} {first.dtype} on {first.device}; all must be of one type on one device.", nameof(module));
            }
        }

        Count = _parameters.Sum(p => p.Parameter.numel());
    }

    /// <summary>How many numbers.</summary>
    public long Count { get; }

    /// <summary>A copy of all parameters: [Count].</summary>
    public Tensor Gather()
    {
        using var scope = NewDisposeScope();
        return Join(p => p.detach().view(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>A copy of all gradients: [Count], zeros where a parameter has none.</summary>
    public Tensor Gradient()
    {
        using var scope = NewDisposeScope();
        return Join(p => (p.grad ?? zeros_like(p)).view(-1)).MoveToOuterDisposeScope();
    }

    public void ClearGradients()
    {
        using var scope = NewDisposeScope();
        foreach ((_, Parameter parameter) in _parameters) parameter.grad?.zero_();
    }

    /// <summary>Gives the parameters their values.</summary>
    public void Scatter(Tensor values)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach ((_, Parameter parameter, Tensor part) in Parts(values)) parameter.copy_(part);
    }

    /// <summary>Runs something with other values in the parameters' place.</summary>
    public void With(Tensor values, Action action) => With(values, () =>
    {
        action();
        return true;
    });

    /// <summary>Computes something with other values in the parameters' place.</summary>
    public T With<T>(Tensor values, Func<T> action)
    {
        using Tensor before = Gather();
        Scatter(values);
        try
        {
            return action();
        }
        finally
        {
            Scatter(before);
        }
    }

    /// <summary>Copies side by side. TorchSharp's <c>cat</c> of a single tensor is that tensor, no copy.</summary>
    private Tensor Join(Func<Parameter, Tensor> part) => _parameters is [var (_, only)] ? part(only).clone() : cat([.. _parameters.Select(p => part(p.Parameter))]);

    /// <summary>The parts of a vector, in the shapes of the parameters; views, of the dispose scope around.</summary>
    public IEnumerable<(string Name, Parameter Parameter, Tensor Part)> Parts(Tensor values)
    {
        long first = 0;
        foreach ((string name, Parameter parameter) in _parameters)
        {
            yield return (name, parameter, values.narrow(0, first, parameter.numel()).view(parameter.shape));
            first += parameter.numel();
        }
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Contestants;

/// <summary>Somebody who computes the function that a case is about.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Forward">The function.</param>
/// <param name="Parameters">Its parameters; all contestants of a case have the same names.</param>
internal sealed record Contestant(string Name, Func<Tensor[], Tensor> Forward, IReadOnlyDictionary<string, Parameter> Parameters)
{
    /// <summary>e3nn's own modules.</summary>
    public const string E3nn = "e3nn";

    /// <summary>e3nn's algorithm, written for this benchmark.</summary>
    public const string Rendition = "e3nn's algorithm";

    private static readonly Dictionary<string, Parameter> NoParameters = [];

    public Contestant(string name, Func<Tensor[], Tensor> forward)
        : this(name, forward, NoParameters)
    {
    }

    /// <summary>Neither of E3Gen's backends.</summary>
    public bool IsPeer => Name.StartsWith(E3nn, StringComparison.Ordinal);

    /// <exception cref="InvalidDataException">The other's parameters have other names or sizes.</exception>
    public void TakeParametersOf(Contestant other)
    {
        if (!Parameters.Keys.Order().SequenceEqual(other.Parameters.Keys.Order()))
            throw new InvalidDataException($"{Name} and {other.Name} have different parameters: {string.Join(", ", Parameters.Keys.Order())}; {string.Join(", ", other.Parameters.Keys.Order())}.");
        using var noGradients = no_grad();
        foreach ((string name, Parameter parameter) in Parameters)
        {
            Tensor source = other.Parameters[name];
            if (source.numel() != parameter.numel())
                throw new InvalidDataException($"{name} has {parameter.numel()} entries in {Name} and {source.numel()} in {other.Name}.");
            parameter.copy_(source.reshape(parameter.shape));
        }
    }
}

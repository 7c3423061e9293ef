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

    /// <param name="values">For every parameter.</param>
    /// <exception cref="InvalidDataException">The values have other names or sizes.</exception>
    public void SetParameters(IReadOnlyDictionary<string, Tensor> values)
    {
        if (!Parameters.Keys.Order().SequenceEqual(values.Keys.Order()))
            throw new InvalidDataException($"{Name} has the parameters {string.Join(", ", Parameters.Keys.Order())}, the first contestant {string.Join(", ", values.Keys.Order())}.");
        using var noGradients = no_grad();
        foreach ((string name, Parameter parameter) in Parameters)
        {
            Tensor value = values[name];
            if (value.numel() != parameter.numel())
                throw new InvalidDataException($"{name} has {parameter.numel()} entries in {Name}, {value.numel()} in the first contestant.");
            parameter.copy_(value.reshape(parameter.shape));
        }
    }
}

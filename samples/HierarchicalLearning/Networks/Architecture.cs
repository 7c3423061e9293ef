using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, E3Gen.Graph, TorchSharp.torch.Tensor>;

namespace HierarchicalLearning.Networks;

/// <summary>How many copies the hidden irreps of a network have.</summary>
internal enum Copies
{
    /// <summary>The full network's, without the degrees above l_max: fewer parameters the lower it is.</summary>
    Truncated,

    /// <summary>Rescaled by one factor, so that there are as many parameters as for l_max = 3.</summary>
    Matched,

    /// <summary>The same for every degree.</summary>
    Equal,

    /// <summary>The full network's, in reverse order of degrees.</summary>
    Reversed,
}

/// <summary>A declared network by its name in the grid.</summary>
internal sealed record Architecture(string Name, int HiddenLMax, Copies Copies, Func<Network> Create)
{
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("quarter-0", 0, Copies.Truncated, () => new Quarter0()),
        new("quarter-1", 1, Copies.Truncated, () => new Quarter1()),
        new("quarter-2", 2, Copies.Truncated, () => new Quarter2()),
        new("quarter-3", 3, Copies.Truncated, () => new Quarter3()),
        new("quarter-0-matched", 0, Copies.Matched, () => new Quarter0Matched()),
        new("quarter-1-matched", 1, Copies.Matched, () => new Quarter1Matched()),
        new("quarter-2-matched", 2, Copies.Matched, () => new Quarter2Matched()),
        new("quarter-3-equal", 3, Copies.Equal, () => new Quarter3Equal()),
        new("quarter-3-reversed", 3, Copies.Reversed, () => new Quarter3Reversed()),
        new("paper-0", 0, Copies.Truncated, () => new Paper0()),
        new("paper-1", 1, Copies.Truncated, () => new Paper1()),
        new("paper-2", 2, Copies.Truncated, () => new Paper2()),
        new("paper-3", 3, Copies.Truncated, () => new Paper3()),
        new("paper-0-matched", 0, Copies.Matched, () => new Paper0Matched()),
        new("paper-1-matched", 1, Copies.Matched, () => new Paper1Matched()),
        new("paper-2-matched", 2, Copies.Matched, () => new Paper2Matched()),
        new("paper-3-equal", 3, Copies.Equal, () => new Paper3Equal()),
        new("paper-3-reversed", 3, Copies.Reversed, () => new Paper3Reversed()),
    ];

    /// <exception cref="ArgumentException">There is no network of this name.</exception>
    public static Architecture Of(string name) => All.FirstOrDefault(a => a.Name == name)
        ?? throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", All.Select(a => a.Name))}.");
}

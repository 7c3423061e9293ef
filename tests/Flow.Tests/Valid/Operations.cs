using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace Valid.Operations;

/// <summary>Linear maps of channels, whose number changes, and with weights and biases of each row.</summary>
[EquivariantModule]
public sealed partial class Channels : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private const string Nodes = "4x0e + 2x1o";

    [Linear(Nodes, "2x0e + 1x1o", Bias = true, InputChannels = 3, OutputChannels = 5)]
    private partial Tensor Spread(Tensor x);

    [Linear("2x0e + 1x1o", "0e + 2x1o", Bias = true, Weights = WeightKind.PerSample)]
    private partial Tensor Mix(Tensor x, Tensor weights, Tensor bias);

    [return: Irreps("0e + 2x1o", Rows = 2)]
    public override Tensor forward([Irreps(Nodes, Rows = 2)] Tensor x, [Invariant(Axes = 3)] Tensor weights, [Invariant(Axes = 3)] Tensor bias) =>
        Mix(Spread(x), weights, bias);
}

/// <summary>An output that no path reaches is zero, and turns as anything else.</summary>
[EquivariantModule]
public sealed partial class MissingPaths : nn.Module<Tensor, Tensor>
{
    [Linear("4x0e + 2x1o", "4x0e + 2x1o + 2x2e", AllowMissingPaths = true)]
    private partial Tensor Spread(Tensor x);

    [return: Irreps("4x0e + 2x1o + 2x2e")]
    public override Tensor forward([Irreps("4x0e + 2x1o")] Tensor x) => Spread(x);
}

/// <summary>Tensors of space by their irreps, and back.</summary>
[EquivariantModule]
public sealed partial class Stresses : nn.Module<Tensor, Tensor>
{
    private static readonly CartesianTensor Stress = new("ij=ji");

    [Linear("8x0e + 4x2e", "0e + 2e")]
    private partial Tensor Mix(Tensor x);

    /// <summary>The pull on a plane: σ n.</summary>
    [return: Irreps("1o")]
    public Tensor Traction([Irreps("8x0e + 4x2e")] Tensor x, [Irreps("1o")] Tensor normal) =>
        Stress.ToCartesian(Mix(x)).matmul(normal.unsqueeze(-1)).squeeze(-1);

    /// <summary>The stress of a pair: f ⊗ r, symmetrised.</summary>
    [return: Irreps("0e + 2e")]
    public override Tensor forward([Irreps("1o")] Tensor forces) => new CartesianTensor("ij=ji").FromCartesian(torch.einsum("ni,nj->nij", forces, forces));
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>The module that the design opens with.</summary>
[EquivariantModule]
public sealed partial class Interaction : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private const string Edges = "0e + 1o + 2e";
    private const string Sum = "32x0e + 16x1o + 8x2e";

    [return: Irreps(Sum)]
    public override Tensor forward([Irreps(Nodes)] Tensor nodes, [Irreps(Edges)] Tensor edges, Tensor weights, Graph graph) =>
        Update(Convolve(Mix(nodes), edges, weights, graph));

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor nodes);

    [Convolution(Nodes, Edges, Keep = "0e + 1o + 2e")]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", Sum)]
    private partial Tensor Update(Tensor messages);

    [TensorProduct("4x0e + 2x1o", "3x0e + 2x1o", "5x0e + 2x1o + 1e", Mode = ConnectionMode.UVW)]
    public partial Tensor Product(Tensor x, Tensor y);

    [SphericalHarmonics("0e + 1o + 2e + 3o")]
    public partial Tensor Harmonics(Tensor vectors);

    [Gate("8x0e + 4x0o", "4x1o + 2x2e")]
    public partial Tensor Activate(Tensor x);
}

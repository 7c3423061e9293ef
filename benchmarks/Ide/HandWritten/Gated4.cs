using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class Gated4 : nn.Module<Tensor, Tensor, Graph, Tensor>
{
    private const string Nodes = "64x0e + 64x1o + 32x2e";
    private readonly Parameter _strength = new(torch.ones(1));

    public Gated4()
        : base(nameof(Gated4)) => RegisterComponents();

    [SphericalHarmonics("0e + 1o + 2e")]
    private partial Tensor Harmonics(Tensor vectors);

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor nodes);

    [TensorProduct(Nodes, "0e + 1o + 2e", Nodes, Mode = ConnectionMode.UVW)]
    private partial Tensor Couple(Tensor nodes, Tensor edges);

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor nodes, [Positions] Tensor positions, Graph graph)
    {
        Tensor edges = graph.EdgeVectors(positions);
        Tensor messages = Couple(Pooling.FromSources(Mix(nodes), graph), Harmonics(edges)) * Radial.Envelope(Geometry.Length(edges), 4.0);
        Tensor sums = torch.zeros_like(nodes).index_add(0, graph.Destination, messages, 1);
        Tensor scalars = nn.functional.silu(sums[.., ..64]);
        Tensor gates = scalars.sigmoid();
        Tensor vectors = sums[.., 64..256] * gates.repeat_interleave(3, -1);
        Tensor tensors = sums[.., 256..] * gates[.., ..32].repeat_interleave(5, -1);
        return nodes + torch.cat([scalars, vectors, tensors], -1) * _strength;
    }
}

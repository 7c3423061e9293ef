using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class VectorMessage3 : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    private readonly Linear _filter = nn.Linear(16, 64);
    private readonly Linear _mix = nn.Linear(32, 32, hasBias: false);

    public VectorMessage3()
        : base(nameof(VectorMessage3)) => RegisterComponents();

    [return: Irreps("1o", Rows = 2)]
    public override Tensor forward([Irreps("32x0e")] Tensor scalars, [Irreps("1o", Rows = 2)] Tensor vectors, [Positions] Tensor positions, Graph graph)
    {
        Tensor edges = graph.EdgeVectors(positions);
        Tensor length = Geometry.Length(edges);
        Tensor gates = _filter.call(Radial.Gaussians(length, 16, 4.0)) * Radial.Envelope(length, 4.0);
        Tensor along = gates.narrow(-1, 0, 32) * Pooling.FromSources(scalars, graph);
        Tensor carried = Pooling.FromSources(vectors, graph) * gates.narrow(-1, 32, 32).unsqueeze(-1);
        Tensor messages = along.unsqueeze(-1) * Geometry.Unit(edges).unsqueeze(1) + carried;
        Tensor sums = torch.zeros_like(vectors).index_add(0, graph.Destination, messages, 1);
        Tensor mixed = _mix.call(sums.transpose(1, 2)).transpose(1, 2);
        return vectors + mixed;
    }
}

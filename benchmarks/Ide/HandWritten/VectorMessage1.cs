using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class VectorMessage1 : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    private readonly Linear _filter = nn.Linear(8, 16);
    private readonly Linear _mix = nn.Linear(8, 8, hasBias: false);

    public VectorMessage1()
        : base(nameof(VectorMessage1)) => RegisterComponents();

    [return: Irreps("1o", Rows = 2)]
    public override Tensor forward([Irreps("8x0e")] Tensor scalars, [Irreps("1o", Rows = 2)] Tensor vectors, [Positions] Tensor positions, Graph graph)
    {
        Tensor edges = graph.EdgeVectors(positions);
        Tensor length = Geometry.Length(edges);
        Tensor gates = _filter.call(Radial.Gaussians(length, 8, 4.0)) * Radial.Envelope(length, 4.0);
        Tensor along = gates.narrow(-1, 0, 8) * Pooling.FromSources(scalars, graph);
        Tensor carried = Pooling.FromSources(vectors, graph) * gates.narrow(-1, 8, 8).unsqueeze(-1);
        Tensor messages = along.unsqueeze(-1) * Geometry.Unit(edges).unsqueeze(1) + carried;
        Tensor sums = torch.zeros_like(vectors).index_add(0, graph.Destination, messages, 1);
        Tensor mixed = _mix.call(sums.transpose(1, 2)).transpose(1, 2);
        return vectors + mixed;
    }
}

using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>
/// Energies of clusters of two kinds of atoms, and forces as their gradients. Written by hand, without an operation of E3Gen; that it is equivariant the compiler proves.
/// </summary>
[EquivariantModule]
public sealed partial class Potential : nn.Module<Tensor, Tensor, Graph, Tensor>
{
    private readonly Embedding _kinds = nn.Embedding(2, Common.C);
    private readonly Message _first = new(), _second = new();
    private readonly Update _update = new(), _last = new();
    private readonly Attention _attention = new();
    private readonly Move _move = new();
    private readonly Sequential _energy = nn.Sequential(nn.Linear(Common.C, Common.C), nn.SiLU(), nn.Linear(Common.C, 1));

    public Potential()
        : base(nameof(Potential)) => RegisterComponents();

    /// <summary>One energy a cluster: [graphs, 1].</summary>
    [return: Irreps("0e")]
    public override Tensor forward([Positions] Tensor positions, [Invariant] Tensor kinds, Graph graph)
    {
        Tensor s = _kinds.call(kinds.view(-1));
        Tensor v = zeros([positions.shape[0], Common.C, 3], positions.dtype);
        Tensor edges = graph.EdgeVectors(positions);
        (s, v) = _first.call(s, v, edges, graph);
        (s, v) = _update.call(s, v);
        (s, v) = _attention.call(s, v, edges, graph);
        (s, v) = _second.call(s, v, graph.EdgeVectors(_move.call(positions, s, graph)), graph);
        (s, _) = _last.call(s, v);
        return zeros([graph.GraphCount, 1], s.dtype).index_add(0, graph.Batch!, _energy.call(s), 1);
    }

    /// <summary>Energies, and the force on each atom: [N, 3].</summary>
    public (Tensor Energies, Tensor Forces) EnergiesAndForces([Positions] Tensor positions, [Invariant] Tensor kinds, Graph graph)
    {
        Tensor x = positions.detach().requires_grad_(true);
        Tensor energies = forward(x, kinds, graph);
        return (energies, -autograd.grad([energies.sum()], [x], retain_graph: true, create_graph: true)[0]);
    }
}

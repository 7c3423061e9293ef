using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>What all blocks share: atoms have C scalars [N, C] and C vectors [N, C, 3].</summary>
public static class Common
{
    public const int C = 16, Basis = 8;
    public const double Radius = 4;

    /// <summary>Functions of the length of each edge: [E, Basis], zero at the cutoff.</summary>
    public static Tensor Radial(Tensor lengths) => RadialBasis.Bessel(lengths, Radius, Basis) * Cutoff.Cosine(lengths / Radius).unsqueeze(-1);

    /// <summary>Sums over the edges that arrive at each atom.</summary>
    public static Tensor Collect(Tensor edges, Graph graph)
    {
        long[] shape = edges.shape;
        shape[0] = graph.NodeCount;
        return zeros(shape, edges.dtype).index_add(0, graph.Destination, edges, 1);
    }
}

/// <summary>PaiNN's message (Schütt et al. 2021): neighbours send scalars, their own vectors and the direction to them.</summary>
[EquivariantModule]
public sealed partial class Message : nn.Module<Tensor, Tensor, Tensor, Graph, (Tensor, Tensor)>
{
    private readonly Sequential _context = nn.Sequential(nn.Linear(Common.C, Common.C), nn.SiLU(), nn.Linear(Common.C, 3 * Common.C));
    private readonly Linear _filter = nn.Linear(Common.Basis, 3 * Common.C);

    public Message()
        : base(nameof(Message)) => RegisterComponents();

    public override (Tensor, Tensor) forward([Irreps("16x0e")] Tensor s, [Irreps("1o", Rows = 2)] Tensor v, [Irreps("1o")] Tensor edges, Graph graph)
    {
        Tensor lengths = edges.norm(-1);
        Tensor directions = (edges / lengths.unsqueeze(-1)).unsqueeze(1);
        Tensor weights = _context.call(s).index_select(0, graph.Source) * _filter.call(Common.Radial(lengths));
        Tensor[] w = weights.chunk(3, -1);
        Tensor vectors = v.index_select(0, graph.Source) * w[1].unsqueeze(-1) + directions * w[2].unsqueeze(-1);
        return (s + Common.Collect(w[0], graph), v + Common.Collect(vectors, graph));
    }
}

/// <summary>PaiNN's update: scalars and vectors of one atom, by lengths and inner products of mixed channels.</summary>
[EquivariantModule]
public sealed partial class Update : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
{
    private readonly Linear _left = nn.Linear(Common.C, Common.C, hasBias: false), _right = nn.Linear(Common.C, Common.C, hasBias: false);
    private readonly Sequential _gates = nn.Sequential(nn.Linear(2 * Common.C, Common.C), nn.SiLU(), nn.Linear(Common.C, 3 * Common.C));

    public Update()
        : base(nameof(Update)) => RegisterComponents();

    public override (Tensor, Tensor) forward([Irreps("16x0e")] Tensor s, [Irreps("1o", Rows = 2)] Tensor v)
    {
        Tensor left = _left.call(v.transpose(-1, -2)).transpose(-1, -2); // over channels, the same for x, y and z
        Tensor right = _right.call(v.transpose(-1, -2)).transpose(-1, -2);
        Tensor lengths = right.pow(2).sum(-1).add(1e-6).sqrt();
        Tensor[] gates = _gates.call(cat([s, lengths], -1)).chunk(3, -1);
        return (s + gates[0] + gates[1] * (left * right).sum(-1), v + left * gates[2].unsqueeze(-1));
    }
}

/// <summary>Attention: how much an atom listens to a neighbour is a softmax of invariants; what it hears are scalars and vectors.</summary>
[EquivariantModule]
public sealed partial class Attention : nn.Module<Tensor, Tensor, Tensor, Graph, (Tensor, Tensor)>
{
    private readonly Linear _query = nn.Linear(Common.C, Common.C), _key = nn.Linear(Common.C, Common.C), _value = nn.Linear(Common.C, Common.C);
    private readonly Parameter _mix = nn.Parameter(randn(Common.C, Common.C) / Math.Sqrt(Common.C));

    public Attention()
        : base(nameof(Attention)) => RegisterComponents();

    public override (Tensor, Tensor) forward([Irreps("16x0e")] Tensor s, [Irreps("1o", Rows = 2)] Tensor v, [Irreps("1o")] Tensor edges, Graph graph)
    {
        Tensor scores = (_query.call(s).index_select(0, graph.Destination) * _key.call(s).index_select(0, graph.Source)).sum(-1, keepdim: true);
        Tensor weights = (scores / Math.Sqrt(Common.C)).exp() * Cutoff.Cosine(edges.norm(-1, keepdim: true) / Common.Radius);
        weights = weights / (1 + Common.Collect(weights, graph)).index_select(0, graph.Destination);
        Tensor mixed = einsum("nci,cd->ndi", v, _mix);
        return (
            s + Common.Collect(weights * _value.call(s).index_select(0, graph.Source), graph),
            v + Common.Collect(weights.unsqueeze(-1) * mixed.index_select(0, graph.Source), graph));
    }
}

/// <summary>EGNN's update of positions (Satorras et al. 2021): a point moves along the differences to its neighbours.</summary>
[EquivariantModule]
public sealed partial class Move : nn.Module<Tensor, Tensor, Graph, Tensor>
{
    private readonly Sequential _weight = nn.Sequential(nn.Linear(2 * Common.C + Common.Basis, Common.C), nn.SiLU(), nn.Linear(Common.C, 1), nn.Tanh());

    public Move()
        : base(nameof(Move)) => RegisterComponents();

    [return: Positions]
    public override Tensor forward([Positions] Tensor positions, [Irreps("16x0e")] Tensor s, Graph graph)
    {
        Tensor to = positions.index_select(0, graph.Destination), from = positions.index_select(0, graph.Source);
        Tensor differences = to - from;
        Tensor radial = Common.Radial(differences.norm(-1));
        Tensor pairs = cat([s.index_select(0, graph.Destination), s.index_select(0, graph.Source), radial], -1);
        return positions + Common.Collect(differences * _weight.call(pairs) * radial.mean([-1], keepdim: true), graph);
    }
}

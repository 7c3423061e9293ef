using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Planted;

/// <summary>A gated convolution with hand-written steps around it.</summary>
[EquivariantModule]
public sealed partial class Interaction : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private const string Edges = "0e + 1o + 2e";
    private const string Hidden = "32x0e + 16x1o + 8x2e";
    private static readonly Scalar Half = 0.5.ToScalar();

    private readonly Parameter _shift;

    [Irreps("0e", Rows = 0)]
    private readonly Parameter _strength;

    [Irreps(Nodes)]
    private Tensor? _last;

    public Interaction()
        : base("Interaction")
    {
        _shift = new Parameter(torch.zeros(32));
        _strength = new Parameter(torch.ones(1));
        RegisterComponents();
    }

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor nodes, [Positions] Tensor positions, Tensor weights, Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor vectors = graph.EdgeVectors(positions);
        Tensor edges = Harmonics(vectors);
        Tensor h = Mix(nodes);
        Tensor messages = Convolve(h, edges, weights, graph);
        Tensor gated = Activate(Update(messages));
        Tensor kept = gated.narrow(-1, 0, 80);
        Tensor scalars = kept[.., ..32];
        Tensor arrows = kept[.., 32..80];
        Tensor active = nn.functional.silu(scalars + _shift);
        Tensor y = torch.cat([active, arrows], -1);
        for (int i = 0; i < 2; i++)
        {
            y = y + Mix(y) * Half;
        }

        Tensor mean = y.mean([0], keepdim: true);
        Tensor centred = y - mean * _strength;
        _last = centred.detach();
        return (centred + Shortcut(nodes)).MoveToOuterDisposeScope();
    }

    /// <summary>Pooled over nodes.</summary>
    [return: Irreps(Nodes)]
    public Tensor Pool([Irreps(Nodes)] Tensor nodes, [Invariant] Tensor batch) =>
        torch.zeros(4, 80).index_add(0, batch, nodes, 1.ToScalar());

    [SphericalHarmonics(Edges)]
    private partial Tensor Harmonics(Tensor vectors);

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor nodes);

    [Linear(Nodes, Nodes, Bias = true)]
    private partial Tensor Shortcut(Tensor nodes);

    [Convolution(Nodes, Edges, Keep = "0e + 1o + 2e")]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", "@Activate.Input")]
    private partial Tensor Update(Tensor messages);

    [Gate("32x0e", "16x1o + 8x2e", Gates = "24x0e")]
    private partial Tensor Activate(Tensor x);

    [TensorProduct("16x1o", "16x1o", "16x0e + 16x1e", Mode = ConnectionMode.UUU)]
    [Path("1o x 1o -> 0e")]
    [Path("1o x 1o -> 1e")]
    public partial Tensor Twist(Tensor x, Tensor y);
}

/// <summary>Odd scalars beside even ones: chirality.</summary>
[EquivariantModule]
public sealed partial class Chirality : nn.Module<Tensor, Tensor>
{
    private const string Input = "8x0e + 8x0o + 4x1o";

    [return: Irreps("8x0e + 8x0o")]
    public override Tensor forward([Irreps(Input)] Tensor x)
    {
        Tensor even = x.narrow(-1, 0, 8).sigmoid();
        Tensor odd = x.narrow(-1, 8, 8).tanh();
        Tensor arrows = x.slice(-1, 16, 28, 1);
        Tensor size = arrows.norm(-1, keepdim: true);
        Tensor scaled = arrows / (size + 1e-6);
        Tensor squared = (scaled * arrows).sum(-1, keepdim: true);
        return torch.cat([even * squared, odd], -1);
    }
}

/// <summary>Two interactions in a row.</summary>
[EquivariantModule]
public sealed partial class Network : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    private readonly Interaction _first = new();
    private readonly Interaction _second = new();
    private readonly Chirality _chirality = new();

    [return: Irreps("16x0e")]
    public override Tensor forward([Irreps("32x0e + 16x1o")] Tensor nodes, [Positions] Tensor positions, Tensor weights, Graph graph)
    {
        Tensor h = _first.call(nodes, positions, weights, graph);
        h = _second.call(h, positions, weights, graph);
        (Tensor left, Tensor right) = (Half(h), h);
        Tensor chiral = _chirality.call(Prepare(right));
        Tensor even = chiral[TensorIndex.Ellipsis, TensorIndex.Slice(0, 8)];
        Tensor both = torch.cat([even, even], dim: -1);
        return both + left.relu();
    }

    private static double Factor => 0.25;

    [return: Irreps("16x0e")]
    private static Tensor Half([Irreps("32x0e + 16x1o")] Tensor h) => h.narrow(-1, 0, 16) * Factor;

    [Linear("32x0e + 16x1o", "8x0e + 4x1o")]
    private partial Tensor Reduce(Tensor h);

    [return: Irreps("8x0e + 8x0o + 4x1o")]
    private Tensor Prepare([Irreps("32x0e + 16x1o")] Tensor h)
    {
        Tensor reduced = Reduce(h);
        Tensor even = reduced.narrow(-1, 0, 8);
        Tensor none = torch.zeros(h.shape[0], 8).AssumeIrreps("8x0o");
        return torch.cat([even, none, reduced.narrow(-1, 8, 12)], -1);
    }
}

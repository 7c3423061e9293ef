using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Support;

/// <summary>Half of Σ s_i s_j w exp(−r²/2) (1 − r/c)³ over the neighbours: what tests learn, with forces and stress by differentiation. Its strength w is a parameter.</summary>
internal sealed class PairPotential : nn.Module<Tensor, Tensor, Graph, Tensor>, IPotential
{
    private readonly Parameter _strength;

    public PairPotential(IReadOnlyList<string> species, double cutoff = 4, double strength = 1, ScalarType dtype = ScalarType.Float64)
        : base(nameof(PairPotential))
    {
        (Species, Cutoff) = (species, cutoff);
        _strength = nn.Parameter(tensor(strength, dtype: dtype));
        register_parameter("strength", _strength);
    }

    public IReadOnlyList<string> Species { get; }

    public double Cutoff { get; }

    public override Tensor forward(Tensor positions, Tensor species, Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor lengths = graph.EdgeVectors(positions).norm(-1), sizes = species.to(positions.dtype) + 1;
        Tensor pairs = _strength * (-lengths.square() / 2).exp() * (1 - lengths / Cutoff).pow(3) * sizes.index_select(0, graph.Source) * sizes.index_select(0, graph.Destination);
        return (zeros([graph.NodeCount], positions.dtype).index_add(0, graph.Destination, pairs, 1) / 2).MoveToOuterDisposeScope();
    }
}

using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>Random clusters with the energies and forces of a potential of pairs and triples.</summary>
public sealed class Samples
{
    private const int Atoms = 5;

    public Samples(int clusters, ScalarType type = ScalarType.Float32)
    {
        // Corners of a cube of 1.2, shaken: no two atoms come too close.
        var corners = tensor(new float[] { 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1 }, [1, Atoms, 3]) * 1.3f;
        var shaken = corners + 0.25 * randn(clusters, Atoms, 3);
        var kinds = randint(0, 2, [clusters, Atoms], dtype: ScalarType.Int64);
        var x = shaken.detach().requires_grad_(true);
        var energies = Energy(x, kinds.to(float32) * 0.5 + 0.75);
        Forces = -autograd.grad([energies.sum()], [x])[0].reshape(-1, 3).to(type);
        Energies = energies.detach().unsqueeze(-1).to(type);
        (Positions, Kinds) = (shaken.reshape(-1, 3).to(type), kinds.flatten());
        Graph = Graph.FromPositions(Positions, Common.Radius, arange(clusters, ScalarType.Int64).repeat_interleave(Atoms));
    }

    private Samples(Samples other, Func<Tensor, Tensor> convert, Graph graph) =>
        (Positions, Kinds, Energies, Forces, Graph) = (convert(other.Positions), other.Kinds.to(graph.Device), convert(other.Energies), convert(other.Forces), graph);

    public Tensor Positions { get; }

    public Tensor Kinds { get; }

    public Tensor Energies { get; }

    public Tensor Forces { get; }

    public Graph Graph { get; }

    public Samples To(ScalarType type) => new(this, x => x.to(type), Graph);

    public Samples To(Device device) => new(this, x => x.to(device), Graph.to(device));

    /// <summary>Morse's potential of all pairs, and for all triples what Stillinger and Weber's silicon has: (cos θ + 1/3)², dying with distance.</summary>
    private static Tensor Energy(Tensor x, Tensor strengths)
    {
        var differences = x.unsqueeze(1) - x.unsqueeze(2);
        var others = 1 - eye(Atoms);
        var lengths = (differences.pow(2).sum(-1) + eye(Atoms)).sqrt();
        var pairs = ((1 - exp(-1.5 * (lengths - 1.6))).pow(2) - 1) * others * strengths.unsqueeze(1) * strengths.unsqueeze(2);
        var near = exp(-lengths / 2) * others;
        var units = differences / lengths.unsqueeze(-1);
        var cosines = einsum("bijx,bikx->bijk", units, units);
        var triples = (cosines + (1 / 3.0)).pow(2) * near.unsqueeze(-1) * near.unsqueeze(-2) * others;
        return pairs.sum([1, 2]) / 2 + triples.sum([1, 2, 3]);
    }
}

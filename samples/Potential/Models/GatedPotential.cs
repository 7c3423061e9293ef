using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Potential.Models;

/// <summary>
/// A potential in the manner of NequIP (Batzner et al. 2022), declared by hand: an example of a class of your own. Elements are embedded in scalars, neighbours are convolved with
/// spherical harmonics of the directions to them, weighted by functions of the distance, and gated; the scalars of the last layer give the energy of each atom.
/// The compiler proves that it is equivariant.
/// </summary>
[EquivariantModule]
public sealed partial class GatedPotential : nn.Module<Tensor, Tensor, Graph, Tensor>, IPotential, IAdaptToData
{
    private const int Basis = 8;

    private readonly Embedding _elements;
    private readonly BesselBasis _bessel;
    private readonly FullyConnectedNetwork _radialFirst, _radialMiddle, _radialLast;
    private readonly FirstLayer _first = new();
    private readonly MiddleLayer _middle = new();
    private readonly LastLayer _last = new();

    private readonly AtomicEnergies _energies;

    /// <summary>1/√(mean number of neighbours): sums over neighbours keep the size of one term.</summary>
    private readonly Tensor _perNeighbors;

    /// <param name="species">Symbols of the elements that it is to know.</param>
    /// <param name="cutoff">Cutoff radius, Å.</param>
    public GatedPotential(IReadOnlyList<string> species, double cutoff = 5)
        : base(nameof(GatedPotential))
    {
        ArgumentNullException.ThrowIfNull(species);
        (Species, Cutoff) = (species, cutoff);
        _elements = nn.Embedding(species.Count, 64);
        _bessel = new BesselBasis(cutoff, Basis, BesselConvention.Nequip);
        _radialFirst = new FullyConnectedNetwork([Basis, 32, FirstLayer.WeightCount], ActivationFunction.Silu);
        _radialMiddle = new FullyConnectedNetwork([Basis, 32, MiddleLayer.WeightCount], ActivationFunction.Silu);
        _radialLast = new FullyConnectedNetwork([Basis, 32, LastLayer.WeightCount], ActivationFunction.Silu);
        _energies = new AtomicEnergies(species);
        _perNeighbors = ones(1);
        register_buffer(nameof(_perNeighbors), _perNeighbors);
        RegisterComponents();
    }

    public IReadOnlyList<string> Species { get; }

    public double Cutoff { get; }

    public void Adapt(DatasetStatistics statistics)
    {
        _energies.Adapt(statistics);
        using var noGradients = no_grad();
        _perNeighbors.fill_(1 / Math.Sqrt(Math.Max(statistics.Neighbors, 1)));
    }

    [return: Invariant]
    public override Tensor forward([Positions] Tensor positions, [Invariant] Tensor species, Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor vectors = graph.EdgeVectors(positions);
        Tensor lengths = vectors.norm(-1);
        Tensor radial = _bessel.call(lengths) * E3Gen.Cutoff.Polynomial(lengths / Cutoff).unsqueeze(-1);
        Tensor harmonics = Harmonics(vectors);
        Tensor elements = _elements.call(species.view(-1));
        Tensor nodes = _first.call(elements, harmonics, _radialFirst.call(radial) * _perNeighbors, graph);
        nodes = _middle.call(nodes, harmonics, _radialMiddle.call(radial) * _perNeighbors, graph);
        nodes = _last.call(nodes, harmonics, _radialLast.call(radial) * _perNeighbors, graph);
        return _energies.call(Readout(nodes), species).MoveToOuterDisposeScope();
    }

    [SphericalHarmonics(Layers.Edges)]
    private partial Tensor Harmonics(Tensor vectors);

    [Linear(Layers.Scalars, "0e")]
    private partial Tensor Readout(Tensor nodes);
}

using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Potential.Models;

/// <summary>
/// A strictly local potential in the manner of Allegro (Musaelian et al. 2023): energies are those of ordered pairs of an atom and a neighbour, whose scalars x and tensors V are refined in layers
/// by the neighbours of the same atom. Nothing comes from beyond the cutoff radius, however many layers there are, so that space may be divided among processes. In each layer
/// <code>
/// A_i  = Σ_k w(x_ik) Y(r_ik) / √n          the surroundings of the atom, over its neighbours k
/// V_ij ← mix(V_ij ⊗ A_i)                   channel by channel, all products of l ≤ 2
/// x_ij ← x_ij + u(r_ij) f(x_ij, scalars of V_ij)
/// </code>
/// with the envelope u, which is 0 at the cutoff, and networks w and f. The compiler proves that it is equivariant.
/// </summary>
[EquivariantModule]
public sealed partial class LocalPotential : nn.Module<Tensor, Tensor, Graph, Tensor>, IPotential, IAdaptToData
{
    private const int Basis = 8, Channels = 16, Latent = 64;

    private const string Scalars = "16x0e", Tensors = "16x0e + 16x1o + 16x2e", Edges = "0e + 1o + 2e";

    private static readonly Scalar One = 1;

    private readonly Embedding _elements;
    private readonly BesselBasis _bessel;
    private readonly FullyConnectedNetwork _pair, _lift, _weighFirst, _weighLast, _updateFirst, _updateLast, _readout;
    private readonly AtomicEnergies _energies;

    /// <summary>1/√(mean number of neighbours): sums over neighbours keep the size of one term.</summary>
    private readonly Tensor _perNeighbors;

    /// <param name="species">Symbols of the elements that it is to know.</param>
    /// <param name="cutoff">Cutoff radius, Å.</param>
    public LocalPotential(IReadOnlyList<string> species, double cutoff = 5)
        : base(nameof(LocalPotential))
    {
        ArgumentNullException.ThrowIfNull(species);
        (Species, Cutoff) = (species, cutoff);
        _elements = nn.Embedding(species.Count, Channels);
        _bessel = new BesselBasis(cutoff, Basis, BesselConvention.Nequip);
        _pair = new FullyConnectedNetwork([(2 * Channels) + Basis, Latent, Latent], ActivationFunction.Silu);
        _lift = new FullyConnectedNetwork([Latent, Latent, LiftWeights], ActivationFunction.Silu);
        _weighFirst = new FullyConnectedNetwork([Latent, Latent, SurroundFirstWeights], ActivationFunction.Silu);
        _weighLast = new FullyConnectedNetwork([Latent, Latent, SurroundLastWeights], ActivationFunction.Silu);
        _updateFirst = new FullyConnectedNetwork([Latent + Channels, Latent, Latent], ActivationFunction.Silu);
        _updateLast = new FullyConnectedNetwork([Latent + Channels, Latent, Latent], ActivationFunction.Silu);
        _readout = new FullyConnectedNetwork([Latent, 32, 1], ActivationFunction.Silu);
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
        Tensor envelope = E3Gen.Cutoff.Polynomial(lengths / Cutoff).unsqueeze(-1);
        Tensor harmonics = Harmonics(vectors);
        Tensor elements = _elements.call(species.view(-1));
        Tensor centers = elements.index_select(0, graph.Destination), neighbors = elements.index_select(0, graph.Source);

        Tensor latent = _pair.call(cat([centers, neighbors, _bessel.call(lengths)], -1)) * envelope;
        Tensor tensors = Lift(neighbors, harmonics, _lift.call(latent));

        Tensor surroundings = SurroundFirst(elements, harmonics, _weighFirst.call(latent), graph) * _perNeighbors;
        tensors = MixFirst(CoupleFirst(tensors, surroundings.index_select(0, graph.Destination)));
        latent = latent.add(_updateFirst.call(cat([latent, ScalarsOf(tensors)], -1)) * envelope, One);

        surroundings = SurroundLast(elements, harmonics, _weighLast.call(latent), graph) * _perNeighbors;
        Tensor scalars = CoupleLast(tensors, surroundings.index_select(0, graph.Destination));
        latent = latent.add(_updateLast.call(cat([latent, scalars], -1)) * envelope, One);

        Tensor pairs = _readout.call(latent) * _perNeighbors;
        Tensor atoms = zeros([graph.NodeCount, 1], pairs.dtype, pairs.device).index_add(0, graph.Destination, pairs, One);
        return _energies.call(atoms, species).MoveToOuterDisposeScope();
    }

    [SphericalHarmonics(Edges)]
    private partial Tensor Harmonics(Tensor vectors);

    /// <summary>The first tensors of a pair, W(x_ij) ⊗ Y(r_ij).</summary>
    [TensorProduct(Scalars, Edges, Tensors, Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    private partial Tensor Lift(Tensor neighbors, Tensor edges, Tensor weights);

    [Convolution(Scalars, Edges)]
    private partial Tensor SurroundFirst(Tensor elements, Tensor edges, Tensor weights, Graph graph);

    [Convolution(Scalars, Edges)]
    private partial Tensor SurroundLast(Tensor elements, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct(Tensors, Tensors, Tensors, Mode = ConnectionMode.UUU)]
    private partial Tensor CoupleFirst(Tensor tensors, Tensor surroundings);

    [TensorProduct(Tensors, Tensors, Scalars, Mode = ConnectionMode.UUU)]
    private partial Tensor CoupleLast(Tensor tensors, Tensor surroundings);

    [Linear(Tensors, Tensors)]
    private partial Tensor MixFirst(Tensor tensors);

    [Extract(Tensors, Scalars)]
    private partial Tensor ScalarsOf(Tensor tensors);
}

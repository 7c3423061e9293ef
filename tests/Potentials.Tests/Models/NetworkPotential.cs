using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

[MessagePassingNetwork(
    Input = "2x0e", Hidden = "8x0e + 4x1o", Output = "0e", EdgeHarmonics = "0e + 1o", Layers = 2, MaxRadius = 3.5, Basis = RadialBasisKind.Bessel, Cutoff = CutoffKind.Polynomial,
    NumberOfBasis = 6, RadialNeurons = 8, NumNeighbors = 4)]
internal sealed partial class SmallNetwork;

/// <summary>A declared network with random weights.</summary>
internal sealed class NetworkPotential : nn.Module, IPotential
{
    private readonly SmallNetwork network;

    public NetworkPotential(int seed, IReadOnlyList<string>? species = null)
        : base(nameof(NetworkPotential))
    {
        using var generator = new Generator((ulong)seed);
        random.manual_seed(seed);
        network = new SmallNetwork();
        network.to(float64);
        Species = species ?? ["H", "O"];
        RegisterComponents();
    }

    public IReadOnlyList<string> Species { get; }

    public double Cutoff => 3.5;

    [AssumeEquivariant("The network reads its arguments and writes to none.")]
    public Tensor forward(Tensor positions, Tensor species, Graph graph) => network.forward(positions, nn.functional.one_hot(species, 2).to(positions.dtype), graph).view(-1);
}

using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

/// <summary>Every atom on a spring of its own, ½ k r² from the origin: no potential of a molecule, but its dynamics are known.</summary>
internal sealed class Tethers(double k) : IPotential
{
    public IReadOnlyList<string> Species { get; } = ["H", "O", "Ar"];

    public double Cutoff => 1e-3;

    public Tensor forward(Tensor positions, Tensor species, Graph graph) => PairPotential.Number(0.5 * k) * positions.square().sum(1);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

/// <summary>A sound potential and a fault of energies: what is added to those of the atoms.</summary>
internal sealed class BrokenPotential(Func<Tensor, Tensor, Graph, Tensor, Tensor> fault) : PairPotential(4, SmoothStep)
{
    private static readonly Scalar One = 1;

    /// <summary>Energies feel the x axis.</summary>
    public static BrokenPotential Directional() => new((positions, _, graph, energies) => energies + Number(0.01) * Along(positions, graph));

    /// <summary>The sum over edges of the square of a vector's component.</summary>
    private static Tensor Along(Tensor positions, Graph graph)
    {
        Tensor d = graph.EdgeVectors(positions);
        Tensor r = d.square().sum(1).sqrt(), x = d.select(1, 0);
        return zeros(graph.NodeCount, dtype: positions.dtype).index_add(0, graph.Destination, x * x * SmoothStep(r * Number(0.25)), One);
    }

    /// <summary>Later atoms have deeper wells.</summary>
    public static BrokenPotential Ordered() => new((_, _, graph, energies) => energies * (Number(1) + Number(0.01) * arange(graph.NodeCount, dtype: float64)));

    /// <summary>Each atom feels the mean energy of all atoms, of all structures in the call.</summary>
    public static BrokenPotential MeanField() => new((_, _, _, energies) => energies + Number(0.1) * energies.mean().square());

    /// <summary>A part of the energy that no force knows of.</summary>
    public static BrokenPotential Detached() => new((_, _, _, energies) => energies + Number(0.1) * energies.detach().square());

    /// <summary>Lengths are of positions as they stand, whatever image the edge leads to.</summary>
    public static BrokenPotential WithoutImages() => new((positions, _, graph, energies) =>
    {
        Tensor d = positions.index_select(0, graph.Source) - positions.index_select(0, graph.Destination);
        return energies + Number(1e-3) * zeros(graph.NodeCount, dtype: positions.dtype).index_add(0, graph.Destination, d.square().sum(1), One);
    });

    public static BrokenPotential Throwing() => new((_, _, graph, energies) => graph.NodeCount > 7 ? throw new InvalidOperationException("no more than seven atoms") : energies);

    public static BrokenPotential NotANumber() => new((_, _, _, energies) => energies * Number(double.NaN));

    [AssumeEquivariant("It is not: that is what is judged.")]
    public override Tensor forward(Tensor positions, Tensor species, Graph graph) => fault(positions, species, graph, base.forward(positions, species, graph));
}

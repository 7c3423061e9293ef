using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Documentation of a network, shown on hovering over its class: its layers, their parameters and their cost.</summary>
internal static class NetworkDocumentation
{
    public static Documentation Of(NetworkModel network)
    {
        var rows = network.Layers.Select(l => ($"{l.Index}: {l.SelfConnection.Input} → {l.Output}", Cells(network, l))).ToList();
        long parameters = network.Layers.Sum(l => Weights(l) + RadialSizes(network, l).Products().Sum());
        string inputs = network.HasInput ? $"{network.Input} of each node" : "no features of the nodes";
        return new Documentation(
            $"Message passing within {NetworkEmitter.Text(network.Options.MaxRadius)}, from {inputs} to {network.Output} of each {(network.Options.ReduceOutput ? "graph" : "node")}.",
            Documentation.Align(rows),
            [
                $"{parameters} parameters in all: those of the linear maps and of the radial networks.",
                $"Edges are spherical harmonics {network.Harmonics.Output}.",
            ])
        {
            Lead = "Its layers, their parameters (with those of their radial network) and floating-point operations:",
        };
    }

    private static string Cells(NetworkModel network, LayerModel layer)
    {
        long radial = RadialSizes(network, layer).Products().Sum();
        long edge = layer.Convolve.Cost + (2 * radial);
        long node = layer.Operations.Where(o => o is not ConvolutionModel).Sum(o => o.Cost);
        return $"{Weights(layer) + radial} parameters, about {edge} operations an edge and {node} a node";
    }

    private static long Weights(LayerModel layer) => layer.Operations.Sum(o => o.Parameters.Weights + o.Parameters.Biases);

    /// <summary>The widths of the network from radial basis to path weights.</summary>
    public static IEnumerable<long> RadialSizes(NetworkModel network, LayerModel layer) =>
        new long[] { network.Options.NumberOfBasis }
            .Concat(Enumerable.Repeat((long)network.Options.RadialNeurons, network.Options.RadialLayers))
            .Append(layer.Convolve.PassedWeights!.Value);

    /// <summary>The products of neighbours: the sizes of the matrices between layers of these widths.</summary>
    private static IEnumerable<long> Products(this IEnumerable<long> widths) => widths.Zip(widths.Skip(1), (n, m) => n * m);
}

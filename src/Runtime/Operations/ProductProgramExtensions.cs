using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Tensor products and convolutions of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProductProgramExtensions
{
    /// <summary>F(x, y, w) row by row, of a product that keeps the copies of x apart: one kernel.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[rows, weights], or [weights] for every row; null for paths without.</param>
    /// <returns>[rows, columns of z].</returns>
    public static Tensor Apply(this ChannelwiseProgram program, Tensor x, Tensor y, Tensor? weights = null) =>
        Kernel(program, program, x) is not { } kernel ? PortableProduct.Of(program).Apply(x, y, weights)
        : weights is null ? kernel.Apply(x, y)
        : kernel.Apply(x, y, weights.dim() == 1 ? weights.expand(x.size(0), -1) : weights);

    /// <summary>F(x, y, w) row by row, of a product whose weights mix all copies: a kernel couples, another one mixes.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[weights], for every row.</param>
    /// <returns>[rows, columns of z].</returns>
    public static Tensor Apply(this FullyConnectedProgram program, Tensor x, Tensor y, Tensor weights) =>
        Kernel(program, program.EveryPair, x) is { } kernel
            ? program.Mix.Apply(kernel.Apply(x, y), weights, null)
            : PortableProduct.Of(program).Apply(x, y, weights);

    /// <summary>F(x, y, w) row by row, of a product of any modes: a kernel couples, TorchSharp operations contract copies.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[rows, weights], or [weights] for every row; null for paths without.</param>
    /// <returns>[rows, columns of z].</returns>
    public static Tensor Apply(this ProductProgram program, Tensor x, Tensor y, Tensor? weights = null) =>
        program.EveryPair.Paths.Count > 0 && Kernel(program, program.EveryPair, x) is { } kernel
            ? PortableProduct.Of(program).Contract(kernel.Apply(x, y), x, y, weights)
            : PortableProduct.Of(program).Apply(x, y, weights);

    /// <summary>The sum of F(x[source], y, w) over the edges that arrive at each node.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[nodes, columns of x].</param>
    /// <param name="y">[edges, columns of y].</param>
    /// <param name="weights">[edges, weights], or [pairs, weights] for both edges of a pair of opposite ones.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>[nodes, columns of z].</returns>
    /// <exception cref="ArgumentException">The graph is on another device.</exception>
    public static Tensor Convolve(this ChannelwiseProgram program, Tensor x, Tensor y, Tensor weights, Graph graph)
    {
        using var scope = NewDisposeScope();
        if (graph.Source.device_type != x.device_type || graph.Source.device_index != x.device_index)
        {
            throw new ArgumentException($"{program.Name}: the graph is on {graph.Device}, but features of nodes are on {x.device}; move one with .to(…).");
        }

        if (DeviceOperations.Convolution(program, graph, x) is { } device)
        {
            return new ConvolutionFunction(program, graph) { Device = device }.Apply(x, y, Edges.PerEdge(weights, graph)).MoveToOuterDisposeScope();
        }

        if (TakesKernels(program, x))
        {
            return new ConvolutionFunction(program, graph).Apply(x, y, weights).MoveToOuterDisposeScope();
        }

        return PortableProduct.Of(program).Apply(x, y, Edges.PerEdge(weights, graph), graph).MoveToOuterDisposeScope();
    }

    /// <summary>The kernel of a product row by row on a tensor's device; null for the portable backend.</summary>
    private static ChannelwiseFunction? Kernel(BilinearProgram program, ChannelwiseProgram rows, Tensor x) =>
        DeviceOperations.Product(rows, x) is { } device ? new(rows) { Device = device }
        : TakesKernels(program, x) ? new(rows)
        : null;

    private static bool TakesKernels(BilinearProgram program, Tensor x) => program.Products.Count > 0 && Backends.TakesKernels(x, program.Name);
}

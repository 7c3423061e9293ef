using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Channelwise tensor products and convolutions of tensors on the CPU. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelwiseProgramExtensions
{
    /// <summary>F(x, y, w) row by row.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[rows, weights]; null for paths without.</param>
    /// <returns>[rows, columns of z].</returns>
    public static Tensor Apply(this ChannelwiseProgram program, Tensor x, Tensor y, Tensor? weights) =>
        weights is null ? new ChannelwiseFunction(program).Apply(x, y) : new ChannelwiseFunction(program).Apply(x, y, weights);

    /// <summary>The sum of F(x[source], y, w) over the edges that arrive at each node.</summary>
    /// <param name="program">The product F.</param>
    /// <param name="x">[nodes, columns of x].</param>
    /// <param name="y">[edges, columns of y].</param>
    /// <param name="weights">[edges, weights], or [pairs, weights] for both edges of a pair of opposite ones.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>[nodes, columns of z].</returns>
    public static Tensor Convolve(this ChannelwiseProgram program, Tensor x, Tensor y, Tensor weights, Graph graph) =>
        new ConvolutionFunction(program, graph).Apply(x, y, weights);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>Copies of an irrep before and after another one, several copies at every edge of the network and in its edge harmonics.</summary>
[MessagePassingNetwork(
    Input = "2x0e + 3x1o + 2x1e",
    Hidden = "3x0e + 3x1o + 2x1e + 2x1o",
    Output = "2x1o + 1x0e + 2x1e + 2x1o",
    EdgeHarmonics = "1x0e + 2x1o",
    Layers = 1,
    MaxRadius = 3,
    NumberOfBasis = 4,
    RadialNeurons = 6,
    NumNeighbors = 3)]
public sealed partial class ManyCopies;

/// <summary>The operations of <see cref="ManyCopies"/> as a user declares them, from mul_ir to mul_ir.</summary>
[EquivariantModule]
public sealed partial class ManyCopiesTwin : nn.Module
{
    private const string Input = "2x0e + 3x1o + 2x1e", Hidden = "3x0e + 3x1o + 2x1e + 2x1o", Output = "2x1o + 1x0e + 2x1e + 2x1o", Edges = "1x0e + 2x1o";

    // The paths of Convolve1 one by one: where the output has an irrep twice, the weights of its paths are no single matrix.
    private const string Messages = "3x0e + 3x0e + 2x0e + 3x1o + 3x1o + 2x1o + 2x1o + 3x1e + 2x1e + 2x1e";

    internal readonly FullyConnectedNetwork Radial0 = new([4, 6, 27], ActivationFunction.Silu);
    internal readonly FullyConnectedNetwork Radial1 = new([4, 6, 40], ActivationFunction.Silu);

    [Linear(Input, "@Gate.Input")]
    internal partial Tensor Self0(Tensor x);

    [Linear(Input, Input)]
    internal partial Tensor First0(Tensor x);

    [Convolution(Input, Edges, Keep = "0e + 1o + 1e")]
    internal partial Tensor Convolve0(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve0", "@Gate.Input")]
    internal partial Tensor Second0(Tensor x);

    [Gate("3x0e", "3x1o + 2x1e + 2x1o")]
    internal partial Tensor Gate(Tensor x);

    [Linear(Hidden, Output)]
    internal partial Tensor Self1(Tensor x);

    [Linear(Hidden, Hidden)]
    internal partial Tensor First1(Tensor x);

    [Convolution(Hidden, Edges, Keep = "0e + 1o + 1e")]
    internal partial Tensor Convolve1(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear(Messages, Output)]
    internal partial Tensor Second1(Tensor x);
}

/// <summary>A convolution with node attributes of several copies.</summary>
[MessagePassingNetwork(
    Input = "2x0e + 3x1o",
    NodeAttributes = "1x0e + 2x1o",
    Output = "2x0e + 3x1o",
    EdgeHarmonics = "1x0e + 2x1o",
    Layers = 0,
    MaxRadius = 3,
    NumberOfBasis = 4,
    RadialNeurons = 6,
    NumNeighbors = 3)]
public sealed partial class ManyAttributes;

/// <summary>The operations of <see cref="ManyAttributes"/> as a user declares them.</summary>
[EquivariantModule]
public sealed partial class ManyAttributesTwin : nn.Module
{
    private const string Nodes = "2x0e + 3x1o", Attributes = "1x0e + 2x1o", Edges = "1x0e + 2x1o", Messages = "2x0e + 3x0e + 2x1o + 3x1o";

    internal readonly FullyConnectedNetwork Radial0 = new([4, 6, 15], ActivationFunction.Silu);

    [TensorProduct(Nodes, Attributes, Nodes)]
    internal partial Tensor Self0(Tensor x, Tensor y);

    [TensorProduct(Nodes, Attributes, Nodes)]
    internal partial Tensor First0(Tensor x, Tensor y);

    [Convolution(Nodes, Edges, Keep = "0e + 1o")]
    internal partial Tensor Convolve0(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct(Messages, Attributes, Nodes)]
    internal partial Tensor Second0(Tensor x, Tensor y);
}

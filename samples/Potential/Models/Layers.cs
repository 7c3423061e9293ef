using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace Potential.Models;

/// <summary>Irreps that the layers of <see cref="GatedPotential"/> share.</summary>
internal static class Layers
{
    public const string Scalars = "64x0e", Tensors = "32x1o + 16x2e", Features = Scalars + "+" + Tensors, Edges = "0e + 1o + 2e";
}

/// <summary>From scalars, the elements, to features.</summary>
[EquivariantModule]
public sealed partial class FirstLayer : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    public const int WeightCount = ConvolveWeights;

    [return: Irreps(Layers.Features)]
    public override Tensor forward([Irreps(Layers.Scalars)] Tensor nodes, [Irreps(Layers.Edges)] Tensor edges, Tensor weights, Graph graph)
        => Activate(Update(Convolve(Mix(nodes), edges, weights, graph)) + Keep(nodes));

    [Linear(Layers.Scalars, Layers.Scalars)]
    private partial Tensor Mix(Tensor nodes);

    [Convolution(Layers.Scalars, Layers.Edges)]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", "@Activate.Input")]
    private partial Tensor Update(Tensor messages);

    [Linear(Layers.Scalars, "@Activate.Input", AllowMissingPaths = true)]
    private partial Tensor Keep(Tensor nodes);

    [Gate(Layers.Scalars, Layers.Tensors)]
    private partial Tensor Activate(Tensor x);
}

/// <summary>From features to features.</summary>
[EquivariantModule]
public sealed partial class MiddleLayer : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    public const int WeightCount = ConvolveWeights;

    [return: Irreps(Layers.Features)]
    public override Tensor forward([Irreps(Layers.Features)] Tensor nodes, [Irreps(Layers.Edges)] Tensor edges, Tensor weights, Graph graph)
        => Activate(Update(Convolve(Mix(nodes), edges, weights, graph)) + Keep(nodes));

    [Linear(Layers.Features, Layers.Features)]
    private partial Tensor Mix(Tensor nodes);

    [Convolution(Layers.Features, Layers.Edges, Keep = "0e + 1o + 2e")]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", "@Activate.Input")]
    private partial Tensor Update(Tensor messages);

    [Linear(Layers.Features, "@Activate.Input")]
    private partial Tensor Keep(Tensor nodes);

    [Gate(Layers.Scalars, Layers.Tensors)]
    private partial Tensor Activate(Tensor x);
}

/// <summary>From features to scalars, of which the energies are made.</summary>
[EquivariantModule]
public sealed partial class LastLayer : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>
{
    public const int WeightCount = ConvolveWeights;

    [return: Irreps(Layers.Scalars)]
    public override Tensor forward([Irreps(Layers.Features)] Tensor nodes, [Irreps(Layers.Edges)] Tensor edges, Tensor weights, Graph graph)
        => Activate(Update(Convolve(Mix(nodes), edges, weights, graph)) + Keep(nodes));

    [Linear(Layers.Features, Layers.Features)]
    private partial Tensor Mix(Tensor nodes);

    [Convolution(Layers.Features, Layers.Edges, Keep = "0e")]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", Layers.Scalars)]
    private partial Tensor Update(Tensor messages);

    [Linear(Layers.Features, Layers.Scalars, AllowMissingPaths = true)]
    private partial Tensor Keep(Tensor nodes);

    [Activation(Layers.Scalars, ActivationFunction.Silu)]
    private partial Tensor Activate(Tensor x);
}

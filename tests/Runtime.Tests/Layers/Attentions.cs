using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>Attention of one head and of several, with and without factors of the edges.</summary>
[EquivariantModule]
public sealed partial class Attentions : nn.Module
{
    public const string Keys = "4x0e + 2x1o + 2x1e", Values = "2x0e + 2x0o + 4x1o + 2x2e";

    [Attention(Keys, Values)]
    public partial Tensor One(Tensor queries, Tensor keys, Tensor values, Graph graph);

    [Attention(Keys, Values, Heads = 2)]
    public partial Tensor Two(Tensor queries, Tensor keys, Tensor values, Graph graph);

    [Attention(Keys, Values, Heads = 2)]
    public partial Tensor CutOff(Tensor queries, Tensor keys, Tensor values, Graph graph, Tensor cutoff);

    [Attention("0e", "1o")]
    public partial Tensor Smallest(Tensor queries, Tensor keys, Tensor values, Graph graph);
}

using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>Sums over neighbours and over graphs.</summary>
public static class Pooling
{
    public static Tensor ToNodes(Tensor messages, Graph graph) =>
        torch.zeros([graph.NodeCount, .. messages.shape[1..]], dtype: messages.dtype, device: messages.device).index_add(0, graph.Destination, messages, 1);

    public static Tensor FromSources(Tensor nodes, Graph graph) => nodes.index_select(0, graph.Source);
}

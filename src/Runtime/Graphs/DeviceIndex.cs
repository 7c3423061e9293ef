using static TorchSharp.torch;

namespace E3Gen;

/// <summary>A graph's edges by destination and by source, as indices of 64 bits on the graph's device.</summary>
internal sealed class DeviceIndex : IDisposable
{
    private readonly Tensor[] _own;

    public DeviceIndex(Graph graph)
    {
        using var plain = inference_mode(false);
        var index = graph.Index;
        _own = [Own(index.SourceOffsets), Own(index.BySource)];
        Tensors = new Dictionary<string, Tensor>
        {
            ["offsets"] = graph.Offsets, ["source"] = graph.Source, ["sourceOffsets"] = _own[0], ["edge"] = _own[1],
        };

        Tensor Own(int[] values) => tensor([.. values.Select(v => (long)v)], int64, device: CPU).to(graph.Device).DetachFromDisposeScope();
    }

    /// <summary>The indices by the names of operands.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    public void Dispose()
    {
        foreach (var tensor in _own)
        {
            tensor.Dispose();
        }
    }
}

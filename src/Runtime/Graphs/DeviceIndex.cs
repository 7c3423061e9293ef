using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>A graph's edges by destination, in short runs of one destination, and by source, as indices of 64 bits on the graph's device.</summary>
internal sealed class DeviceIndex : IDisposable
{
    private const int FewNodes = 4096;
    private readonly Tensor[] _own;

    /// <param name="graph">The graph.</param>
    /// <param name="runLength">Edges of a run, at most.</param>
    public DeviceIndex(Topology graph, int runLength = 16)
    {
        var index = graph.Index;
        var (starts, node, first) = (new List<int>(), new List<int>(), new List<int> { 0 });
        for (int n = 0; n < index.Offsets.Length - 1; n++)
        {
            for (int e = index.Offsets[n]; e < index.Offsets[n + 1]; e += runLength)
            {
                starts.Add(e);
                node.Add(n);
            }

            first.Add(starts.Count);
        }

        Runs = starts.Count;
        starts.Add(index.Source.Length);
        IsShort = graph.NodeCount < FewNodes && Runs >= 2 * graph.NodeCount;
        _own =
        [
            Own(index.SourceOffsets), Own(index.BySource), Own(CollectionsMarshal.AsSpan(starts)), Own(CollectionsMarshal.AsSpan(node)), Own(CollectionsMarshal.AsSpan(first)),
        ];
        Tensors = new Dictionary<string, Tensor>
        {
            ["offsets"] = graph.Offsets,
            ["source"] = graph.Source,
            ["destination"] = graph.Destination,
            ["sourceOffsets"] = _own[0],
            ["edge"] = _own[1],
            ["runOffsets"] = _own[2],
            ["runNode"] = _own[3],
            ["nodeRuns"] = _own[4],
        };

        Tensor Own(ReadOnlySpan<int> values) => NativeArrays.Int64(values, graph.Source.device);
    }

    /// <summary>Number of runs.</summary>
    public int Runs { get; }

    /// <summary>Whether runs, not nodes, should be what a GPU distributes: its nodes are too few to occupy one, and have many edges.</summary>
    public bool IsShort { get; }

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

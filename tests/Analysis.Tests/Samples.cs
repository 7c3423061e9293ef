using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis.Tests;

/// <summary>A small network to record.</summary>
[MessagePassingNetwork(Input = "2x0e", Hidden = "4x0e + 3x1o + 2x2e", Output = "0e + 1o", EdgeHarmonics = "0e + 1o + 2e", Layers = 1, MaxRadius = 10, NumNeighbors = 4)]
internal sealed partial class SmallNetwork;

internal static class Samples
{
    /// <summary>Rows of a few steps of a network.</summary>
    public static IReadOnlyList<PowerRow> Rows(int steps, params IPowerSink[] sinks)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(4);
        using var network = new SmallNetwork();
        Tensor positions = randn([5, 3], generator: random), nodes = randn([5, 2], generator: random);
        var graph = Graph.FromPositions(positions, 10);
        var list = new PowerList();
        using var recorder = new Recorder(network, list);
        for (int step = 1; step <= steps; step++)
        {
            network.zero_grad();
            int before = list.Rows.Count;
            using (recorder.Step(step * step))
            {
                network.forward(positions, nodes, graph).square().sum().backward();
            }

            foreach (var sink in sinks)
            {
                sink.Write([.. list.Rows.Skip(before)]);
            }
        }

        return list.Rows;
    }

    /// <summary>A folder that is deleted afterwards.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("e3gen-analysis-");

        public string File(string name) => Path.Combine(_folder.FullName, name);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}

using E3Gen.Runtime.Tests.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Weights given once for both edges of a pair: as if each edge had been given them.</summary>
[Collection(Alone.Name)]
public sealed class PairWeightTests : IDisposable
{
    private readonly Convolutions _convolutions = new();

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string name in new[] { "usual", "periodic", "batch", "one edge", "no edges" })
        {
            foreach (int threads in new[] { 1, 2, 3 })
            {
                cases.Add(name, threads);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AreThoseOfEachEdge(string name, int threads)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(23);
        using Graph graph = SmallGraphs.Of(name);
        Tensor[] arguments = Arguments(graph, random);
        using var several = Threads.Use(threads);
        foreach (Backend backend in Enum.GetValues<Backend>())
        {
            using var used = Backends.Use(backend);
            Tensor[][] expected = Derivatives.Of(a => _convolutions.Kept(a[0], a[1], a[2].index_select(0, graph.PairOfEdge), graph), arguments, orders: 3);
            Tensor[][] actual = Derivatives.Of(a => _convolutions.Kept(a[0], a[1], a[2], graph), arguments, orders: 3);
            for (int order = 0; order < expected.Length; order++)
            {
                for (int i = 0; i < expected[order].Length; i++)
                {
                    Derivatives.Close(expected[order][i], actual[order][i], 1e-12, $"{backend}, derivative {order} by argument {i}");
                }
            }
        }
    }

    [Fact]
    public void GradientsDoNotDependOnTheNumberOfThreads()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(29);
        using Graph graph = Graph.FromPositions(rand([90, 3], ScalarType.Float64, generator: random), 0.45);
        Tensor[] arguments = Arguments(graph, random);
        Assert.All(Run(1).SelectMany(t => t).Zip(Run(3).SelectMany(t => t)), pair => Assert.True(pair.First.Equals(pair.Second)));

        Tensor[][] Run(int threads)
        {
            using var several = Threads.Use(threads);
            return Derivatives.Of(a => _convolutions.Kept(a[0], a[1], a[2], graph), arguments);
        }
    }

    public void Dispose() => _convolutions.Dispose();

    private static Tensor[] Arguments(Graph graph, Generator random) =>
        [.. new[] { (graph.NodeCount, 23L), (graph.EdgeCount, 9), (graph.PairCount, 37) }.Select(s => randn([s.Item1, s.Item2], ScalarType.Float64, generator: random))];
}

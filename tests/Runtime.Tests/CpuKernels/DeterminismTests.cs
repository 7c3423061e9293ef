using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Every row is summed by one thread, in one order: results are the same to the last bit whatever the number of threads.</summary>
[Collection(Alone.Name)]
public sealed class DeterminismTests
{
    private const int Rows = 600;

    [Theory]
    [InlineData("CopiesConvolutions.Of25", ScalarType.Float32)]
    [InlineData("CopiesConvolutions.Of25", ScalarType.Float64)]
    [InlineData("SpecialOperations.CopiesOfEdges", ScalarType.Float64)]
    [InlineData("CopiesProducts.Of25", ScalarType.Float32)]
    [InlineData("SpecialOperations.SharedWeights", ScalarType.Float64)]
    [InlineData("SpecialOperations.InternalWeights", ScalarType.Float32)]
    public void ResultsDoNotDependOnTheNumberOfThreads(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(19);
        using var operation = new KernelOperation(name, type);
        using Graph? graph = operation.TakesGraph
            ? Graph.FromEdges(randint(0, 120, [Rows], generator: random), randint(0, 120, [Rows], generator: random), 120)
            : null;
        Tensor[] arguments = operation.Random(random, Rows, graph);
        Tensor[][] expected = Run(1);
        foreach (int threads in new[] { 1, 2, 3, 4, 4 })
        {
            using var inner = NewDisposeScope();
            Tensor[][] actual = Run(threads);
            for (int order = 0; order < expected.Length; order++)
            {
                Assert.All(expected[order].Zip(actual[order]), pair => Assert.True(pair.First.Equals(pair.Second), $"{threads} threads, derivative {order}"));
            }
        }

        using var four = Threads.Use(4);
        Derivatives.Agree(a => operation.Apply(a, graph), arguments, parameters: operation.Parameters, what: "four threads");

        Tensor[][] Run(int threads)
        {
            using var several = Threads.Use(threads);
            Assert.Equal(threads, get_num_threads());
            return Derivatives.Of(a => operation.Apply(a, graph), arguments, parameters: operation.Parameters);
        }
    }
}

using E3Gen.Autograd;
using E3Gen.Runtime.Tests.CpuKernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Autograd;

/// <summary>What versions of TorchSharp get whose native entry points we do not know gives the same results.</summary>
public sealed class FunctionAdapterTests
{
    [Theory]
    [InlineData("CopiesConvolutions.Of3")]
    [InlineData("CopiesProducts.Of9")]
    [InlineData("SpecialOperations.SharedWeights")]
    [InlineData("SpecialOperations.NoWeights")]
    public void ItGivesWhatNodesGive(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = operation.Random(random, 9, graph);
        for (int set = 1; set < 1 << arguments.Length; set++)
        {
            using var inner = NewDisposeScope();
            bool[] needed = [.. arguments.Select((_, i) => (set >> i & 1) == 1)];
            Tensor[][] Run() => Derivatives.Of(a => operation.Apply(a, graph), arguments, needed, orders: 3);
            Tensor[][] expected = Run(), actual;
            try
            {
                DifferentiableFunction.TakesAdapter = true;
                actual = Run();
            }
            finally
            {
                DifferentiableFunction.TakesAdapter = false;
            }

            for (int order = 0; order < expected.Length; order++)
            {
                Assert.All(expected[order].Zip(actual[order]), pair => Assert.True(pair.First.Equals(pair.Second), $"derivative {order} of [{string.Join(", ", needed)}]"));
            }
        }
    }
}

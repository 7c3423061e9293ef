using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>A product with up to seven components of whole vectors.</summary>
[EquivariantModule]
public sealed partial class LargeProducts : nn.Module
{
    [TensorProduct("32x1o + 32x2e", "0e + 1o", "32x1o + 32x2e + 32x3o + 32x1o", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    [Path(0, 0, 0), Path(1, 0, 1), Path(1, 1, 2), Path(1, 1, 3)]
    public partial Tensor Whole(Tensor x, Tensor y, Tensor weights);
}

/// <summary>Results and cotangents that are more than the caches hold are written past them, and read ahead: they are the same numbers.</summary>
[Collection(Alone.Name)]
public sealed class LargeTests : IDisposable
{
    private const long Bytes = 9 << 20;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(5);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Products(ScalarType type)
    {
        using var operation = new KernelOperation($"{nameof(LargeProducts)}.{nameof(LargeProducts.Whole)}", type);
        long rows = Bytes / sizeof(float) / (4 * 32); // the cotangent of the weights is the smallest
        Derivatives.Agree(a => operation.Apply(a), operation.Random(random, rows), orders: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Convolutions(int threads)
    {
        using var several = Threads.Use(threads);
        using var operation = new KernelOperation("CopiesConvolutions.Of128", ScalarType.Float32);
        long nodes = 60, edges = 3000;
        using var graph = Graph.FromEdges(randint(0, nodes, [edges], generator: random), randint(0, nodes, [edges], generator: random), nodes);
        Tensor[] arguments = operation.Random(random, 0, graph);
        Assert.True(arguments[2].numel() * sizeof(float) > Bytes, "so few are not written past the caches");
        Derivatives.Agree(a => operation.Apply(a, graph), arguments, orders: 1);
    }
}

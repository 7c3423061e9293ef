using E3Gen.Runtime.Tests.Operations;
using E3Gen.Runtime.Tests.Operations.TensorProducts;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>What is refused, and in which words, does not depend on the backend.</summary>
public sealed class ErrorAgreementTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Convolutions convolutions = new();
    private readonly UvuProducts products = new();
    private readonly SpecialOperations special = new();
    private readonly Graph graph = Graph.FromEdges(tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 }), 3);

    public void Dispose()
    {
        convolutions.Dispose();
        products.Dispose();
        special.Dispose();
        graph.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void WrongArguments()
    {
        Tensor nodes = zeros(3, 23), edges = zeros(2, 9), weights = zeros(2, 37);
        Tensor x = zeros(4, 27), y = zeros(4, 11);
        var calls = new Func<object?>[]
        {
            () => convolutions.Kept(zeros(2, 23), edges, weights, graph),
            () => convolutions.Kept(zeros(4, 23), edges, weights, graph),
            () => convolutions.Kept(zeros(3, 22), edges, weights, graph),
            () => convolutions.Kept(zeros(3, 1, 23), edges, weights, graph),
            () => convolutions.Kept(zeros(23), edges, weights, graph),
            () => convolutions.Kept(nodes, zeros(3, 9), weights, graph),
            () => convolutions.Kept(nodes, zeros(1, 9), weights, graph),
            () => convolutions.Kept(nodes, zeros(0, 9), weights, graph),
            () => convolutions.Kept(nodes, zeros(2, 10), weights, graph),
            () => convolutions.Kept(nodes, edges, zeros(4, 37), graph),
            () => convolutions.Kept(nodes, edges, zeros(37), graph),
            () => convolutions.Kept(nodes, edges, zeros(2, 36), graph),
            () => convolutions.Kept(nodes, edges.to(ScalarType.Float64), weights, graph),
            () => convolutions.Kept(nodes, edges, weights.to(ScalarType.Float64), graph),
            () => convolutions.Kept(nodes, edges, weights.to(ScalarType.BFloat16), graph),
            () => convolutions.Kept(nodes.to(ScalarType.Int64), edges, weights, graph),
            () => convolutions.Kept(nodes, edges, zeros(2, 37, device: META), graph),
            () => convolutions.Kept(null!, edges, weights, graph),
            () => convolutions.Kept(nodes, null!, weights, graph),
            () => convolutions.Kept(nodes, edges, null!, graph),
            () => convolutions.Kept(nodes, edges, weights, null!),
            () => special.SharedWeights(zeros(4, 81), zeros(4, 11), zeros(4, 3)),
            () => special.SharedWeights(zeros(4, 81), zeros(4, 12), zeros(3)),
            () => special.SharedWeights(zeros(4, 81), zeros(4, 11), zeros(3)),
            () => special.SharedWeights(zeros(4, 81), zeros(4, 11), null!),
            () => special.InternalWeights(zeros(4, 81, ScalarType.Float64), zeros(4, 11, ScalarType.Float64)),
            () => special.NoWeights(zeros(4, 81), zeros(5, 11)),
            () => special.NoWeights(zeros(2, 2, 81), zeros(3, 11)),
            () => special.NoWeights(tensor(1.0f), zeros(3, 11)),
            () => special.NoWeights(zeros(4, 81), zeros(4, 11, ScalarType.Float64)),
        };
        for (int i = 0; i < calls.Length; i++)
        {
            Exception portable, kernels;
            using (Backends.Use(Backend.Portable)) portable = Assert.ThrowsAny<ArgumentException>(calls[i]);
            using (Backends.Use(Backend.Cpu)) kernels = Assert.ThrowsAny<ArgumentException>(calls[i]);
            Assert.Equal((i, portable.GetType(), portable.Message), (i, kernels.GetType(), kernels.Message));
        }
    }

    /// <summary>Tensors that have no rows in memory end in an exception, too.</summary>
    [Fact]
    public void TensorsWithoutMemory()
    {
        foreach (Backend backend in Enum.GetValues<Backend>())
        {
            using var use = Backends.Use(backend);
            Assert.ThrowsAny<Exception>(() => special.NoWeights(zeros(4, 81).to_sparse(), zeros(4, 11)));
            Tensor disposed = zeros(4, 81);
            disposed.Dispose();
            Assert.ThrowsAny<Exception>(() => special.NoWeights(disposed, zeros(4, 11)));
        }
    }

    /// <summary>Imaginary parts of conjugates are tensors whose sign is not in memory.</summary>
    [Fact]
    public void SignsThatAreNotInMemory()
    {
        Tensor complex = torch.complex(randn(4, 5), randn(4, 5)).conj();
        Tensor weights = randn(2, 5);
        using Graph four = Graph.FromEdges(tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 }), 4);
        using var random = new Generator(1);
        Derivatives.Agree(a => special.Scalars(a[0], a[1], weights, four), [complex.imag, complex.imag[..2, ..1]]);
        Derivatives.Agree(a => special.Scalars(a[0], a[1], weights, four), [complex.imag, complex.imag.t()[..1, ..2].t()]);
    }
}

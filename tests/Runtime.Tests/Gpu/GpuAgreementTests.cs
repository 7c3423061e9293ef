using E3Gen.Operations.Gpu;
using E3Gen.Runtime.Tests.CpuKernels;
using E3Gen.Runtime.Tests.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Gpu;

/// <summary>Kernels of a GPU, run on the host, give the values and derivatives of the portable backend, called as operations call them.</summary>
public sealed class GpuAgreementTests : IDisposable
{
    private static readonly HostExecutor Host = new();
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(3);

    /// <summary>Samples that consist of TorchSharp operations on a GPU: matrix products, products of pairs of copies, and layers.</summary>
    private static readonly string[] WithoutKernels =
    [
        "Linear", "Bias", "LinearPerSample", "LinearShared", "NormActivation", "NormActivationBias", "NormFactors", "Uuw", "Uuu", "Elementwise", "ElementwiseFilter", "Norm", "NormSquared",
        "BatchNorm", "BatchNormInTraining", "BatchNormOfLargest", "BatchNormOfInstances", "LayerNorm", "LayerNormOfNorms", "RmsNorm", "RmsNormOfNorms", "Dropout", "Extract", "ExtractNeighbours", "Attention", "AttentionCutOff",
    ];

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [HostTheory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void InEverySample(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        int before = Host.Launches;
        using (DeviceExecution.Replace(Host)) Derivatives.Agree(Backend.Cuda, sample.Apply, sample.Random(random));
        Assert.Equal(WithoutKernels.Contains(name), Host.Launches == before);
    }

    [HostTheory]
    [InlineData("CopiesConvolutions.Of9", ScalarType.Float32)]
    [InlineData("CopiesConvolutions.Of16", ScalarType.Float64)]
    [InlineData("SpecialOperations.CopiesOfEdges", ScalarType.Float64)]
    [InlineData("CopiesProducts.Of16", ScalarType.Float32)]
    [InlineData("SpecialOperations.SharedWeights", ScalarType.Float64)]
    [InlineData("SpecialOperations.InternalWeights", ScalarType.Float64)]
    [InlineData("SpecialOperations.NoWeights", ScalarType.Float64)]
    public void ThreeDerivatives(string name, ScalarType type)
    {
        using var operation = new KernelOperation(name, type);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        using (DeviceExecution.Replace(Host)) Derivatives.Agree(Backend.Cuda, a => operation.Apply(a, graph), operation.Random(random, 9, graph), parameters: operation.Parameters, orders: 3);
    }

    /// <summary>Among them one of few nodes with many edges, which slots take in runs.</summary>
    [HostFact]
    public void OnEveryGraph()
    {
        using var operation = new KernelOperation("CopiesConvolutions.Of3", ScalarType.Float64);
        using var replaced = DeviceExecution.Replace(Host);
        var isShort = new HashSet<bool>();
        foreach (string shape in SmallGraphs.Names)
        {
            using var inner = NewDisposeScope();
            using Graph graph = SmallGraphs.Of(shape);
            isShort.Add(graph.DeviceIndex.IsShort);
            Derivatives.Agree(Backend.Cuda, a => operation.Apply(a, graph), operation.Random(random, 0, graph), what: shape);
        }

        Assert.Equal(2, isShort.Count);
    }

    /// <summary>Short numbers in memory, computed with and summed as float32: results are rounded once.</summary>
    [HostTheory]
    [InlineData("CopiesConvolutions.Of9", ScalarType.Float16, 1e-3)]
    [InlineData("CopiesConvolutions.Of9", ScalarType.BFloat16, 8e-3)]
    [InlineData("CopiesProducts.Of16", ScalarType.BFloat16, 8e-3)]
    public void ShortNumbersAreRoundedOnce(string name, ScalarType type, double tolerance)
    {
        using var exact = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = exact.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = [.. exact.Random(random, 9, graph).Select(a => a.to(type))];
        Tensor[] leaves = [.. arguments.Select(a => a.detach().requires_grad_())], exactLeaves = [.. arguments.Select(a => a.to(float64).requires_grad_())];
        Tensor expected = exact.Apply(exactLeaves, graph), g = randn(expected.shape).to(type), actual;
        using (DeviceExecution.Replace(Host))
        {
            Assert.Equal(Backend.Cuda, Backends.Of(leaves[0]));
            actual = exact.Apply(leaves, graph);
            actual.backward([g]);
        }

        expected.backward([g.to(float64)]);
        Assert.Equal(type, actual.dtype);
        Near.Relative(expected, actual.to(float64), tolerance);
        for (int i = 0; i < leaves.Length; i++) Near.Relative(exactLeaves[i].grad!, leaves[i].grad!.to(float64), tolerance, $"gradient {i}");
    }

    /// <summary>Kernels that have just been compiled are tried; those that are right are used.</summary>
    [HostTheory]
    [InlineData("CopiesConvolutions.Of9", ScalarType.Float32)]
    [InlineData("SpecialOperations.CopiesOfY", ScalarType.Float64)]
    public void RightKernelsPassTheirCheck(string name, ScalarType type)
    {
        using var operation = new KernelOperation(name, type);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        var host = new HostExecutor { Checks = true };
        using (DeviceExecution.Replace(host)) operation.Apply(operation.Random(random, 9, graph), graph);
        Assert.Equal(1, host.Prepared);
        Assert.True(host.Launches > 4);
    }

    /// <summary>Wrong ones are not: the portable backend computes instead, and it is said once.</summary>
    [HostTheory]
    [InlineData("xs[i] * at[i]", "xs[i]")]
    [InlineData("z[0] += ", "z[0] += 1e-3 + ")]
    [InlineData("sum += part", "sum -= part")]
    public void WrongKernelsAreNotUsed(string right, string wrong)
    {
        using var operation = new KernelOperation("CopiesConvolutions.Of9", ScalarType.Float64);
        using Graph graph = SmallGraphs.Usual();
        Tensor[] arguments = operation.Random(random, 9, graph);
        bool isChanged = false;
        var host = new HostExecutor { Checks = true, Change = text => { isChanged |= text.Contains(right); return text.Replace(right, wrong); } };
        Tensor expected = operation.Apply(arguments, graph);
        using (DeviceExecution.Replace(host))
        {
            for (int i = 0; i < 3; i++) Near.Equal(expected, operation.Apply(arguments, graph), 1e-12);
        }

        Assert.True(isChanged);
        Assert.Equal(1, host.Prepared);
    }
}

using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Results are where the arguments are, whatever the default device of new tensors is.</summary>
[Collection(Alone.Name)]
public sealed class DefaultDeviceTests
{
    [Theory]
    [InlineData("CopiesConvolutions.Of15", Backend.Cpu)]
    [InlineData("CopiesConvolutions.Of15", Backend.Portable)]
    [InlineData("CopiesProducts.Of15", Backend.Cpu)]
    [InlineData("CopiesProducts.Of15", Backend.Portable)]
    public void ArgumentsOnTheCpuStayThere(string name, Backend backend)
    {
        using var scope = NewDisposeScope();
        using var use = Backends.Use(backend);
        using var random = new Generator(6);
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = [.. operation.Random(random, 9, graph).Select(a => a.requires_grad_(true))];
        Device before = get_default_device();
        try
        {
            set_default_device(META);
            Tensor z = operation.Apply(arguments, graph);
            Tensor[] gradients = GradientCheck.Gradients(z.square().sum(), arguments, createGraph: true);
            gradients.Select(g => g.square().sum()).Aggregate((a, b) => a + b).backward();
            Assert.All([z, .. gradients, .. arguments.Select(a => a.grad!)], t => Assert.Equal(DeviceType.CPU, t.device_type));
        }
        finally
        {
            set_default_device(before);
        }
    }
}

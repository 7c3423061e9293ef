using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Which backend is taken.</summary>
public sealed class BackendsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = zeros(2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void KernelsTakeFloatsOnTheCpu()
    {
        Assert.Equal(Backend.Cpu, Backends.Of(x));
        Assert.Equal(Backend.Cpu, Backends.Of(x.to(ScalarType.Float64)));
        Assert.Equal(Backend.Portable, Backends.Of(x.to(ScalarType.Float16)));
        Assert.Equal(Backend.Portable, Backends.Of(x.to(ScalarType.BFloat16)));
        Assert.Equal(Backend.Portable, Backends.Of(zeros(2, 3, device: META)));
        using var use = Backends.Use(Backend.Cpu);
        Assert.Equal(Backend.Portable, Backends.Of(x.to(ScalarType.BFloat16)));
    }

    [Fact]
    public void UsesNest()
    {
        using (Backends.Use(Backend.Portable))
        {
            Assert.Equal(Backend.Portable, Backends.Of(x));
            using (Backends.Use(Backend.Cpu))
            {
                Assert.Equal(Backend.Cpu, Backends.Of(x));
                using (Backends.Use(Backend.Portable)) Assert.Equal(Backend.Portable, Backends.Of(x));
                Assert.Equal(Backend.Cpu, Backends.Of(x));
            }

            Assert.Equal(Backend.Portable, Backends.Of(x));
        }

        Assert.Equal(Backend.Cpu, Backends.Of(x));
    }

    [Fact]
    public void DisposingTwiceIsDisposingOnce()
    {
        IDisposable first = Backends.Use(Backend.Portable);
        first.Dispose();
        using IDisposable second = Backends.Use(Backend.Portable);
        first.Dispose();
        Assert.Equal(Backend.Portable, Backends.Of(x));
    }

    [Fact]
    public async Task ChoicesFollowTasksAndStayInThem()
    {
        Task<Backend> inside;
        var chosen = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        Task other = Task.Run(async () =>
        {
            using var use = Backends.Use(Backend.Portable);
            chosen.SetResult();
            await asked.Task;
            Assert.Equal(Backend.Portable, Backends.Of(x)); // also on the thread that goes on after the wait
        });
        await chosen.Task;
        Assert.Equal(Backend.Cpu, Backends.Of(x)); // the task's choice is its own
        asked.SetResult();
        await other;

        using (Backends.Use(Backend.Portable))
        {
            await Task.Yield();
            Assert.Equal(Backend.Portable, Backends.Of(x));
            inside = Task.Run(async () =>
            {
                await Task.Delay(20);
                return Backends.Of(x);
            });
        }

        Assert.Equal(Backend.Cpu, Backends.Of(x));
        Assert.Equal(Backend.Portable, await inside); // started where it was chosen
    }

    /// <summary>A graph belongs to the backend that recorded it.</summary>
    [Fact]
    public void TheBackendMayChangeBeforeTheDerivative()
    {
        using var random = new Generator(4);
        using var operation = new KernelOperation("CopiesProducts.Of3", ScalarType.Float64);
        Tensor[] arguments = [.. operation.Random(random, 5).Select(a => a.requires_grad_(true))];
        Tensor portable, kernels;
        using (Backends.Use(Backend.Portable)) portable = operation.Apply(arguments);
        kernels = operation.Apply(arguments);
        Tensor[] expected = GradientCheck.Gradients(portable.square().sum(), arguments), actual;
        using (Backends.Use(Backend.Portable)) actual = GradientCheck.Gradients(kernels.square().sum(), arguments);
        foreach (var (e, a) in expected.Zip(actual)) Derivatives.Close(e, a, 1e-12, "gradient");
    }

    [Fact]
    public void AGraphMayBeDisposedBeforeTheDerivative()
    {
        using var random = new Generator(4);
        using var operation = new KernelOperation("CopiesConvolutions.Of3", ScalarType.Float64);
        foreach (Backend backend in Enum.GetValues<Backend>())
        {
            using var use = Backends.Use(backend);
            Graph graph = SmallGraphs.Usual();
            Tensor[] arguments = [.. operation.Random(random, 0, graph).Select(a => a.requires_grad_(true))];
            Tensor z = operation.Apply(arguments, graph);
            graph.Dispose();
            z.square().sum().backward();
            Assert.All(arguments, a => Assert.True(a.grad!.abs().sum().item<double>() > 0));
        }
    }

    [Theory]
    [InlineData("CopiesConvolutions.Of9", ScalarType.BFloat16, 3e-2)]
    [InlineData("CopiesConvolutions.Of9", ScalarType.Float16, 4e-3)]
    [InlineData("SpecialOperations.InternalWeights", ScalarType.BFloat16, 3e-2)]
    [InlineData("CopiesProducts.Of9", ScalarType.Float16, 4e-3)]
    public void ShortFloatsTakeThePortableBackend(string name, ScalarType type, double tolerance)
    {
        using var random = new Generator(8);
        using var operation = new KernelOperation(name, type);
        using var exact = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = [.. operation.Random(random, 9, graph).Select(a => a.requires_grad_(true))];
        Tensor[] doubles = [.. arguments.Select(a => a.detach().to(ScalarType.Float64).requires_grad_(true))];
        foreach (var (from, to) in operation.Parameters.Zip(exact.Parameters))
        {
            using var off = no_grad();
            to.copy_(from);
        }

        Tensor actual = operation.Apply(arguments, graph), expected = exact.Apply(doubles, graph);
        Assert.Equal(type, actual.dtype);
        Near.Relative(expected, actual, tolerance);
        actual.sum().backward();
        expected.sum().backward();
        foreach (var (e, a) in doubles.Zip(arguments)) Near.Relative(e.grad!, a.grad!, tolerance, "gradient");
    }
}

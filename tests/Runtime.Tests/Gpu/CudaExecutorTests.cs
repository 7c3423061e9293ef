using E3Gen.Cuda;
using E3Gen.Cuda.Tests;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Gpu;

/// <summary>What the runtime asks a driver for: a fake one notes it.</summary>
public sealed class CudaExecutorTests : IDisposable
{
    private static readonly Device Second = new(DeviceType.CUDA, 1);
    private readonly FakeGpu? fake = FakeLibraries.Missing is null ? new FakeGpu() : null;

    private FakeGpu Gpu => fake!;

    public void Dispose() => fake?.Dispose();

    [FakeFact]
    public void Only_tensors_of_a_GPU_are_taken()
    {
        CudaExecutor executor = Executor();
        Assert.True(executor.Takes(Second));
        Assert.False(executor.Takes(CPU));
        Assert.False(executor.Takes(META));
    }

    /// <summary>Addresses of tensors where they begin, in libtorch's stream of that device.</summary>
    [FakeFact]
    public void Kernels_get_the_memory_of_tensors_and_the_stream_of_their_device()
    {
        using Tensor all = zeros(40), z = zeros(10, 3), y = zeros(5);
        using Tensor x = all.narrow(0, 10, 30).view(10, 3);
        var operands = new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y, ["z"] = z };
        Run(Executor(), FakePrograms.Forward, operands, rows: 10);
        Assert.Equal(Address(all) + 40, Address(x));
        Assert.Equal([$"launch few_forward grid 4 1 1 block 128 1 1 shared 0 stream 101 in 1001: {Address(x)} 10 {Address(z)} {0x123456789} {Address(y)}"], Gpu.Launches);
        Assert.Equal(0, Gpu.Depth);
    }

    /// <summary>An operation without weights has no tensor for them.</summary>
    [FakeFact]
    public void An_operand_without_a_tensor_has_no_address()
    {
        Run(Executor(), FakePrograms.Gradient, [], rows: 3);
        Assert.EndsWith(": 0 3", Assert.Single(Gpu.Launches));
    }

    [FakeFact]
    public void Launches_keep_their_order()
    {
        var sizes = FakePrograms.Sizes(3);
        Executor().Run(FakePrograms.Few(), [FakePrograms.Gradient, FakePrograms.Forward, FakePrograms.Gradient], sizes, new Dictionary<string, Tensor>(), Second);
        Assert.Equal(["few_gradient", "few_forward", "few_gradient"], Gpu.Launches.Select(l => l.Split(' ')[1]));
    }

    /// <summary>Kernels that were compiled now are to be checked; those that an earlier process left in the cache were.</summary>
    [FakeFact]
    public void Kernels_are_new_until_they_are_in_the_cache()
    {
        Assert.True(Executor().Prepare(FakePrograms.Few(), Second));
        Assert.False(Executor().Prepare(FakePrograms.Few(), Second));
        Assert.Single(Gpu.Compiled);
    }

    /// <summary>Nothing falls back in silence.</summary>
    [FakeFact]
    public void A_failed_launch_is_an_error()
    {
        CudaExecutor executor = Executor();
        executor.Prepare(FakePrograms.Few(), Second);
        Gpu.Fail("cuLaunchKernel", 700);
        var error = Assert.Throws<CudaException>(() => Run(executor, FakePrograms.Gradient, [], rows: 3));
        Assert.Contains("few_gradient", error.Message);
        Assert.Contains("device 1 (Fake GPU 1)", error.Message);
    }

    /// <summary>Where there is no driver, the reason is one sentence, and operations go to libtorch.</summary>
    [Fact]
    public void This_process_has_an_executor_or_a_reason()
    {
        Assert.Equal(CudaExecutor.OfProcess is null, CudaExecutor.WhyNot is { Length: > 0 });
        Assert.Equal(CudaExecutor.OfProcess, DeviceExecution.Of(Second));
        Assert.Equal(CudaExecutor.WhyNot, DeviceExecution.WhyNot(Second));
    }

    /// <summary>A process's executor: libtorch's stream of device d is 100 + d.</summary>
    private CudaExecutor Executor() => new(Gpu.Process(), device => 100 + device);

    private static void Run(CudaExecutor executor, Launch launch, Dictionary<string, Tensor> operands, long rows) =>
        executor.Run(FakePrograms.Few(), [launch], FakePrograms.Sizes(rows), operands, Second);

    private static nint Address(Tensor tensor) => RawTensor.Address(tensor);
}

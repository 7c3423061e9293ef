namespace E3Gen.Cuda.Tests;

/// <summary>What arrives at the driver when kernels are launched, and in which context.</summary>
public sealed class DeviceKernelsTests : IDisposable
{
    private readonly FakeGpu? _fake = FakeLibraries.Missing is null ? new FakeGpu() : null;

    private FakeGpu Gpu => _fake!;

    public void Dispose() => _fake?.Dispose();

    /// <summary>Pointers and sizes in the order of the launch, all 64 bits of them.</summary>
    [FakeFact]
    public void Arguments_arrive_in_order()
    {
        Gpu.Process().Of(FakePrograms.Few(), 0).Run(FakePrograms.Forward, rows: 10, stream: 77);
        Assert.Equal([$"launch few_forward grid 4 1 1 block 128 1 1 shared 0 stream 77 in 1000: {0x7f0000001000} 10 {0x7f0000003000} {0x123456789} {0x7f0000002000}"], Gpu.Launches);
    }

    [FakeTheory]
    [InlineData(1, 1)]
    [InlineData(128, 1)]
    [InlineData(129, 2)]
    [InlineData(int.MaxValue * 128L, int.MaxValue)]
    public void Blocks_cover_all_rows(long rows, long blocks)
    {
        Gpu.Process().Of(FakePrograms.Few(), 0).Run(FakePrograms.Gradient, rows);
        Assert.StartsWith($"launch few_gradient grid {blocks} 1 1 block 128 1 1 ", Assert.Single(Gpu.Launches));
    }

    [FakeFact]
    public void Nothing_is_launched_for_no_rows()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        kernels.Launch(FakePrograms.Gradient, FakePrograms.Sizes(0), _ => throw new InvalidOperationException("Nothing has to be there."), 0);
        Assert.Empty(Gpu.Launches);
    }

    [FakeTheory]
    [InlineData((int.MaxValue * 128L) + 1)]
    [InlineData(long.MaxValue / 40)]
    public void Too_many_blocks_are_an_error(long rows)
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        var error = Assert.Throws<CudaException>(() => kernels.Run(FakePrograms.Gradient with { PerRow = rows > int.MaxValue * 200L ? 41 : 1 }, rows));
        Assert.Contains($"kernel 'few_gradient' on device 0 (Fake GPU 0) cannot be launched: 'rows' is {rows}", error.Message);
        Assert.Contains("at most 2147483647 blocks", error.Message);
        Assert.Empty(Gpu.Launches);
    }

    [FakeFact]
    public void Wrong_sizes_are_named()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        Assert.Contains("'rows' is -5", Message(FakePrograms.Gradient, -5));
        Assert.Contains("'edges', which kernel 'few_gradient' on device 0 (Fake GPU 0) takes", Message(FakePrograms.Gradient with { Rows = "edges" }, 5));
        Assert.Contains("'w', which", Message(new Launch("few_gradient", "rows", 1, "gx", "w"), 5));
        Assert.Empty(Gpu.Launches);
        Assert.Equal(0, Gpu.Depth);

        string Message(Launch launch, long rows) => Assert.Throws<ArgumentException>(() => kernels.Run(launch, rows)).Message;
    }

    /// <summary>Kernels are looked up when they are loaded, not for each launch.</summary>
    [FakeFact]
    public void Functions_are_looked_up_once()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        kernels.Run(FakePrograms.Forward, 1);
        kernels.Run(FakePrograms.Forward, 1);
        kernels.Run(FakePrograms.Gradient, 1);
        Assert.Equal(["function few_forward in 1000", "function few_gradient in 1000"], Gpu.Notes.Where(n => n.StartsWith("function", StringComparison.Ordinal)));
    }

    [FakeFact]
    public void The_thread_keeps_its_context()
    {
        Gpu.Push(1001);
        Gpu.Process().Of(FakePrograms.Few(), 0).Run(FakePrograms.Forward, 1);
        Assert.Contains(" in 1000:", Assert.Single(Gpu.Launches));
        Assert.Equal((1, 1001), (Gpu.Depth, Gpu.Current));
    }

    /// <summary>Whatever fails, the thread has the context that it had.</summary>
    [FakeTheory]
    [InlineData("cuModuleLoadData", "the kernels of 'few' on device 0 (Fake GPU 0)")]
    [InlineData("cuModuleGetFunction", "kernel 'few_forward' on device 0 (Fake GPU 0)")]
    [InlineData("cuLaunchKernel", "kernel 'few_forward' on device 0 (Fake GPU 0)")]
    [InlineData("cuCtxPushCurrent_v2", "device 0 (Fake GPU 0)")]
    [InlineData("cuCtxPopCurrent_v2", "device 0 (Fake GPU 0)")]
    [InlineData("cuDevicePrimaryCtxRetain", "device 0 (Fake GPU 0)")]
    [InlineData("cuDeviceGet", "device 0")]
    public void Contexts_are_popped_also_on_failure(string function, string what)
    {
        var registry = Gpu.Process();
        Gpu.Push(1001);
        Gpu.Fail(function, 700);
        var error = Assert.Throws<CudaException>(() => registry.Of(FakePrograms.Few(), 0).Run(FakePrograms.Forward, 1));
        Assert.Equal((function, 700), (error.Function, error.Code));
        Assert.StartsWith($"{function} failed for {what}: CUDA_ERROR_ILLEGAL_ADDRESS (a text of the driver). This kernel or an earlier one", error.Message);
        Assert.Equal((1, 1001), (Gpu.Depth, Gpu.Current));
        Assert.Equal(function is "cuModuleGetFunction", Gpu.Notes.Contains("unload"));
    }

    [FakeFact]
    public void A_launch_that_fails_leaves_the_next_one_as_it_is()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        foreach (string function in new[] { "cuLaunchKernel", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2" })
        {
            Gpu.Fail(function, 2);
            var error = Assert.Throws<CudaException>(() => kernels.Run(FakePrograms.Forward, 1));
            Assert.StartsWith($"{function} failed for kernel 'few_forward' on device 0 (Fake GPU 0): CUDA_ERROR_OUT_OF_MEMORY (out of memory). ", error.Message);
            Assert.EndsWith("Free memory of this device, or compute with fewer rows at once.", error.Message);
            Assert.Equal(0, Gpu.Depth);
        }

        kernels.Run(FakePrograms.Forward, 1);
        Assert.Equal(2, Gpu.Launches.Length); // the one whose context was not popped, and the last
    }

    /// <summary>An error that the driver has no name for.</summary>
    [FakeFact]
    public void Unknown_errors_have_their_number()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        Gpu.Fail("cuLaunchKernel", 12345);
        Assert.Contains("(Fake GPU 0): error 12345. ", Assert.Throws<CudaException>(() => kernels.Run(FakePrograms.Forward, 1)).Message);
    }

    /// <summary>A device has one context for all texts, and a module for each.</summary>
    [FakeFact]
    public void Devices_have_modules_of_their_own()
    {
        var registry = Gpu.Process();
        var program = FakePrograms.Few();
        var another = FakePrograms.Few("// another");
        for (int i = 0; i < 2; i++)
        {
            registry.Of(program, 0).Run(FakePrograms.Gradient, 1);
            registry.Of(program, 1).Run(FakePrograms.Gradient, 2);
        }

        registry.Of(another, 0);
        Assert.Equal(["load cubin sm_80 in 1000", "load cubin sm_90 in 1001", "load cubin sm_80 in 1000"], Gpu.Notes.Where(n => n.StartsWith("load", StringComparison.Ordinal)));
        Assert.Equal(["retain 1000", "retain 1001"], Gpu.Notes.Where(n => n.StartsWith("retain", StringComparison.Ordinal)));
        Assert.Equal(["1000: 1", "1001: 2", "1000: 1", "1001: 2"], Gpu.Launches.Select(l => l.Split(" in ")[1].Replace($"{0x7f0000004000} ", "", StringComparison.Ordinal)));
    }

    [FakeFact]
    public void Kernels_in_local_memory_are_reported()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few("// local few_gradient"), 0);
        Assert.Equal([new("few_forward", 40, 0), new("few_gradient", 40, 64)], kernels.Resources);
        Assert.Equal("few_gradient", Assert.Single(kernels.InLocalMemory).Kernel);
    }

    [FakeFact]
    public void Many_threads_launch()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 1);
        int unbalanced = 0;
        Threads.Run(8, i =>
        {
            for (int rows = 1; rows <= 20; rows++)
            {
                kernels.Run(FakePrograms.Gradient, (100 * i) + rows);
            }

            Interlocked.Add(ref unbalanced, Gpu.Depth);
        });
        Assert.Equal(0, unbalanced);
        var expected = Enumerable.Range(0, 8).SelectMany(i => Enumerable.Range(1, 20).Select(rows => $" in 1001: {0x7f0000004000} {(100 * i) + rows}"));
        Assert.Equal(expected.Order(), Gpu.Launches.Select(l => l[l.IndexOf(" in ", StringComparison.Ordinal)..]).Order());
    }
}

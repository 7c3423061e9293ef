using System.Collections.Concurrent;

namespace E3Gen.Cuda.Tests;

/// <summary>Texts are compiled once in a process, for the right device; what does not compile says why.</summary>
public sealed class KernelRegistryTests : IDisposable
{
    private readonly FakeGpu? _fake = FakeLibraries.Missing is null ? new FakeGpu() : null;

    private FakeGpu Gpu => _fake!;

    public void Dispose() => _fake?.Dispose();

    [FakeFact]
    public void A_text_is_compiled_for_its_device_with_exact_arithmetic()
    {
        Gpu.Process().Of(FakePrograms.Few(), 0);
        Assert.Equal(["few.cu --gpu-architecture=sm_80 --std=c++17 --fmad=true"], Gpu.Compiled);
        Assert.Equal(0, Gpu.LivePrograms);
    }

    /// <summary>Programs of the same text have the same kernels; those of another one do not.</summary>
    [FakeFact]
    public void Kernels_are_those_of_a_text()
    {
        var registry = Gpu.Process();
        var kernels = registry.Of(FakePrograms.Few(), 0);
        Assert.Same(kernels, registry.Of(FakePrograms.Few(), 0));
        Assert.NotSame(kernels, registry.Of(FakePrograms.Few("// another"), 0));
        Assert.NotSame(kernels, registry.Of(FakePrograms.Few(), 1));
        Assert.Equal(3, Gpu.Compiled.Length);
    }

    [FakeFact]
    public void Many_threads_compile_once()
    {
        var registry = Gpu.Process();
        Gpu.SetDelay(50);
        var kernels = new ConcurrentBag<DeviceKernels>();
        Threads.Run(16, _ => kernels.Add(registry.Of(FakePrograms.Few(), 0)));
        Assert.Single(Gpu.Compiled);
        Assert.Equal(16, kernels.Count);
        Assert.Single(kernels.Distinct());
    }

    [FakeFact]
    public void A_text_that_does_not_compile_is_shown()
    {
        var registry = Gpu.Process();
        var program = FakePrograms.Few("#error");
        var error = Assert.Throws<CudaException>(() => registry.Of(program, 0));
        Assert.StartsWith("The kernels of 'few' do not compile for sm_80. nvrtcCompileProgram failed in NVRTC 12.8 (", error.Message);
        Assert.Contains("NVRTC_ERROR_COMPILATION", error.Message);
        Assert.EndsWith("\nfew.cu(1): error: an érror", error.Message);
        Assert.Equal(("few.cu(1): error: an érror", 6), (error.Log, error.Code));
        string file = error.Message.Split("The text is in '")[1].Split('\'')[0];
        Assert.Equal(program.Source, File.ReadAllText(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal(0, Gpu.LivePrograms);

        // It is not tried again, and the others still compile.
        Assert.Same(error, Assert.Throws<CudaException>(() => registry.Of(program, 0)));
        Assert.Single(Gpu.Compiled);
        registry.Of(FakePrograms.Few(), 0);
    }

    /// <summary>Memory may be free later: only this failure is not remembered.</summary>
    [FakeFact]
    public void A_module_for_which_there_is_no_memory_is_loaded_later()
    {
        var registry = Gpu.Process();
        Gpu.Fail("cuModuleLoadData", 2);
        var error = Assert.Throws<CudaException>(() => registry.Of(FakePrograms.Few(), 0));
        Assert.StartsWith("cuModuleLoadData failed for the kernels of 'few' on device 0 (Fake GPU 0): CUDA_ERROR_OUT_OF_MEMORY (out of memory). Free memory", error.Message);
        registry.Of(FakePrograms.Few(), 0).Run(FakePrograms.Forward, 1);
        Assert.Single(Gpu.Launches);
        Assert.Single(Gpu.Compiled);
    }

    [FakeTheory]
    [InlineData(100, "ptx compute_90", "compute_90")]
    [InlineData(89, "ptx compute_86", "compute_86")]
    [InlineData(86, "cubin sm_86", "sm_86")]
    public void A_device_that_the_compiler_does_not_know_takes_ptx(int architecture, string image, string option)
    {
        Gpu.SetArchitecture(1, architecture);
        Gpu.Process().Of(FakePrograms.Few(), 1).Run(FakePrograms.Forward, 1);
        Assert.Contains($"load {image} in 1001", Gpu.Notes);
        Assert.Contains($"--gpu-architecture={option} ", Assert.Single(Gpu.Compiled));
        Gpu.Process().Of(FakePrograms.Few(), 1);
        Assert.Single(Gpu.Compiled); // the second one comes from the cache
    }

    [FakeFact]
    public void A_device_older_than_the_compiler_is_an_error()
    {
        Gpu.SetArchitecture(0, 61);
        var error = Assert.Throws<CudaException>(() => Gpu.Process().Of(FakePrograms.Few(), 0));
        Assert.Contains("compiles for 70, 80, 86, 90, and device 0 (Fake GPU 0) is 61: take an older version of CUDA", error.Message);
    }

    [FakeTheory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_device_that_is_not_there_is_an_error(int ordinal)
    {
        var error = Assert.Throws<CudaException>(() => Gpu.Process().Of(FakePrograms.Few(), ordinal));
        Assert.StartsWith($"cuDeviceGet failed for device {ordinal} (there are 2 devices): CUDA_ERROR_INVALID_DEVICE", error.Message);
        Assert.Contains("CUDA_VISIBLE_DEVICES", error.Message);
    }

    [FakeFact]
    public void A_kernel_that_is_not_in_its_text_is_an_error()
    {
        var program = FakePrograms.Few() with { Jvp = [new("few_jvp", "rows", 1, "x")] };
        var error = Assert.Throws<CudaException>(() => Gpu.Process().Of(program, 0));
        Assert.StartsWith("cuModuleGetFunction failed for kernel 'few_jvp' on device 0 (Fake GPU 0): CUDA_ERROR_NOT_FOUND", error.Message);
        Assert.Contains("unload", Gpu.Notes);
        Assert.Equal(0, Gpu.Depth);
    }
}

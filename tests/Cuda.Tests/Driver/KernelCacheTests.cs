namespace E3Gen.Cuda.Tests;

/// <summary>The next process takes what was compiled; whatever is wrong with a file or a folder costs only time.</summary>
public sealed class KernelCacheTests : IDisposable
{
    private readonly FakeGpu? _fake = FakeLibraries.Missing is null ? new FakeGpu() : null;

    private FakeGpu Gpu => _fake!;

    private string File => Assert.Single(Directory.GetFiles(Gpu.CacheFolder));

    public void Dispose() => _fake?.Dispose();

    [FakeFact]
    public void The_next_process_compiles_nothing()
    {
        Run();
        string name = Path.GetFileName(File);
        Assert.Matches("^[0-9a-f]{64}$", name);
        Run();
        Assert.Single(Gpu.Compiled);
        Assert.Equal(2, Gpu.Launches.Length);
        Assert.Empty(Gpu.Reports);
    }

    /// <summary>Another text, device or compiler has a file of its own.</summary>
    [FakeFact]
    public void Files_are_those_of_what_changes_them()
    {
        Run();
        Gpu.Process().Of(FakePrograms.Few("// another"), 0);
        Gpu.Process().Of(FakePrograms.Few(), 1);
        Gpu.SetVersion(9);
        Run();
        Assert.Equal(4, Gpu.Compiled.Length);
        Assert.Equal(4, Directory.GetFiles(Gpu.CacheFolder).Length);
        var target = new KernelTarget(80, IsPtx: false);
        string key = KernelCache.Key("a", target, "12.8");
        Assert.Equal(key, KernelCache.Key("a", target, "12.8"));
        Assert.Distinct([key, KernelCache.Key("a", target with { IsPtx = true }, "12.8"), KernelCache.Key("a", target, "12.9"), KernelCache.Key("b", target, "12.8")]);
    }

    /// <summary>Each byte of a file is checked, and it is made again once.</summary>
    [FakeTheory]
    [InlineData("first byte")]
    [InlineData("checksum")]
    [InlineData("last byte")]
    [InlineData("shorter")]
    [InlineData("longer")]
    [InlineData("head only")]
    [InlineData("empty")]
    [InlineData("foreign")]
    [InlineData("of another text")]
    public void A_file_that_is_not_whole_is_made_again(string damage)
    {
        Run();
        string file = File;
        byte[] whole = System.IO.File.ReadAllBytes(file), bytes = [.. whole];
        switch (damage)
        {
            case "first byte": bytes[0] ^= 1; break;
            case "checksum": bytes[20] ^= 1; break;
            case "last byte": bytes[^1] ^= 1; break;
            case "shorter": bytes = bytes[..^1]; break;
            case "longer": bytes = [.. bytes, 0]; break;
            case "head only": bytes = bytes[..47]; break;
            case "empty": bytes = []; break;
            case "foreign": bytes = "A note of somebody who writes more than forty-seven bytes into a file of this name."u8.ToArray(); break;
            default:
                Gpu.Process(Path.Combine(Gpu.Folder, "other")).Of(FakePrograms.Few("// local few_forward"), 0);
                bytes = System.IO.File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(Gpu.Folder, "other"))));
                break;
        }

        System.IO.File.WriteAllBytes(file, bytes);
        int compiled = Gpu.Compiled.Length;
        Assert.Empty(Run().InLocalMemory);
        Assert.Equal(compiled + 1, Gpu.Compiled.Length);
        Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
        Run();
        Assert.Equal(compiled + 1, Gpu.Compiled.Length);
    }

    [Fact]
    public void What_killed_processes_left_is_removed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("e3gen-");
        string old = Path.Combine(folder.FullName, "a.1.tmp"), recent = Path.Combine(folder.FullName, "b.2.tmp");
        System.IO.File.WriteAllText(old, "half");
        System.IO.File.WriteAllText(recent, "in progress");
        System.IO.File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        new KernelCache(folder.FullName).Write("key", [1]);
        Assert.Equal(["b.2.tmp", "key"], folder.GetFiles().Select(f => f.Name).Order());
        folder.Delete(recursive: true);
    }

    /// <summary>A whole file, which the driver does not take.</summary>
    [FakeFact]
    public void A_file_that_the_driver_does_not_take_is_made_again()
    {
        Run();
        new KernelCache(Gpu.CacheFolder).Write(Path.GetFileName(File), "cubin sm_75\n"u8.ToArray());
        Run();
        Run();
        Assert.Equal(2, Gpu.Compiled.Length);
        Assert.Equal(3, Gpu.Launches.Length);
    }

    /// <summary>Where the new one is not taken either, it is not the file: the error is shown.</summary>
    [FakeFact]
    public void A_file_is_made_again_only_once()
    {
        Run();
        Gpu.Fail("cuModuleLoadData", 209, times: 5);
        var registry = Gpu.Process();
        var error = Assert.Throws<CudaException>(() => registry.Of(FakePrograms.Few(), 0));
        Assert.Contains("CUDA_ERROR_NO_BINARY_FOR_GPU", error.Message);
        Assert.Same(error, Assert.Throws<CudaException>(() => registry.Of(FakePrograms.Few(), 0)));
        Assert.Equal(2, Gpu.Compiled.Length);
        Assert.Equal(3, Gpu.Notes.Count(n => n.StartsWith("load", StringComparison.Ordinal)));
    }

    /// <summary>A file is no reason for a lack of memory.</summary>
    [FakeFact]
    public void A_lack_of_memory_compiles_nothing()
    {
        Run();
        Gpu.Fail("cuModuleLoadData", 2);
        Assert.Throws<CudaException>(() => Gpu.Process().Of(FakePrograms.Few(), 0));
        Assert.Single(Gpu.Compiled);
    }

    /// <summary>A file is in the place of the folder: nobody, not even the administrator, can write there.</summary>
    [FakeFact]
    public void A_folder_that_cannot_be_written_is_reported_once()
    {
        string folder = Path.Combine(Gpu.Folder, "file");
        System.IO.File.WriteAllText(folder, "");
        var registry = Gpu.Process(folder);
        registry.Of(FakePrograms.Few(), 0).Run(FakePrograms.Forward, 1);
        registry.Of(FakePrograms.Few(), 1).Run(FakePrograms.Forward, 1);
        Assert.Equal(2, Gpu.Launches.Length);
        Assert.StartsWith($"Compiled kernels cannot be kept in '{folder}'", Assert.Single(Gpu.Reports));
    }

    /// <summary>A folder that somebody has filled for others is read.</summary>
    [FakeFact]
    public void A_folder_that_can_only_be_read_is_read()
    {
        Run();
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(Gpu.CacheFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Run();
            System.IO.File.SetUnixFileMode(Gpu.CacheFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Single(Gpu.Compiled);
        Assert.Empty(Gpu.Reports);
    }

    /// <summary>As many processes, each with a registry of its own, at once: all have kernels, and one whole file remains.</summary>
    [FakeFact]
    public void Processes_share_a_folder()
    {
        Gpu.SetDelay(20);
        Threads.Run(8, _ =>
        {
            for (int i = 0; i < 5; i++)
            {
                Run();
            }
        });
        Assert.Equal(40, Gpu.Launches.Length);
        Assert.InRange(Gpu.Compiled.Length, 1, 8);
        Assert.Matches("^[0-9a-f]{64}$", Path.GetFileName(File));
        Assert.NotNull(new KernelCache(Gpu.CacheFolder).Read(Path.GetFileName(File)));
        Assert.Empty(Gpu.Reports);
    }

    /// <summary>No cache, no folder, and no complaint.</summary>
    [FakeFact]
    public void Without_a_folder_each_process_compiles()
    {
        var cache = new KernelCache(null, m => Assert.Fail(m));
        cache.Write("key", [1]);
        Assert.Null(cache.Read("key"));
    }

    [Theory]
    [InlineData("/cache", "/home/x", null, "/cache/e3gen/cuda")]
    [InlineData(null, "/home/x", null, "/home/x/.cache/e3gen/cuda")]
    [InlineData("not/a/root", "/home/x", "", "/home/x/.cache/e3gen/cuda")]
    [InlineData("/cache", "/home/x", "/fast/kernels", "/fast/kernels")]
    [InlineData("/cache", "/home/x", "0", null)]
    [InlineData("/cache", "/home/x", "OFF", null)]
    [InlineData(null, null, null, null)]
    public void The_environment_chooses_the_folder(string? xdg, string? home, string? chosen, string? expected)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(expected, KernelCache.Folder(name => name switch { "XDG_CACHE_HOME" => xdg, "HOME" => home, "E3GEN_CUDA_CACHE" => chosen, _ => null }));
        }
    }

    private DeviceKernels Run()
    {
        var kernels = Gpu.Process().Of(FakePrograms.Few(), 0);
        kernels.Run(FakePrograms.Forward, 1);
        return kernels;
    }
}

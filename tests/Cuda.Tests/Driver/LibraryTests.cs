namespace E3Gen.Cuda.Tests;

/// <summary>Where the driver and the compiler are found, and what is said where they are not.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_driver_that_is_not_there_is_named()
    {
        string file = Path.Combine(_folder, "libcuda.so.1");
        var error = Assert.Throws<CudaException>(() => DriverLibrary.Load(file));
        Assert.StartsWith($"There is no usable driver of NVIDIA GPUs: '{file}' cannot be loaded: ", error.Message);
        Assert.EndsWith("Install or update the driver, or compute on the CPU.", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [FakeTheory]
    [InlineData("cuInit")]
    [InlineData("cuFuncGetAttribute")]
    [InlineData("cuGetErrorString")]
    public void A_function_that_the_driver_does_not_have_is_named(string function)
    {
        string file = FakeLibraries.Compile("fake_driver.c", Path.Combine(_folder, "libcuda.so.1"), $"-D{function}=another");
        var error = Assert.Throws<CudaException>(() => DriverLibrary.Load(file));
        Assert.StartsWith($"There is no usable driver of NVIDIA GPUs: '{file}' has no function {function}. Install or update", error.Message);
        Assert.Equal(function, error.Function);
    }

    [FakeFact]
    public void A_driver_that_does_not_start_says_why()
    {
        string file = FakeLibraries.Compile("fake_driver.c", Path.Combine(_folder, "libcuda.so.1"), "-DSTARTS_WITH=34");
        Assert.StartsWith($"cuInit failed for {file}: error 34. This library is the stub of the CUDA toolkit", Assert.Throws<CudaException>(() => DriverLibrary.Load(file)).Message);
    }

    /// <summary>Packages of libtorch give it a name of their own.</summary>
    [FakeTheory]
    [InlineData("libnvrtc.so.12")]
    [InlineData("libnvrtc-2bb82d1a.so.12")]
    [InlineData("libnvrtc-b51b459d.so.12.8.93")]
    public void The_compiler_is_found_under_another_name(string name)
    {
        string file = FakeLibraries.CopyNvrtc(Path.Combine(_folder, name));
        var nvrtc = Find([_folder]);
        Assert.Equal((file, "12.8"), (nvrtc.Path, nvrtc.Version));
        Assert.Equal([70, 80, 86, 90], nvrtc.Architectures);
    }

    /// <summary>Its functions are found through a library that depends on it, wherever the compiler itself lies; this comes first.</summary>
    [FakeFact]
    public void The_compiler_is_found_through_a_dependent_library()
    {
        string file = Dependent();
        FakeLibraries.CopyNvrtc(Path.Combine(_folder, "torch", "libnvrtc.so.12"));
        var nvrtc = Find([Path.Combine(_folder, "torch")]);
        Assert.Equal((file, "12.8"), (nvrtc.Path, nvrtc.Version));
        Assert.StartsWith("cubin sm_80\ntext", System.Text.Encoding.UTF8.GetString(nvrtc.Compile("name", "text", ["--gpu-architecture=sm_80"], isPtx: false)));
    }

    /// <summary>A library that is loaded is found by its name alone.</summary>
    [FakeFact]
    public void The_compiler_is_found_through_a_library_that_is_loaded()
    {
        const string Name = "libe3gen_fake_caffe2.so";
        Assert.Throws<CudaException>(() => NvrtcLibrary.Find(new([Name], [], [])));
        System.Runtime.InteropServices.NativeLibrary.Load(Dependent($"-Wl,-soname,{Name}"));
        Assert.Equal(Name, NvrtcLibrary.Find(new([Name], [], [])).Path);
    }

    /// <summary>A library beside it that cannot be loaded, here because what it depends on is not there, is no obstacle.</summary>
    [FakeFact]
    public void Libraries_that_cannot_be_loaded_are_passed_over()
    {
        Dependent();
        Directory.Delete(Path.Combine(_folder, "elsewhere"), recursive: true);
        string folder = Path.Combine(_folder, "torch");
        File.WriteAllText(Path.Combine(folder, "libnvrtc-0.so.12"), "no library");
        FakeLibraries.Compile("fake_nvrtc.c", Path.Combine(folder, "libnvrtc-1.so.12"), "-DnvrtcGetCUBIN=another");
        string file = FakeLibraries.CopyNvrtc(Path.Combine(folder, "libnvrtc-2.so.12"));
        Assert.Equal(file, Find([Path.Combine(_folder, "nowhere"), folder]).Path);

        File.Delete(file);
        string message = Assert.Throws<CudaException>(() => Find([folder])).Message;
        Assert.Contains($"Folders that were searched: {folder}. ", message);
        Assert.Contains("libcaffe2_nvrtc.so' cannot be loaded: ", message);
        Assert.Contains("libnvrtc-0.so.12' cannot be loaded: ", message);
        Assert.Contains("libnvrtc-1.so.12' has no function nvrtcGetCUBIN.", message);
    }

    [FakeFact]
    public void Builtins_are_not_the_compiler()
    {
        FakeLibraries.CopyNvrtc(Path.Combine(_folder, "libnvrtc-builtins.so.12.8"));
        FakeLibraries.CopyNvrtc(Path.Combine(_folder, "libnvrtc-builtins-7c.so.12"));
        Assert.DoesNotContain("builtins", Assert.Throws<CudaException>(() => Find([_folder])).Message);
        FakeLibraries.CopyNvrtc(Path.Combine(_folder, "libnvrtc.alt.so.12"));
        string file = FakeLibraries.CopyNvrtc(Path.Combine(_folder, "libnvrtc.so.12"));
        Assert.Equal(file, Find([_folder]).Path);
    }

    [FakeFact]
    public void The_compiler_of_the_system_comes_last()
    {
        string installed = FakeLibraries.CopyNvrtc(Path.Combine(_folder, "usr", "libnvrtc.so.12")), file = FakeLibraries.CopyNvrtc(Path.Combine(_folder, "torch", "libnvrtc.so.12"));
        Assert.Equal(file, NvrtcLibrary.Find(new([], [Path.Combine(_folder, "torch")], [installed])).Path);
        Assert.Equal(installed, NvrtcLibrary.Find(new([], [_folder], ["libe3gen_missing.so", installed])).Path);
    }

    [Fact]
    public void A_compiler_that_is_not_there_is_an_error_that_says_where_it_was_looked_for()
    {
        string message = Assert.Throws<CudaException>(() => NvrtcLibrary.Find(new(["libe3gen_a.so"], [_folder], ["libe3gen_b.so.12", "libe3gen_b.so.13"]))).Message;
        Assert.Contains("NVRTC, the compiler of CUDA C++, was not found. Reference a package of libtorch for CUDA", message);
        Assert.Contains(_folder, message);
        Assert.Equal(["'libe3gen_a.so'", "'libe3gen_b.so.12'", "'libe3gen_b.so.13'"], message.Split('\n').Skip(1).Select(l => l.Trim().Split(' ')[0]));
    }

    /// <summary>The places of a process: the folder of the program is among them.</summary>
    [Fact]
    public void A_process_has_places()
    {
        var places = NvrtcPlaces.OfProcess();
        Assert.Contains(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), places.Folders);
        Assert.Distinct(places.Folders);
        Assert.Equal(3, places.Installed.Count);
        Assert.Equal(places.Installed, places.Candidates().TakeLast(3));
    }

    private static NvrtcLibrary Find(IReadOnlyList<string> folders) => NvrtcLibrary.Find(new([], folders, []));

    /// <summary>libcaffe2_nvrtc.so, and the compiler in a folder where nobody looks. Its name is a new one: what the process has loaded, it takes for what has the same name.</summary>
    private string Dependent(params string[] options)
    {
        string name = $"lib{Guid.NewGuid():N}.so", nvrtc = FakeLibraries.CopyNvrtc(Path.Combine(_folder, "elsewhere", name));
        string[] link = ["-L" + Path.GetDirectoryName(nvrtc), "-Wl,--no-as-needed", "-l:" + name, "-Wl,-rpath,$ORIGIN/../elsewhere"];
        return FakeLibraries.Compile("fake_dependent.c", Path.Combine(_folder, "torch", "libcaffe2_nvrtc.so"), [.. link, .. options]);
    }
}

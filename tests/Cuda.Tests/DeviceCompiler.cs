using System.Collections.Concurrent;

namespace E3Gen.Cuda.Tests;

/// <summary>Compiles a text to PTX with clang, whose front end for CUDA needs neither a GPU nor NVIDIA's headers.</summary>
internal static class DeviceCompiler
{
    private static readonly string? Clang = Command.Find("clang++-19", "clang++-18", "clang++", "clang++-14");

    private static readonly ConcurrentDictionary<string, Lazy<string>> Known = [];

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } = Clang is null ? "There is no clang on this machine." : null;

    /// <summary>All kernels of an operation are there, and none keeps numbers in local memory.</summary>
    public static void HasNoLocalMemory(DeviceProgram program)
    {
        string ptx = ToPtx(program.Source);
        foreach (var launch in program.Launches)
        {
            Assert.Contains($".entry {launch.Kernel}(", ptx);
        }

        Assert.DoesNotContain("ld.local", ptx);
        Assert.DoesNotContain("st.local", ptx);
    }

    /// <summary>The PTX of a text, which is compiled once.</summary>
    /// <param name="source">The text.</param>
    public static string ToPtx(string source) => Known.GetOrAdd(source, text => new Lazy<string>(() => Compile(text))).Value;

    private static string Compile(string source)
    {
        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        try
        {
            string file = Path.Combine(folder, "kernels.cu"), ptx = Path.Combine(folder, "kernels.ptx");
            File.WriteAllText(file, "#include \"clang_device.h\"\n" + source);
            Command.Run(
                Clang!, "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=sm_80", "-Xclang", "-target-feature", "-Xclang", "+ptx70", "-nocudainc", "-nocudalib", "-std=c++17", "-O3", "-S",
                "-Wno-unknown-cuda-version", "-I", AppContext.BaseDirectory, "-o", ptx, file);
            return File.ReadAllText(ptx);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A test that needs clang; skipped, with the reason, where there is none.</summary>
internal sealed class DeviceTheoryAttribute : TheoryAttribute
{
    public DeviceTheoryAttribute() => Skip = DeviceCompiler.Missing;
}

using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using E3Gen.Cuda;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Gpu;

/// <summary>Runs the kernels of a GPU on CPU tensors: their text compiled for the host, lanes as fibers. What kernels should write holds NaN before.</summary>
internal sealed unsafe class HostExecutor : IDeviceExecutor
{
    private readonly ConcurrentDictionary<DeviceProgram, Lazy<nint>> libraries = new();
    private readonly Lock one = new(); // fibers are those of the library, not of a thread
    private int prepared;

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() ? "Lanes run as fibers of Linux." : HasCompiler() ? null : "There is no g++ on this machine.";

    /// <summary>Changes a text before it is compiled, to see what a fault does.</summary>
    public Func<string, string> Change { get; init; } = text => text;

    /// <summary>Whether programs count as compiled for the first time, so that they are checked.</summary>
    public bool Checks { get; init; }

    /// <summary>How many launches ran.</summary>
    public int Launches { get; private set; }

    /// <summary>How many programs were prepared.</summary>
    public int Prepared => prepared;

    public bool Takes(Device device) => device.type == DeviceType.CPU;

    public bool Prepare(DeviceProgram program, Device device)
    {
        Interlocked.Increment(ref prepared);
        return Checks;
    }

    public void Run(DeviceProgram program, IReadOnlyList<Launch> launches, IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<string, Tensor> operands, Device device)
    {
        using var off = no_grad();
        nint library = libraries.GetOrAdd(program, p => new(() => Compile(p))).Value;
        foreach (var operand in program.Operands.Where(o => operands.ContainsKey(o.Name)))
        {
            Tensor tensor = operands[operand.Name];
            if (operand.Role is Role.Result or Role.Scratch && !operand.IsPartial) tensor.fill_(double.NaN);
            Assert.True(operand.Name is "w" or "aw" && sizes["wstep"] == 0 || tensor.is_contiguous(), operand.Name);
            Assert.True(operand.Name is "w" or "aw" || operand.Count(sizes) == tensor.numel(), $"{operand.Name}: {operand.Count(sizes)} numbers, {tensor.numel()} in memory");
        }

        lock (one)
        {
            foreach (Launch launch in launches)
            {
                nint[] arguments = [.. launch.Arguments.Select(a => sizes.TryGetValue(a, out long size) ? (nint)size : operands.TryGetValue(a, out Tensor? tensor) ? (nint)RawTensor.Numbers<byte>(tensor) : 0)];
                var run = (delegate* unmanaged<long, nint*, void>)NativeLibrary.GetExport(library, "run_" + launch.Kernel);
                fixed (nint* first = arguments) run(launch.Blocks(sizes), first);
                Launches++;
            }
        }

        GC.KeepAlive(operands);
    }

    private nint Compile(DeviceProgram program)
    {
        using var folder = new Support.TemporaryFolder();
        string source = folder.File("kernels.cpp"), library = folder.File("kernels.so");
        File.WriteAllText(source, Source(program));
        using var process = Process.Start(new ProcessStartInfo("g++", ["-std=c++17", "-O0", "-w", "-shared", "-fPIC", "-fvisibility=hidden", "-I", AppContext.BaseDirectory, "-o", library, source]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return NativeLibrary.Load(library);
    }

    private string Source(DeviceProgram program)
    {
        var text = new StringBuilder("#include \"host_device.h\"\n#include <cmath>\n").Append(Change(program.Source));
        foreach (Launch launch in program.Launches.DistinctBy(l => l.Kernel))
        {
            string arguments = string.Join(", ", launch.Arguments.Select((a, i) => program.Operands.FirstOrDefault(o => o.Name == a)?.Role switch
            {
                null => $"(long long)a[{i}]",
                Role.Index => $"(long long*)a[{i}]",
                Role.Scratch => $"(T*)a[{i}]",
                _ => $"(S*)a[{i}]",
            }));
            text.Append($"extern \"C\" __attribute__((visibility(\"default\"))) void run_{launch.Kernel}(long blocks, void** a) {{ launch(blocks, {Launch.BlockSize}, [&] {{ {launch.Kernel}({arguments}); }}); }}\n");
        }

        return text.ToString();
    }

    private static bool HasCompiler()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("g++", "--version") { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that needs a host compiler; skipped, with the reason, where there is none.</summary>
internal sealed class HostTheoryAttribute : TheoryAttribute
{
    public HostTheoryAttribute() => Skip = HostExecutor.Missing;
}

/// <inheritdoc cref="HostTheoryAttribute"/>
internal sealed class HostFactAttribute : FactAttribute
{
    public HostFactAttribute() => Skip = HostExecutor.Missing;
}

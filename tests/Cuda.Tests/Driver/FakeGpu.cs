using System.Runtime.InteropServices;

namespace E3Gen.Cuda.Tests;

/// <summary>A driver with two devices, a compiler and a folder for the cache.</summary>
internal sealed class FakeGpu : IDisposable
{
    private readonly nint _driver, _nvrtc;

    public FakeGpu()
    {
        string driver = FakeLibraries.CopyDriver(Path.Combine(Folder, "libcuda.so.1")), nvrtc = FakeLibraries.CopyNvrtc(Path.Combine(Folder, "torch", "libnvrtc-2bb82d1a.so.12"));
        (_driver, _nvrtc) = (NativeLibrary.Load(driver), NativeLibrary.Load(nvrtc));
    }

    private delegate nint Text();

    private delegate int Number();

    private delegate void Numbers(int x, int y);

    private delegate void Failure(string function, int code, int times);

    private delegate void One(nint value);

    public string Folder { get; } = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;

    public string CacheFolder => Path.Combine(Folder, "cache");

    /// <summary>What the cache reported.</summary>
    public List<string> Reports { get; } = [];

    /// <summary>What the driver was asked for, in order.</summary>
    public string[] Notes => Lines(_driver);

    public string[] Launches => [.. Notes.Where(n => n.StartsWith("launch ", StringComparison.Ordinal))];

    /// <summary>What was compiled, with which options.</summary>
    public string[] Compiled => Lines(_nvrtc);

    /// <summary>Programs of the compiler that were not destroyed.</summary>
    public int LivePrograms => Function<Number>(_nvrtc, "fake_live")();

    /// <summary>How many contexts the thread has pushed and not popped.</summary>
    public int Depth => Function<Number>(_driver, "fake_depth")();

    /// <summary>A registry as that of a new process.</summary>
    public KernelRegistry Process(string? cache = null) => new(
        DriverLibrary.Load(Path.Combine(Folder, "libcuda.so.1")), () => NvrtcLibrary.Find(new([], [Path.Combine(Folder, "torch")], [])), new KernelCache(cache ?? CacheFolder, Report));

    /// <summary>The driver returns an error for the next calls of a function.</summary>
    public void Fail(string function, int code, int times = 1) => Function<Failure>(_driver, "fake_fail")(function, code, times);

    /// <summary>Makes a device another one.</summary>
    public void SetArchitecture(int device, int architecture) => Function<Numbers>(_driver, "fake_device")(device, architecture);

    /// <summary>Compiling takes this long.</summary>
    public void SetDelay(int milliseconds) => Function<One>(_nvrtc, "fake_delay")(milliseconds);

    public void SetVersion(int minor) => Function<One>(_nvrtc, "fake_version")(minor);

    /// <summary>Somebody else's context on this thread.</summary>
    public void Push(int context) => Function<One>(_driver, "fake_push")(context);

    public nint Current => Function<Text>(_driver, "fake_current")();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Report(string message)
    {
        lock (Reports)
        {
            Reports.Add(message);
        }
    }

    private static string[] Lines(nint library) => Marshal.PtrToStringUTF8(Function<Text>(library, "fake_notes")())!.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static T Function<T>(nint library, string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}

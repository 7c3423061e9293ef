using System.Diagnostics;

namespace E3Gen.Cuda;

/// <summary>Where NVRTC, the compiler of CUDA C++, may be.</summary>
/// <param name="Dependents">Libraries that the system finds by name, because they are loaded already, and through which the compiler's functions are found.</param>
/// <param name="Folders">Folders where libtorch may be: packages of it bring the compiler, sometimes renamed.</param>
/// <param name="Installed">Names by which the system finds the compiler itself.</param>
internal sealed record NvrtcPlaces(IReadOnlyList<string> Dependents, IReadOnlyList<string> Folders, IReadOnlyList<string> Installed)
{
    private const string Dependent = "libcaffe2_nvrtc.so";

    /// <summary>The places of this process.</summary>
    public static NvrtcPlaces OfProcess() => OperatingSystem.IsWindows()
        ? new([], FoldersOfProcess(), ["nvrtc64_120_0.dll", "nvrtc64_130_0.dll", "nvrtc64_112_0.dll"])
        : new([Dependent], FoldersOfProcess(), ["libnvrtc.so.12", "libnvrtc.so.13", "libnvrtc.so.11.2"]);

    /// <summary>What to load, in this order, until one has all functions.</summary>
    public IEnumerable<string> Candidates() =>
        [.. Dependents, .. Folders.Select(f => Path.Combine(f, Dependent)).Where(File.Exists), .. Folders.SelectMany(Files), .. Installed];

    /// <summary>Files of a folder that are the compiler by their names. The builtins are only a part of it, and "alt" is another build of the same.</summary>
    private static IEnumerable<string> Files(string folder)
    {
        string pattern = OperatingSystem.IsWindows() ? "nvrtc64_*.dll" : "libnvrtc*.so*";
        return !Directory.Exists(folder) ? [] : Directory.GetFiles(folder, pattern)
            .Where(f => !Path.GetFileName(f).Contains("builtins", StringComparison.Ordinal))
            .OrderBy(f => Path.GetFileName(f).Contains(".alt.", StringComparison.Ordinal)).ThenBy(f => f, StringComparer.Ordinal);
    }

    /// <summary>Folders of native libraries, and those of libtorch where it is loaded.</summary>
    private static List<string> FoldersOfProcess()
    {
        string native = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        using var process = Process.GetCurrentProcess();
        var torch = process.Modules.Cast<ProcessModule>().Select(m => m.FileName).Where(IsTorch).Select(f => Path.GetDirectoryName(f)!);
        return [.. torch.Concat(native.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)).Append(AppContext.BaseDirectory).Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }

    private static bool IsTorch(string file) => Path.GetFileNameWithoutExtension(file) is "libtorch" or "libtorch_cuda" or "libtorch_cpu" or "torch" or "torch_cuda" or "torch_cpu";
}

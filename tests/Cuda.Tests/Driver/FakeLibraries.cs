namespace E3Gen.Cuda.Tests;

/// <summary>Libraries that a C compiler makes of the texts beside the tests, once. Each test loads copies, which share nothing.</summary>
internal static class FakeLibraries
{
    private static readonly Lazy<string> Driver = new(() => Compile("fake_driver.c"));
    private static readonly Lazy<string> Nvrtc = new(() => Compile("fake_nvrtc.c"));

    /// <summary>Why there are none; null where there are.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "The fake libraries are those of Linux." : Command.Find("gcc") is null ? "There is no gcc on this machine." : null;

    /// <summary>A copy of the driver.</summary>
    public static string CopyDriver(string file) => Copy(Driver.Value, file);

    /// <summary>A copy of NVRTC.</summary>
    public static string CopyNvrtc(string file) => Copy(Nvrtc.Value, file);

    /// <summary>Compiles a library with options of its own.</summary>
    public static string Compile(string source, string file, params string[] options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Command.Run("gcc", ["-shared", "-fPIC", "-w", "-pthread", "-o", file, Path.Combine(AppContext.BaseDirectory, "Driver", source), .. options]);
        return file;
    }

    private static string Compile(string source)
    {
        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return Compile(source, Path.Combine(folder, "library.so"));
    }

    private static string Copy(string library, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(library, file);
        return file;
    }
}

/// <summary>A test that needs the fake libraries; skipped, with the reason, where there are none.</summary>
internal sealed class FakeFactAttribute : FactAttribute
{
    public FakeFactAttribute() => Skip = FakeLibraries.Missing;
}

/// <inheritdoc cref="FakeFactAttribute"/>
internal sealed class FakeTheoryAttribute : TheoryAttribute
{
    public FakeTheoryAttribute() => Skip = FakeLibraries.Missing;
}

namespace E3Gen.Cuda.Tests;

/// <summary>The compiler of the host.</summary>
internal static class HostCompiler
{
    private const string Name = "g++";

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "Lanes run as fibers of Linux." : Command.Find(Name) is null ? $"There is no {Name} on this machine." : null;

    /// <summary>Compiles a text.</summary>
    /// <param name="source">A program that reads the file that its first argument names and writes the one that its second names.</param>
    /// <param name="sanitizes">With the address sanitizer.</param>
    public static HostProgram Compile(string source, bool sanitizes = true)
    {
        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        File.WriteAllText(Path.Combine(folder, "program.cpp"), source);
        string[] options = ["-std=c++17", "-O0", "-w", .. sanitizes ? ["-fsanitize=address", "-fno-omit-frame-pointer"] : Array.Empty<string>()];
        Command.Run(Name, [.. options, "-I", AppContext.BaseDirectory, "-o", Path.Combine(folder, "program"), Path.Combine(folder, "program.cpp")]);
        return new HostProgram(folder);
    }
}

/// <summary>A text that was compiled for the host.</summary>
/// <param name="folder">Where it lies.</param>
internal sealed class HostProgram(string folder) : IDisposable
{
    /// <summary>Runs it and returns what it writes.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="reversed">Run blocks and lanes in the opposite order.</param>
    public byte[] Run(byte[] input, bool reversed)
    {
        File.WriteAllBytes(Path.Combine(folder, "input"), input);
        Command.Run(Path.Combine(folder, "program"), Path.Combine(folder, "input"), Path.Combine(folder, "output"), reversed ? "reversed" : "");
        return File.ReadAllBytes(Path.Combine(folder, "output"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>A test that needs a host compiler; skipped, with the reason, where there is none.</summary>
internal sealed class HostTheoryAttribute : TheoryAttribute
{
    public HostTheoryAttribute() => Skip = HostCompiler.Missing;
}

/// <inheritdoc cref="HostTheoryAttribute"/>
internal sealed class HostFactAttribute : FactAttribute
{
    public HostFactAttribute() => Skip = HostCompiler.Missing;
}

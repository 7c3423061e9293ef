namespace E3Gen.Cuda.Tests;

/// <summary>Compiles a text for the host and runs it.</summary>
internal static class HostCompiler
{
    private const string Name = "g++";

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "Lanes run as fibers of Linux." : Command.Find(Name) is null ? $"There is no {Name} on this machine." : null;

    /// <summary>Compiles and runs a program with a file of arguments, and returns the file that it writes.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="input">Its argument.</param>
    /// <param name="reversed">Run blocks and lanes in the opposite order.</param>
    public static byte[][] Run(string source, byte[] input, params bool[] reversed)
    {
        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        try
        {
            string program = Path.Combine(folder, "program");
            File.WriteAllText(program + ".cpp", source);
            File.WriteAllBytes(Path.Combine(folder, "input"), input);
            Command.Run(Name, "-std=c++17", "-O1", "-w", "-fsanitize=address", "-fno-omit-frame-pointer", "-I", AppContext.BaseDirectory, "-o", program, program + ".cpp");
            return [.. reversed.Select(isReversed =>
            {
                Environment.SetEnvironmentVariable("REVERSED", isReversed ? "1" : null);
                Command.Run(program, Path.Combine(folder, "input"), Path.Combine(folder, "output"));
                return File.ReadAllBytes(Path.Combine(folder, "output"));
            })];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
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

using System.Text.RegularExpressions;

namespace E3Gen.Cuda.Tests;

/// <summary>Compiles a text for a GPU of AMD, whose back end in clang allocates registers, which that for PTX leaves to a compiler of NVIDIA's.</summary>
internal static partial class AmdCompiler
{
    private static readonly string? Clang = Command.Find("clang++-19", "clang++-18", "clang++", "clang++-14");

    /// <summary>With warps of 32 lanes; the first that clang knows.</summary>
    private static readonly string? Target = Clang is null ? null : new[] { "gfx1100", "gfx1030" }.FirstOrDefault(Knows);

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Missing { get; } =
        Clang is null ? "There is no clang on this machine." : Target is null ? $"{Clang} does not compile for gfx1100 or gfx1030." : null;

    /// <summary>What the kernels of a text take: registers of a lane, how many were spilled, bytes of memory of a lane.</summary>
    /// <param name="source">The text; its numbers are float32.</param>
    /// <param name="registers">The most registers that a lane may have.</param>
    public static IEnumerable<(string Kernel, int Registers, int Spilled, int Memory)> Resources(string source, int registers)
    {
        string assembly = Compile(Target!, source, registers);
        return Kernel().Matches(assembly).Select(m => (m.Groups["name"].Value, Number(m, "registers"), Number(m, "spilled"), Number(m, "memory")));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Knows(string target)
    {
        try
        {
            Compile(target, "", 255);
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    private static string Compile(string target, string source, int registers)
    {
        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        try
        {
            string file = Path.Combine(folder, "kernels.hip"), assembly = Path.Combine(folder, "kernels.s");
            File.WriteAllText(file, "#include \"amd_device.h\"\n" + source);
            Command.Run(
                Clang!, "-x", "hip", "--cuda-device-only", $"--cuda-gpu-arch={target}", "-nogpuinc", "-nogpulib", "-std=c++17", "-O3", "-S", "-w", $"-DREGISTERS={registers}",
                "-I", AppContext.BaseDirectory, "-o", assembly, file);
            return File.ReadAllText(assembly);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The description of a kernel at the end of the assembly, in alphabetical order.</summary>
    [GeneratedRegex(
        @"^    \.name: +(?<name>\w+)$.*?^    \.private_segment_fixed_size: +(?<memory>\d+)$.*?^    \.vgpr_count: +(?<registers>\d+)$.*?^    \.vgpr_spill_count: +(?<spilled>\d+)$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Kernel();
}

/// <summary>A test that needs clang with a target of AMD's; skipped, with the reason, where there is none.</summary>
internal sealed class AmdTheoryAttribute : TheoryAttribute
{
    public AmdTheoryAttribute() => Skip = AmdCompiler.Missing;
}

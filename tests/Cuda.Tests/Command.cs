using System.ComponentModel;
using System.Diagnostics;

namespace E3Gen.Cuda.Tests;

/// <summary>Programs of the machine that tests use where they are.</summary>
internal static class Command
{
    /// <summary>Runs a program that must succeed.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(" ", arguments)}: {error}");
    }

    /// <summary>The first of some programs that is there; null for none.</summary>
    public static string? Find(params string[] programs) => programs.FirstOrDefault(IsThere);

    private static bool IsThere(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using E3Gen.Tests;

namespace WaterDensity.Tests;

/// <summary>The program in a process of its own, as users run it.</summary>
internal static class Programs
{
    public static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "WaterDensity.dll");
        return PatientProcess.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true });
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await EndAsync(process);
    }

    public static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Reads lines until one contains <paramref name="text"/>.</summary>
    public static async Task WaitForAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"The program ended without '{text}'; it said: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <param name="process">Gets the signal.</param>
    /// <param name="signal">Such as "INT".</param>
    public static void Send(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}

/// <summary>A test that sends signals.</summary>
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "sends signals with 'kill', as Linux has it";
}

using System.Diagnostics;

namespace E3Gen.Tests;

/// <summary>Programs that tests start: one that hangs fails its test instead of stopping all others.</summary>
internal static class PatientProcess
{
    /// <summary>Far more than any of these runs takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Starts a program, which is ended if it still runs after four minutes.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        Process process = Process.Start(start)!;
        _ = EndAsync(process);
        return process;
    }

    private static async Task EndAsync(Process process)
    {
        await Task.Delay(Patience);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, and its test has let go of it.
        }
    }
}

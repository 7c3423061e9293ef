using System.Diagnostics;
using Shared.Execution;
using WaterDensity.Commands;

namespace WaterDensity.Tests;

/// <summary>Trainings that are stopped, killed and started twice: nothing is lost, and they come to the same result in the end.</summary>
public sealed class InterruptionTests(TinyTraining tiny) : IClassFixture<TinyTraining>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("interrupted").FullName;

    private string Output => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Stopped twice, and killed at random moments as often as E3GEN_KILLS says.</summary>
    [SignalFact]
    public async Task AnInterruptedTrainingComesToTheSameResult()
    {
        string[] resume = [.. tiny.Arguments(Output), "--resume"];
        await StopAsync("INT", 130, tiny.Arguments(Output));
        File.WriteAllText(Path.Combine(Output, "learning_curve.csv"), "step,seconds\n1,2.");   // torn; the checkpoint knows better
        await StopAsync("TERM", 143, resume);
        var random = new Random();
        for (int i = 0; i < TinyTraining.Kills; i++)
        {
            using Process process = Programs.Start(resume);
            await Programs.WaitForAsync(process, "ε_ρ");
            await Task.Delay(random.Next(500));
            process.Kill();
            await process.WaitForExitAsync();
            Assert.InRange(Directory.GetFiles(Output, "*.tmp").Length, 0, 1);
        }
        (int exitCode, string output, string errors) = await Programs.RunAsync(resume);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("Trained:", output);
        tiny.AssertSameResult(Output);
    }

    [SignalFact]
    public async Task AFolderHasOneTraining()
    {
        using Process process = Programs.Start(tiny.Arguments(Output, steps: 1_000_000));
        await Programs.WaitForAsync(process, "ε_ρ");
        (int exitCode, string errors) = await RunHereAsync(tiny.Arguments(Output));
        Assert.Equal(1, exitCode);
        Assert.Contains($"in use by process {process.Id} on {Environment.MachineName}, since 20", errors);
        Assert.Contains("--out", errors);
        await StopAsync(process, "HUP", 129);
        FolderLock.Take(Output, "").Dispose();
    }

    [Fact]
    public void ALockIsReleasedAndTidies()
    {
        string temporary = Path.Combine(_folder, "x.json.00000000-1-00000000.tmp");
        File.WriteAllText(temporary, "half");
        File.SetLastWriteTimeUtc(temporary, DateTime.UtcNow.AddDays(-2));
        using (FolderLock.Take(_folder, ""))
        {
            Assert.False(File.Exists(temporary));
            string message = Assert.Throws<IOException>(() => FolderLock.Take(_folder, "Do this.")).Message;
            Assert.StartsWith($"{_folder} is in use by process {Environment.ProcessId} on ", message);
            Assert.EndsWith("Do this.", message);
        }
        FolderLock.Take(_folder, "").Dispose();
    }

    [Fact]
    public async Task ATornCheckpointIsNamed()
    {
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(tiny.Result, "checkpoint.safetensors"));
        string torn = Path.Combine(Directory.CreateDirectory(Output).FullName, "checkpoint.safetensors");
        foreach (int length in (int[])[0, 5, 5000, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(torn, whole[..length]);
            (int exitCode, string errors) = await RunHereAsync([.. tiny.Arguments(Output), "--resume"]);
            Assert.Equal(1, exitCode);
            Assert.Contains(torn, errors);
        }
    }

    /// <summary>Waits until a row of the learning curve is there, and sends a signal.</summary>
    private static async Task StopAsync(string signal, int expected, string[] arguments)
    {
        using Process process = Programs.Start(arguments);
        await Programs.WaitForAsync(process, "ε_ρ");
        await Programs.WaitForAsync(process, "%");
        await StopAsync(process, signal, expected);
    }

    private static async Task StopAsync(Process process, string signal, int expected)
    {
        Programs.Send(process, signal);
        (int exitCode, string output, string errors) = await Programs.EndAsync(process);
        Assert.Equal((expected, ""), (exitCode, errors));
        Assert.Matches($"Stopped by SIG{signal} after [0-9]+ steps, saved in .*checkpoint.safetensors. Go on with the same command and --resume.", output);
    }

    private static async Task<(int ExitCode, string Errors)> RunHereAsync(string[] arguments)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await Application.RunAsync(arguments), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}

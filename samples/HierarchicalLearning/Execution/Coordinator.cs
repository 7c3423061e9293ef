using System.Diagnostics;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using Shared.Commands;
using WaterDensity.Commands;

namespace HierarchicalLearning.Execution;

/// <summary>Has the missing runs of a grid made by several processes of this program, and shows how far they are.</summary>
internal sealed class Coordinator(Setting setting, string runs, RunStore store)
{
    /// <param name="processes">How many; each works with one thread.</param>
    /// <param name="cancellation">The processes save the runs at work and end; then this returns.</param>
    /// <exception cref="InvalidOperationException">A process failed; what it said is in the message.</exception>
    public async Task RunAsync(int processes, CancellationToken cancellation)
    {
        IReadOnlyList<RunSpec> grid = setting.Runs();
        int missing = grid.Count(s => !store.Has(s));
        Console.WriteLine($"{setting.Name}: {grid.Count} runs, {grid.Count - missing} of them made before.");
        if (missing == 0)
            return;
        await CountDisplay.RunAsync("runs", missing, done => Task.WhenAll(Enumerable.Range(0, Math.Min(processes, missing)).Select(_ => WorkAsync(done, cancellation))));
    }

    private async Task WorkAsync(Action finished, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Self() };
        process.Start();
        // The process ends when its input does: also where this one is killed.
        using StreamWriter input = process.StandardInput;
        await using CancellationTokenRegistration stop = cancellation.Register(input.Close);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith(Worker.Finished, StringComparison.Ordinal))
                finished();
        }
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0 && !await IsStoppedAsync(cancellation))
            throw new InvalidOperationException($"A process of the study ended with code {process.ExitCode}; finished runs are kept. It said: {(await errors).Trim()}");
    }

    /// <summary>Ctrl-C reaches all processes of the terminal, and this one perhaps last.</summary>
    private static async Task<bool> IsStoppedAsync(CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellation.IsCancellationRequested;
    }

    private ProcessStartInfo Self()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] arguments = ["work", "--setting", setting.Name, "--runs", runs];
        // Started as 'dotnet HierarchicalLearning.dll', this process is dotnet.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments = [typeof(Coordinator).Assembly.Location, .. arguments];
        return new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    }
}

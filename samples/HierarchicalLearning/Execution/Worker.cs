using System.Globalization;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;
using HierarchicalLearning.Training;
using TorchSharp;

namespace HierarchicalLearning.Execution;

/// <summary>Makes the runs of a grid that nobody has made or is making. Any number of these work on one folder.</summary>
internal static class Worker
{
    /// <summary>Starts the line that says that a run is finished.</summary>
    public const string Finished = "finished ";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Returns when all runs are made, by whomever.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the run at work is saved.</exception>
    public static void Work(Setting setting, RunStore store, CancellationToken cancellation)
    {
        torch.set_num_threads(1);
        E3Gen.Allocator.KeepFreedMemory();
        var data = new StudyData();
        while (setting.Runs().Where(s => !store.Has(s)).ToList() is { Count: > 0 } missing)
        {
            // Runs that others are making may yet be left to this one.
            if (missing.Count(spec => Make(spec, data, store, cancellation)) == 0)
                cancellation.WaitHandle.WaitOne(BetweenLooks);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <returns>False if another process makes it, or has.</returns>
    private static bool Make(RunSpec spec, StudyData data, RunStore store, CancellationToken cancellation)
    {
        if (store.Has(spec))
            return false;
        using IDisposable? claim = store.Claim(spec);
        if (claim is null || store.Has(spec))
            return false;
        RunResult result = new Trainer(data).Run(spec, store.Checkpoint(spec), cancellation: cancellation);
        store.Save(result);
        Console.WriteLine($"{Finished}{spec.Key()} in {result.Seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        return true;
    }
}

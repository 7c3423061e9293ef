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

    public static void Work(Setting setting, RunStore store)
    {
        torch.set_num_threads(1);
        E3Gen.Allocator.KeepFreedMemory();
        var data = new StudyData();
        foreach (RunSpec spec in setting.Runs())
        {
            if (store.Has(spec))
                continue;
            using IDisposable? claim = store.Claim(spec);
            if (claim is null || store.Has(spec))
                continue;
            RunResult result = new Trainer(data).Run(spec, store.Checkpoint(spec));
            store.Save(result);
            Console.WriteLine($"{Finished}{spec.Key()} in {result.Seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        }
    }
}

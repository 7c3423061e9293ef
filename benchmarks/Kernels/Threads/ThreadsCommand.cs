using System.CommandLine;
using E3Gen.Benchmarks.Kernels.Cases;
using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Peers;
using static System.FormattableString;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Threads;

/// <summary>
/// <c>threads</c>: what more threads gain, E3Gen alone. One thread and all of them take turns, sample by sample: measured one after the other, a machine that is shared tells more about
/// its other users.
/// </summary>
internal static class ThreadsCommand
{
    // A program that uses two threads does so all the time: waking the second one up is not what is measured.
    private const double SampleMilliseconds = 100;

    public static Command Create()
    {
        var filters = new Argument<string[]>("cases") { Description = "Names of cases or of families of them; all without any.", Arity = ArgumentArity.ZeroOrMore };
        var seconds = new Option<double>("--seconds") { Description = "Time for each measurement.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Samples of each, at least.", DefaultValueFactory = _ => 11 };
        var command = new Command("threads", "Times E3Gen with one thread and with all, in turns.") { filters, seconds, rounds };
        command.SetAction(parsed => Run(Catalogue.Select(parsed.GetValue(filters)!), new Alternation(Clock.Wall, parsed.GetValue(seconds), parsed.GetValue(rounds), SampleMilliseconds)));
        return command;
    }

    private static int Run(IReadOnlyList<Case> cases, Alternation alternation)
    {
        Machine one = Machine.Measure(1), all = Machine.Measure(Environment.ProcessorCount);
        Console.WriteLine(Invariant($"{Machine.Processor()}; multiply-adds {one.Gigaflops:F0} → {all.Gigaflops:F0} GFLOP/s ({all.Gigaflops / one.Gigaflops:F2} ×), triad {one.GigabytesPerSecond:F1} → {all.GigabytesPerSecond:F1} GB/s ({all.GigabytesPerSecond / one.GigabytesPerSecond:F2} ×) with {one.Threads} → {all.Threads} threads.\n"));
        Console.WriteLine(Invariant($"| case | task | median ms, {one.Threads} → {all.Threads} threads | × | least ms | × |\n|---|---|--:|--:|--:|--:|"));
        foreach (Case c in cases)
        {
            using var scope = NewDisposeScope();
            manual_seed(0);
            Workload workload = c.Prepare(new PeerModules([]));
            Contestant contestant = workload.Contestants.Single(w => w.Name == E3GenContestants.Chosen);
            foreach (MeasuredTask task in workload.Tasks)
            {
                Func<Tensor[]> call = task.Prepare(contestant);
                Timing[] timings = alternation.Run([With(one.Threads, call), With(all.Threads, call)]);
                Console.WriteLine(Invariant($"| {c.Name} | {task.Name} | {timings[0].Median:G3} → {timings[1].Median:G3} | {timings[0].Median / timings[1].Median:F2} | {timings[0].Least:G3} → {timings[1].Least:G3} | {timings[0].Least / timings[1].Least:F2} |"));
            }
        }
        return 0;
    }

    private static Action With(int threads, Func<Tensor[]> call) => () =>
    {
        set_num_threads(threads);
        call();
    };
}

using System.Runtime.InteropServices;
using E3Gen.Benchmarks.Kernels.Cases;
using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Peers;
using E3Gen.Benchmarks.Kernels.Reporting;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels;

/// <summary>Case after case: the contestants' results are compared, then their times.</summary>
internal sealed class Benchmark
{
    private readonly Settings settings;
    private readonly IReadOnlyList<Case> cases;
    private readonly PeerModules peers;
    private readonly Report report = new();

    /// <exception cref="ArgumentException">Something that the settings ask for cannot be.</exception>
    public Benchmark(Settings settings)
    {
        if (settings.Threads.FirstOrDefault(t => t < 1 || t > Environment.ProcessorCount) is var wrong && wrong != 0 || settings.Threads.Contains(0))
            throw new ArgumentException($"--threads {wrong}: this machine has 1 to {Environment.ProcessorCount}.");
        if (!(settings.Seconds >= 0 && double.IsFinite(settings.Seconds)))
            throw new ArgumentException($"--seconds {settings.Seconds}: expected 0 or more.");
        if (settings.Clock == Clock.Processor && settings.Threads.Any(t => t > 1))
            throw new ArgumentException("--clock processor adds up the times of all threads; it needs --threads 1.");
        if (settings.Rounds < 1)
            throw new ArgumentException($"--rounds {settings.Rounds}: expected at least 1.");
        foreach (string output in settings.Outputs)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
                throw new DirectoryNotFoundException($"--output {output}: there is no folder {folder}.");
        }
        (this.settings, cases) = (settings, Catalogue.Select(settings.Filters));
        peers = new PeerModules([.. settings.E3nn.Select(f => new E3nnFolder(f))]);
    }

    /// <returns>0, or 2 where contestants disagree.</returns>
    public int Run()
    {
        if (settings.Allocator == AllocatorSetting.Keep && !Allocator.KeepFreedMemory())
            throw new ArgumentException("--allocator keep needs glibc, which this system does not have; leave it out.");
        Machine[] machines = [.. settings.Threads.Select(Machine.Measure)];
        Introduce(machines);
        foreach (Case c in cases)
        {
            if (!Run(c, machines))
                return 2;
            Save(); // an interrupted run leaves what it has
            GC.Collect();
        }
        return 0;
    }

    private void Introduce(IEnumerable<Machine> machines)
    {
        report.Say(Invariant($"{Machine.Processor()}, {Environment.ProcessorCount} cores; .NET {Environment.Version}, TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}; float32; allocator: {settings.Allocator.ToString().ToLowerInvariant()}; clock: {settings.Clock.ToString().ToLowerInvariant()}."));
        report.Say(peers.Folders.Count == 0
            ? "Peer: e3nn's algorithm as rewritten here, in TorchScript (e3nn itself with --e3nn)."
            : $"Peer: {string.Join("; ", peers.Folders.Select(f => $"{f.Name} = {f.Versions}"))}, in the same libtorch.");
        foreach (Machine machine in machines)
            report.Say(Invariant($"{machine.Threads} thread{(machine.Threads == 1 ? "" : "s")}: {machine.Gigaflops:F0} GFLOP/s of multiply-adds, {machine.GigabytesPerSecond:F1} GB/s triad."));
    }

    private bool Run(Case c, IEnumerable<Machine> machines)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        Workload workload = c.Prepare(peers);
        var parameters = workload.Contestants[0].Parameters.ToDictionary(p => p.Key, p => p.Value.detach().clone());
        foreach (MeasuredTask task in workload.Tasks)
        {
            Func<Tensor[]>[] calls = [.. workload.Contestants.Select(task.Prepare)];
            set_num_threads(Environment.ProcessorCount);
            double[] errors = Compare(workload.Contestants, calls, parameters);
            int worst = Array.FindIndex(errors, e => !(e <= Verification.Tolerance));
            if (worst >= 0)
            {
                Console.Error.WriteLine(Invariant($"error: {c.Name}, {task.Name}: {workload.Contestants[worst].Name} differs from {workload.Contestants[0].Name} by {errors[worst]:0.0e+0}, more than {Verification.Tolerance:0e+0}; nothing was timed."));
                return false;
            }
            foreach (Machine machine in machines)
                Time(c, workload, task, calls, errors, machine);
        }
        return true;
    }

    /// <summary>Errors against the first contestant, all from the same parameters (a training step changes them).</summary>
    private static double[] Compare(IReadOnlyList<Contestant> contestants, Func<Tensor[]>[] calls, IReadOnlyDictionary<string, Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        Tensor[]? expected = null;
        var errors = new double[calls.Length];
        for (int i = 0; i < calls.Length; i++)
        {
            contestants[i].SetParameters(parameters);
            Tensor[] results = Results(calls[i], contestants[i]);
            errors[i] = Verification.Error(expected ??= results, results, contestants[i].Name);
        }
        return errors;
    }

    /// <exception cref="InvalidDataException">The contestant cannot compute them: a peer's module is of another operation or another version.</exception>
    private static Tensor[] Results(Func<Tensor[]> call, Contestant contestant)
    {
        try
        {
            return call();
        }
        catch (ExternalException error)
        {
            string[] lines = error.Message.Split('\n');
            throw new InvalidDataException($"{contestant.Name} fails: {lines.FirstOrDefault(l => l.StartsWith("RuntimeError", StringComparison.Ordinal)) ?? lines[0]}", error);
        }
    }

    private void Time(Case c, Workload workload, MeasuredTask task, Func<Tensor[]>[] calls, double[] errors, Machine machine)
    {
        set_num_threads(machine.Threads);
        Action[] actions = [.. calls.Select(call => (Action)(() => call()))];
        Timing[] timings = new Alternation(settings.Clock, settings.Seconds, settings.Rounds).Run(actions);
        double peer = FastestPeer(workload.Contestants, timings);
        for (int i = 0; i < actions.Length; i++)
        {
            report.Add(new Row(
                c.Name, c.Title, workload.Shape, task.Name, machine, workload.Contestants[i].Name, timings[i], peer, task.Flops, task.Bytes, errors[i], PeakMemory.Of(actions[i])));
        }
    }

    /// <summary>Of e3nn's own modules, or of their rendition where there are none.</summary>
    private double FastestPeer(IReadOnlyList<Contestant> contestants, Timing[] timings)
    {
        var all = contestants.Zip(timings).Where(p => p.First.IsPeer);
        var own = all.Where(p => p.First.Name != Contestant.Rendition);
        return (peers.Folders.Count > 0 ? own : all).Select(p => p.Second.Median).DefaultIfEmpty(double.NaN).Min();
    }

    private void Save()
    {
        foreach (string output in settings.Outputs)
            report.Save(output);
    }
}

using System.CommandLine;
using System.Numerics;
using System.Reflection;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Modules;
using E3Gen.Kernels;
using static System.FormattableString;

namespace E3Gen.Benchmarks.Kernels.Loops;

/// <summary><c>loops</c>: the loops of couplings by themselves, on one edge whose numbers stay in the first cache, against the processor's peak.</summary>
internal static class LoopsCommand
{
    private const int MostDegree = 3, MostCopies = 1024;

    public static Command Create()
    {
        var copies = new Option<int>("--copies") { Description = $"Copies of each irrep, a multiple of {Vector<float>.Count}.", DefaultValueFactory = _ => 64 };
        var command = new Command("loops", $"Times the loops of each coupling of degrees up to {MostDegree} on numbers in the first cache.") { copies };
        command.SetAction(parsed => Run(parsed.GetValue(copies)));
        return command;
    }

    /// <exception cref="ArgumentException">There cannot be so many copies.</exception>
    private static int Run(int copies)
    {
        if (copies < 1 || copies % Vector<float>.Count != 0 || copies > MostCopies)
            throw new ArgumentException($"--copies {copies}: expected a multiple of {Vector<float>.Count} up to {MostCopies}.");
        Machine machine = Machine.Measure(threads: 1);
        Console.WriteLine(Invariant($"{copies} copies, float32, 1 thread; {machine.Gigaflops:F0} GFLOP/s of multiply-adds.\n"));
        Console.WriteLine("| coupling | entries | forward ns | GFLOP/s (of peak) | backward ns | GFLOP/s (of peak) | gradientY ns | GFLOP/s (of peak) |\n|---|--:|--:|--:|--:|--:|--:|--:|");
        var sums = new LoopTimes[3];
        foreach (Coupling coupling in Couplings())
        {
            LoopTimes[] loops = new LoopBench(coupling, copies).Measure();
            Print($"{coupling.L1} × {coupling.L2} → {coupling.L3} | {LoopBench.Entries(coupling)}", loops, machine);
            sums = [.. sums.Zip(loops, (sum, loop) => sum + loop)];
        }
        Print("all | ", sums, machine);
        return 0;
    }

    private static void Print(string name, LoopTimes[] loops, Machine machine) =>
        Console.WriteLine(Invariant($"| {name} | ") + string.Join(" | ", loops.Select(l => Invariant($"{l.Nanoseconds:F1} | {l.Flops / l.Nanoseconds:F0} ({l.Flops / l.Nanoseconds / machine.Gigaflops:P0})"))) + " |");

    /// <summary>Those that the modules measured here use.</summary>
    private static IEnumerable<Coupling> Couplings() => typeof(Mace).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Coupling)))
        .Select(type => (Coupling)type.GetField("Instance", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!)
        .Where(c => Math.Max(c.L1, Math.Max(c.L2, c.L3)) <= MostDegree)
        .OrderBy(c => (c.L1, c.L2, c.L3));
}

using System.CommandLine;
using System.Runtime.InteropServices;
using E3Gen.Benchmarks.Kernels.Cases;
using E3Gen.Benchmarks.Kernels.Contractions;
using E3Gen.Benchmarks.Kernels.Loops;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Plots;
using E3Gen.Benchmarks.Kernels.Threads;

namespace E3Gen.Benchmarks.Kernels;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    /// <returns>0; 1 after an error, which was printed; 2 where results differ.</returns>
    public static int Run(string[] arguments)
    {
        var filters = new Argument<string[]>("cases") { Description = "Names of cases or of families of them, for example uvu64/4096 or degree; all without any.", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "List the cases." };
        var e3nn = new Option<string[]>("--e3nn")
        {
            Description = "Folder that export_e3nn.py made; may be given several times (hash seeds), the fastest is the peer.",
            HelpName = "folder",
            DefaultValueFactory = _ => [],
        };
        var threads = new Option<int[]>("--threads", "-t") { Description = "Numbers of threads.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 2] };
        var output = new Option<string[]>("--output", "-o") { Description = "Files for the table: Markdown, or .csv.", HelpName = "file", DefaultValueFactory = _ => [] };
        var allocator = new Option<AllocatorSetting>("--allocator")
        {
            Description = "default, or keep: freed memory stays with the process (glibc). Large tensors cost page faults otherwise, for all contestants: quote both.",
        };
        var clock = new Option<Clock>("--clock") { Description = "wall, or processor: the time that this process computes, for one thread on a machine that others use too." };
        var seconds = new Option<double>("--seconds") { Description = "Time for each measurement of a contestant.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "Samples of each contestant, at least.", DefaultValueFactory = _ => 5 };
        var root = new RootCommand("Compares generated code with e3nn's, in one process and in turns.") { filters, list, e3nn, threads, output, allocator, clock, seconds, rounds, PlotCommand.Create(), LoopsCommand.Create(), ContractionsCommand.Create(), ThreadsCommand.Create() };
        root.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
            {
                foreach (Case c in Catalogue.All)
                    Console.WriteLine($"{c.Name,-24} {c.Title}");
                return 0;
            }
            var settings = new Settings(
                parsed.GetValue(filters)!, parsed.GetValue(e3nn)!, parsed.GetValue(threads)!, parsed.GetValue(output)!,
                parsed.GetValue(allocator), parsed.GetValue(clock), parsed.GetValue(seconds), parsed.GetValue(rounds));
            return new Benchmark(settings).Run();
        });
        try
        {
            return root.Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
        catch (ExternalException error)
        {
            Console.Error.WriteLine($"error: libtorch says: {error.Message.Split('\n')[0]}");
            return 1;
        }
    }
}

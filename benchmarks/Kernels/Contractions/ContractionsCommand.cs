using System.CommandLine;
using System.Reflection;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Contractions;

/// <summary>
/// <c>contractions</c>: the symmetric contraction of correlation 3, l ≤ 3 → 0e + 1o with 128 copies: its kernel against the processor's peak, and the
/// whole operation against MACE's algorithm in the same libtorch, in turns. Of the kernel the least times are printed, of the operations medians.
/// </summary>
internal static class ContractionsCommand
{
    private const int LoopRows = 256;

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "Rows (atoms).", DefaultValueFactory = _ => 96 };
        var seconds = new Option<double>("--seconds") { Description = "Time for each measurement of a contestant.", DefaultValueFactory = _ => 1 };
        var command = new Command("contractions", "Times the symmetric contraction, float32, one thread.") { rows, seconds };
        command.SetAction(parsed => Run(parsed.GetValue(rows), parsed.GetValue(seconds)));
        return command;
    }

    /// <exception cref="ArgumentException">There cannot be so many rows.</exception>
    private static int Run(int rows, double seconds)
    {
        if (rows < 1)
            throw new ArgumentException($"--rows {rows}: expected 1 or more.");
        set_num_threads(1);
        using var scope = NewDisposeScope();
        Machine machine = Machine.Measure(threads: 1);
        var module = new Modules.Contractions();
        ContractionProgram program = Paths();
        var x = randn(rows, program.Components * program.Copies);
        var species = arange(rows).remainder(Modules.Contractions.Elements);
        Console.WriteLine(Invariant($"{rows} rows, 128x(0e+1o+2e+3o) → 128x(0e+1o), correlation 3, {Modules.Contractions.Elements} elements, float32, 1 thread of {Machine.Processor()}; {machine.Gigaflops:F0} GFLOP/s of multiply-adds.\n"));
        var alternation = new Alternation(Clock.Wall, seconds, 5);
        Kernels(program, module, x, species, machine, alternation);
        return Operation(program, module, x, species, alternation);
    }

    /// <summary>The kernel alone: what is multiplied and added is counted as it is done.</summary>
    private static void Kernels(ContractionProgram program, Modules.Contractions module, Tensor x, Tensor species, Machine machine, Alternation alternation)
    {
        using var noGrad = no_grad();
        var order = program.Order;
        Tensor weights = module.get_parameter("Apply.weight")!;
        Tensor coefficients = new WeighingFunction(program, isGradient: false).Apply(weights)[0], g = randn(x.size(0), program.Results * program.Copies);
        Tensor ax = randn_like(x), aa = randn_like(coefficients);
        var function = new ContractionFunction(program, RowsByElement.Of(species.data<long>().ToArray(), (int)x.size(0), program.Elements, program.Name));
        double copies = x.size(0) * program.Copies, forward = copies * order.Cost, gradient = copies * order.GradientCost;
        Timing[] times = alternation.Run(
        [
            () => function.Forward([x, coefficients]),
            () => function.Gradient([x, coefficients], g, [true, true]),
            () => function.Second([x, coefficients], [ax, aa], g, [true, true, true]),
            () => new WeighingFunction(program, isGradient: false).Apply(weights),
        ]);
        Console.WriteLine(Invariant($"{order.Products.Length} products, {order.Entries.Length} terms in {order.Groups.Length} sums.\n"));
        Console.WriteLine("| kernel | ms | GFLOP/s | of peak |\n|---|--:|--:|--:|");
        Timing[] loops = Vector512Number<float>.IsSupported ? Loops<Vector512Number<float>>(program, alternation) : Loops<VectorNumber<float>>(program, alternation);
        double lanes = LoopRows * (Vector512Number<float>.IsSupported ? Vector512Number<float>.Copies : VectorNumber<float>.Copies);
        Line("loops in cache: forward", loops[0].Least, lanes * order.Cost);
        Line("loops in cache: gradient", loops[1].Least, lanes * order.GradientCost);
        Line("loops in cache: forward + gradient", loops[0].Least + loops[1].Least, lanes * (order.Cost + order.GradientCost));
        Line("forward", times[0].Least, forward);
        Line("gradient", times[1].Least, gradient);
        Line("forward + gradient", times[0].Least + times[1].Least, forward + gradient);
        Line("double backward (on dual numbers)", times[2].Least, 3 * (forward + gradient));
        Line("weights to coefficients", times[3].Least, 2.0 * order.Weigh.Entries.Length * program.Elements * program.Copies);

        void Line(string name, double milliseconds, double flops) =>
            Console.WriteLine(Invariant($"| {name} | {milliseconds:F3} | {flops / milliseconds / 1e6:F1} | {flops / milliseconds / 1e6 / machine.Gigaflops:P0} |"));
    }

    /// <summary>One range of copies of one element, on numbers that stay in the caches.</summary>
    private static Timing[] Loops<TNumber>(ContractionProgram program, Alternation alternation)
        where TNumber : struct, ILaneNumber<TNumber, float>
    {
        var order = program.Order;
        var rows = new RowsByElement([.. Enumerable.Range(0, LoopRows)], [0, LoopRows]);
        int lanes = TNumber.Copies;
        using Scratch<float> x = Random(LoopRows, program.Components * lanes), a = Random(1, order.Entries.Length * program.Copies), g = Random(LoopRows, program.Results * lanes),
            z = Random(LoopRows, program.Results * lanes), gx = Random(LoopRows, program.Components * lanes), ga = Random(1, order.Entries.Length * program.Copies);
        return alternation.Run(
        [
            () => new ContractionBlockKernel<float, TNumber>(program, order, rows, lanes, 0).Forward(x.Rows, default, a.Rows, default, z.Rows),
            () => new ContractionBlockKernel<float, TNumber>(program, order, rows, lanes, 0).Gradient(x.Rows, default, a.Rows, default, g.Rows, gx.Rows, ga.Rows),
        ]);
    }

    private static unsafe Scratch<float> Random(int rows, int columns)
    {
        var random = new Random(1);
        var numbers = new Scratch<float>(rows, columns);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                numbers.Rows.Row(r)[c] = random.NextSingle() - 0.5f;
        }
        return numbers;
    }

    /// <summary>The whole operation against MACE's algorithm.</summary>
    private static int Operation(ContractionProgram program, Modules.Contractions module, Tensor x, Tensor species, Alternation alternation)
    {
        var peer = new MaceContraction(program);
        Tensor weights = module.get_parameter("Apply.weight")!, oneHot = nn.functional.one_hot(species, Modules.Contractions.Elements).to(float32);
        Tensor channels = cat([.. x.split([.. program.X.Select(l => (2L * l + 1) * program.Copies)], 1).Zip(program.X, (s, l) => s.view(-1, program.Copies, 2 * l + 1))], 2);
        Tensor ours = module.Apply(x, species), theirs = peer.Apply(channels, oneHot, weights);
        double difference = (ours - theirs).abs().max().item<float>() / theirs.abs().max().item<float>();
        if (!(difference < 1e-4))
        {
            Console.WriteLine(Invariant($"\nResults differ by {difference:E1}."));
            return 2;
        }

        var leaf = x.detach().requires_grad_();
        var peerLeaf = channels.detach().requires_grad_();
        Action Plain(Func<Tensor> apply) => () => { using var off = no_grad(); apply(); };
        Action Backward(Func<Tensor> apply) => () => apply().sum().backward();
        Timing[] times = alternation.Run(
        [
            Plain(() => module.Apply(x, species)), Plain(() => peer.Apply(channels, oneHot, weights)),
            Backward(() => module.Apply(leaf, species)), Backward(() => peer.Apply(peerLeaf, oneHot, weights)),
        ]);
        Console.WriteLine(Invariant($"\n| operation (results agree to {difference:E0}) | E3Gen ms | MACE's algorithm ms | ratio |\n|---|--:|--:|--:|"));
        Console.WriteLine(Invariant($"| forward | {times[0].Median:F2} | {times[1].Median:F2} | {times[1].Median / times[0].Median:F1} |"));
        Console.WriteLine(Invariant($"| forward + backward | {times[2].Median:F2} | {times[3].Median:F2} | {times[3].Median / times[2].Median:F1} |"));
        return 0;
    }

    /// <summary>The table of the generated module.</summary>
    private static ContractionProgram Paths() => typeof(Modules.Contractions).Assembly.GetTypes()
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        .Where(f => f.FieldType == typeof(ContractionProgram))
        .Select(f => (ContractionProgram)f.GetValue(null)!)
        .Single();
}

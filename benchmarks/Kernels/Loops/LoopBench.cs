using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using E3Gen.Kernels;

namespace E3Gen.Benchmarks.Kernels.Loops;

/// <summary>Calls the loops of one coupling again and again, in the packs that operations take for so many copies.</summary>
internal sealed class LoopBench
{
    private const int Calls = 20_000, Repetitions = 9, WarmUpCalls = 1_000;
    private readonly Coupling coupling;
    private readonly int copies;
    private readonly CouplingKernel<float> products, outer;
    private readonly AlignedNumbers x, matrix, w, z, gx, gw, gy;

    public LoopBench(Coupling coupling, int copies)
    {
        (this.coupling, this.copies) = (coupling, copies);
        bool wide = Vector512.IsHardwareAccelerated && Vector<float>.Count == 8;
        products = wide ? coupling.Kernel<float, WidePairPack<float>>() : coupling.Kernel<float, PairPack<float>>();
        outer = wide ? coupling.Kernel<float, WidePack<float>>() : coupling.Kernel<float, SinglePack<float>>();
        int inputs = 2 * coupling.L1 + 1, results = 2 * coupling.L3 + 1;
        (x, gx) = (new(inputs * copies), new(inputs * copies));
        (w, gw) = (new(copies), new(copies));
        z = new(results * copies);
        matrix = new(products.Entries * Vector<float>.Count);
        gy = new((2 * coupling.L2 + 1) * Vector<float>.Count);
    }

    /// <summary>Entries of the coupling matrix that are not zero.</summary>
    public static int Entries(Coupling coupling) => Wigner3j.Nonzero(coupling.L1, coupling.L2, coupling.L3).Select(t => (t.I, t.K)).Distinct().Count();

    /// <summary>Forward, backward, outer. A multiply-add is two operations; what is multiplied by weights beside the matrix is counted as it is done.</summary>
    public LoopTimes[] Measure()
    {
        double entries = Entries(coupling), inputs = 2 * coupling.L1 + 1;
        return
        [
            new(Time(() => products.Forward(ref x.First, ref matrix.First, ref w.First, ref z.First, copies, 0, copies)), (2 * entries + inputs) * copies),
            new(Time(() => products.Backward(ref x.First, ref matrix.First, ref w.First, ref z.First, ref gx.First, ref gw.First, copies, 0, copies)), (2 * entries + 4 * inputs) * copies),
            new(Time(() => outer.Outer(ref x.First, ref w.First, ref z.First, ref gy.First, 1e-3f, copies, 0, copies)), (2 * entries + inputs) * copies),
        ];
    }

    private double Time(Action call)
    {
        Repeat(call, WarmUpCalls);
        double best = double.PositiveInfinity;
        for (int r = 0; r < Repetitions; r++)
        {
            foreach (AlignedNumbers sums in new[] { z, gx, gy })
                sums.Reset(); // what is added to must not overflow in the end
            long start = Stopwatch.GetTimestamp();
            Repeat(call, Calls);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls);
        }
        return best;
    }

    private static void Repeat(Action call, int times)
    {
        for (int i = 0; i < times; i++)
            call();
    }
}

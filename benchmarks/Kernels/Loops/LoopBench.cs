using System.Diagnostics;
using System.Numerics;
using E3Gen.Kernels;

namespace E3Gen.Benchmarks.Kernels.Loops;

/// <summary>Calls the loops of one coupling again and again, in the packs that operations take for so many copies.</summary>
internal sealed class LoopBench
{
    private const int Calls = 20_000, Repetitions = 9, WarmUpCalls = 1_000;
    private readonly Coupling coupling;
    private readonly int copies;
    private readonly LaneRange<float>[] products, gradientY;
    private readonly AlignedNumbers x, matrix, w, z, gx, gw, gy;

    public LoopBench(Coupling coupling, int copies)
    {
        (this.coupling, this.copies) = (coupling, copies);
        products = [.. LaneRange<float>.ForProducts(coupling, copies)];
        gradientY = [.. LaneRange<float>.ForGradientY(coupling, copies)];
        int inputs = 2 * coupling.L1 + 1, results = 2 * coupling.L3 + 1;
        (x, gx) = (new(inputs * copies), new(inputs * copies));
        (w, gw) = (new(copies), new(copies));
        z = new(results * copies);
        matrix = new(products[0].Kernel.Entries * Vector<float>.Count);
        gy = new((2 * coupling.L2 + 1) * Vector<float>.Count);
    }

    /// <summary>Entries of the coupling matrix that are not zero.</summary>
    public static int Entries(Coupling coupling) => Wigner3j.Nonzero(coupling.L1, coupling.L2, coupling.L3).Select(t => (t.I, t.K)).Distinct().Count();

    /// <summary>Forward, backward, gradientY. A multiply-add is two operations; what is multiplied by weights beside the matrix is counted as it is done.</summary>
    public LoopTimes[] Measure()
    {
        double entries = Entries(coupling), inputs = 2 * coupling.L1 + 1;
        return
        [
            new(Time(products, r => r.Kernel.Forward(ref x.First, ref matrix.First, ref w.First, ref z.First, copies, r.From, r.To)), (2 * entries + inputs) * copies),
            new(Time(products, r => r.Kernel.Gradient(ref x.First, ref matrix.First, ref w.First, ref z.First, ref gx.First, ref gw.First, copies, r.From, r.To)), (2 * entries + 4 * inputs) * copies),
            new(Time(gradientY, r => r.Kernel.GradientY(ref x.First, ref w.First, ref z.First, ref gy.First, 1e-3f, copies, r.From, r.To)), (2 * entries + inputs) * copies),
        ];
    }

    private double Time(LaneRange<float>[] ranges, Action<LaneRange<float>> call)
    {
        Repeat(WarmUpCalls);
        double best = double.PositiveInfinity;
        for (int r = 0; r < Repetitions; r++)
        {
            foreach (AlignedNumbers sums in new[] { z, gx, gy })
                sums.Reset(); // what is added to must not overflow in the end
            long start = Stopwatch.GetTimestamp();
            Repeat(Calls);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls);
        }
        return best;

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                foreach (LaneRange<float> range in ranges)
                    call(range);
            }
        }
    }
}

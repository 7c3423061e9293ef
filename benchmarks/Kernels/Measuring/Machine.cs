using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using E3Gen.Kernels;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>What the machine could do at best with so many threads, measured: the roof that results are compared with.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="Gigaflops">float32 multiply-adds in registers, in the widest vectors that the processor has, counted as two operations.</param>
/// <param name="GigabytesPerSecond">a = b + s·c over arrays far larger than the caches (STREAM triad; the read before a write is not counted).</param>
internal sealed record Machine(int Threads, double Gigaflops, double GigabytesPerSecond)
{
    // Many short ones: on a busy machine some of them are not interrupted.
    private const int Repetitions = 60;
    private const int ElementsOfAThread = 8 << 20;

    public static Machine Measure(int threads)
    {
        const int Iterations = 2_000_000;
        (Action Work, nint Lanes) multiplyAdds = LaneRange<float>.IsWide
            ? (() => MultiplyAdds<Vector512Pack<float>>(Iterations), Vector512Pack<float>.Count)
            : (() => MultiplyAdds<VectorPack<float>>(Iterations), VectorPack<float>.Count);
        double flops = Best(Enumerable.Repeat(multiplyAdds.Work, threads).ToArray());
        float[][] arrays = [.. Enumerable.Range(0, 3 * threads).Select(_ => Filled())];
        double bytes = Best(Enumerable.Range(0, threads).Select(t => (Action)(() => Triad(arrays[3 * t], arrays[3 * t + 1], arrays[3 * t + 2]))).ToArray());
        return new Machine(
            threads,
            (double)Iterations * threads * Accumulators * multiplyAdds.Lanes * 2 / flops / 1e9,
            3.0 * sizeof(float) * ElementsOfAThread * threads / bytes / 1e9);
    }

    /// <summary>The processor's name, where the system tells.</summary>
    public static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information) ? File.ReadLines(Information).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    // Ten chains hide the latency of a multiply-add (4 to 5 cycles, two a cycle).
    private const int Accumulators = 10;
    private static float keep;

    private static void MultiplyAdds<TPack>(int iterations)
        where TPack : struct, IPack<TPack, float>
    {
        float[] numbers = new float[TPack.Count];
        Array.Fill(numbers, 0.999f);
        var factor = TPack.Load(ref numbers[0], 0);
        TPack a = factor, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a;
        for (int n = 0; n < iterations; n++)
        {
            a = a.Add(factor, factor);
            b = b.Add(factor, factor);
            c = c.Add(factor, factor);
            d = d.Add(factor, factor);
            e = e.Add(factor, factor);
            f = f.Add(factor, factor);
            g = g.Add(factor, factor);
            h = h.Add(factor, factor);
            i = i.Add(factor, factor);
            j = j.Add(factor, factor);
        }
        keep = Vector.Sum(a.Fold() + b.Fold() + c.Fold() + d.Fold() + e.Fold() + f.Fold() + g.Fold() + h.Fold() + i.Fold() + j.Fold());
    }

    private static void Triad(float[] result, float[] left, float[] right)
    {
        var factor = new Vector<float>(3f);
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(result.AsSpan());
        ReadOnlySpan<Vector<float>> lefts = MemoryMarshal.Cast<float, Vector<float>>(left), rights = MemoryMarshal.Cast<float, Vector<float>>(right);
        for (int n = 0; n < sums.Length; n++)
            sums[n] = lefts[n] + factor * rights[n];
    }

    private static float[] Filled()
    {
        var array = new float[ElementsOfAThread];
        Array.Fill(array, 1f);
        return array;
    }

    /// <summary>Seconds until all threads are done, the best of several.</summary>
    private static double Best(Action[] work)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            var others = work.Skip(1).Select(w => new Thread(() => w())).ToArray();
            long start = Stopwatch.GetTimestamp();
            foreach (Thread thread in others)
                thread.Start();
            work[0]();
            foreach (Thread thread in others)
                thread.Join();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}

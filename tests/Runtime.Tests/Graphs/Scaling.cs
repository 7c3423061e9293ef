using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;
namespace E3Gen.Runtime.Tests.Graphs;
public class Scaling(Xunit.Abstractions.ITestOutputHelper o)
{
    [Fact]
    public void Measure()
    {
        for (int rep = 0; rep < 3; rep++)
        foreach (int n in new[] { 1000, 10000, 100000 })
        foreach (bool per in new[] { false, true })
        foreach (bool sort in new[] { false, true })
        {
            double side = Math.Cbrt(n / 0.1);
            Tensor p = rand(n, 3, dtype: ScalarType.Float64) * side;
            if (sort) { var key = (p / 5.0).floor().matmul(tensor(new double[] { 1e8, 1e4, 1 })); p = p.index_select(0, key.argsort()); }
            var c0 = Process.GetCurrentProcess().TotalProcessorTime;
            var a0 = GC.GetTotalPauseDuration();
            var w = Stopwatch.StartNew();
            var s = new NeighborSearch(p.data<double>().ToArray(), 5.0, false);
            s.Add(0, n, per ? new Cell([side, 0, 0, 0, side, 0, 0, 0, side], (true, true, true)) : Cell.Open);
            double t1 = w.Elapsed.TotalMilliseconds;
            var c1 = Process.GetCurrentProcess().TotalProcessorTime;
            var a1 = GC.GetTotalPauseDuration();
            using Graph g = Graph.FromPositions(p, 5.0, cell: per ? eye(3, dtype: ScalarType.Float64) * side : null);
            o.WriteLine($"{n} {per} {sort} {g.EdgeCount} edges search {t1:F1} cpu {(c1 - c0).TotalMilliseconds:F1} gc {(a1-a0).TotalMilliseconds:F1} all {w.Elapsed.TotalMilliseconds - t1:F1} ms cpu {(Process.GetCurrentProcess().TotalProcessorTime - c1).TotalMilliseconds:F1}");
        }
    }
}

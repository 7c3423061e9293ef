using System.Numerics;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Pairs of opposite edges of a graph, with indices on the graph's device.</summary>
internal sealed class PairTensors : IDisposable
{
    public PairTensors(Topology topology, Tensor? shifts)
    {
        using var scope = NewDisposeScope();
        Tensor? rows = shifts?.detach().to(shifts.dtype == ScalarType.Float32 ? ScalarType.Float32 : ScalarType.Float64, CPU).contiguous();
        Pairs = new EdgePairs(topology.Index, rows is null ? null : rows.dtype == ScalarType.Float32 ? Read<float>(rows) : Read<double>(rows));
        GC.KeepAlive(rows);
        PairOfEdge = NativeArrays.Int64(Pairs.OfEdge, topology.Source.device);
        EdgeOfPair = NativeArrays.Int64(Pairs.First, topology.Source.device);
    }

    public EdgePairs Pairs { get; }

    /// <summary>Pair of each edge.</summary>
    public Tensor PairOfEdge { get; }

    /// <summary>The edge of each pair that comes first.</summary>
    public Tensor EdgeOfPair { get; }

    private static unsafe Func<int, EdgeShift> Read<T>(Tensor rows)
        where T : unmanaged, INumberBase<T>
    {
        T* numbers = RawTensor.Numbers<T>(rows);
        return e => new(double.CreateTruncating(numbers[3L * e]), double.CreateTruncating(numbers[(3L * e) + 1]), double.CreateTruncating(numbers[(3L * e) + 2]));
    }

    public void Dispose()
    {
        PairOfEdge.Dispose();
        EdgeOfPair.Dispose();
    }
}

using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Which nodes the edges of a graph join, and what is derived from that at first use. Graphs that differ in their shifts alone share it; the last one that lets go of it frees it.
/// </summary>
internal sealed class Topology : IDisposable
{
    private readonly Lock _gate = new();
    private EdgeIndex? _index;
    private PairTensors? _pairs;
    private DeviceIndex? _deviceIndex;
    private int _users = 1;

    /// <summary>Takes tensors that nobody else writes to.</summary>
    /// <param name="source">int64 [E].</param>
    /// <param name="destination">int64 [E], rising.</param>
    /// <param name="offsets">int64 [N+1].</param>
    /// <param name="graphCount">Number of molecules or crystals.</param>
    /// <param name="batch">int64 [N].</param>
    /// <param name="edgePermutation">int64 [E].</param>
    /// <param name="shifts">[E, 3]: which edges are opposite is decided by the shifts before any strain, since a strain can make different ones equal.</param>
    public Topology(Tensor source, Tensor destination, Tensor offsets, long graphCount, Tensor? batch, Tensor? edgePermutation, Tensor? shifts)
    {
        Shifts = shifts is null ? null : Own(shifts);
        (Source, Destination, Offsets) = (Own(source), Own(destination), Own(offsets));
        (Batch, EdgePermutation) = (batch is null ? null : Own(batch), edgePermutation is null ? null : Own(edgePermutation));
        (NodeCount, EdgeCount, GraphCount) = (offsets.shape[0] - 1, source.shape[0], graphCount);
    }

    public Tensor Source { get; }

    public Tensor Destination { get; }

    public Tensor Offsets { get; }

    public Tensor? Batch { get; }

    public Tensor? EdgePermutation { get; }

    /// <summary>The shifts that decide which edges are opposite.</summary>
    public Tensor? Shifts { get; }

    public long NodeCount { get; }

    public long EdgeCount { get; }

    public long GraphCount { get; }

    /// <summary>The edges as arrays.</summary>
    public EdgeIndex Index
    {
        get
        {
            lock (_gate)
            {
                return _index ??= new EdgeIndex(NativeArrays.Int32(Source), NativeArrays.Int32(Destination), NativeArrays.Int32(Offsets));
            }
        }
    }

    /// <summary>The indices that device kernels take.</summary>
    public DeviceIndex DeviceIndex
    {
        get
        {
            lock (_gate)
            {
                return _deviceIndex ??= new DeviceIndex(this);
            }
        }
    }

    /// <summary>Opposite edges.</summary>
    public PairTensors Pairs
    {
        get
        {
            lock (_gate)
            {
                return _pairs ??= new PairTensors(this, Shifts);
            }
        }
    }

    /// <summary>One more graph has this topology.</summary>
    /// <returns>This.</returns>
    public Topology Share()
    {
        Interlocked.Increment(ref _users);
        return this;
    }

    /// <summary>One graph less has it.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        Source.Dispose();
        Destination.Dispose();
        Offsets.Dispose();
        Batch?.Dispose();
        EdgePermutation?.Dispose();
        Shifts?.Dispose();
        _pairs?.Dispose();
        _deviceIndex?.Dispose();
    }

    /// <summary>A handle that only the topology owns, whoever made the tensor.</summary>
    private static Tensor Own(Tensor tensor) => tensor.detach().contiguous().DetachFromDisposeScope();
}

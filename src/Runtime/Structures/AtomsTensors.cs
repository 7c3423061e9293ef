using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Tensors and graphs of structures: of one, or of several as one batch.</summary>
public static class AtomsTensors
{
    /// <summary>The positions of a structure.</summary>
    /// <param name="atoms">The structure.</param>
    /// <param name="dtype">Type of the numbers, float32 or float64.</param>
    /// <param name="device">Where the tensor is; null for the CPU.</param>
    /// <returns>[N, 3], in the unit of the structure.</returns>
    [return: Positions]
    public static Tensor PositionTensor(this Atoms atoms, ScalarType dtype = ScalarType.Float32, Device? device = null) => PositionTensor([atoms], dtype, device);

    /// <summary>The positions of structures, one after another.</summary>
    /// <param name="batch">The structures.</param>
    /// <param name="dtype">Type of the numbers, float32 or float64.</param>
    /// <param name="device">Where the tensor is; null for the CPU.</param>
    /// <returns>[ΣN, 3], in the unit of the structures.</returns>
    [return: Positions]
    public static Tensor PositionTensor(this IReadOnlyList<Atoms> batch, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        double[] all = batch.Count == 1 ? batch[0].Positions : [.. batch.SelectMany(a => a.Positions)];
        return tensor(all, [all.Length / 3, 3], float64, CPU).to(dtype).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>The atomic numbers of a structure.</summary>
    /// <param name="atoms">The structure.</param>
    /// <param name="device">Where the tensor is; null for the CPU.</param>
    /// <returns>int64 [N].</returns>
    [return: Invariant]
    public static Tensor AtomicNumberTensor(this Atoms atoms, Device? device = null) => AtomicNumberTensor([atoms], device);

    /// <summary>The atomic numbers of structures, one after another.</summary>
    /// <param name="batch">The structures.</param>
    /// <param name="device">Where the tensor is; null for the CPU.</param>
    /// <returns>int64 [ΣN].</returns>
    [return: Invariant]
    public static Tensor AtomicNumberTensor(this IReadOnlyList<Atoms> batch, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        return tensor([.. batch.SelectMany(a => a.AtomicNumbers).Select(z => (long)z)], int64, CPU).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Joins all pairs of atoms of a structure closer than a cutoff, through its cell in its periodic directions; see <see cref="Graph.FromPositions"/>.
    /// </summary>
    /// <param name="atoms">The structure.</param>
    /// <param name="cutoff">Cutoff radius in the unit of the positions, larger than 0.</param>
    /// <param name="dtype">Type of the positions that distances and shifts are computed of: that of <see cref="PositionTensor(Atoms, ScalarType, Device)"/>.</param>
    /// <param name="device">Where the graph is; null for the CPU.</param>
    /// <returns>The graph; dispose it.</returns>
    /// <exception cref="ArgumentException">The cutoff is not positive, or two atoms are at the same place.</exception>
    public static Graph ToGraph(this Atoms atoms, double cutoff, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        using var scope = NewDisposeScope();
        Tensor? cell = atoms.IsPeriodic ? tensor(atoms.Cell!, [3, 3], float64, CPU) : null;
        try
        {
            Graph graph = Graph.FromPositions(atoms.PositionTensor(dtype), cutoff, cell: cell, periodic: cell is null ? null : atoms.Periodic);
            return OnDevice(graph, device);
        }
        catch (ArgumentException error) when (atoms.Origin is not null && error is not ArgumentOutOfRangeException)
        {
            throw new ArgumentException($"{atoms.Origin}: {error.Message}", error);
        }
    }

    /// <summary>
    /// One graph of several structures, with a <see cref="Graph.Batch"/>, also of one; each has its own cell and its own periodic directions.
    /// </summary>
    /// <param name="batch">The structures, at least one.</param>
    /// <param name="cutoff">Cutoff radius in the unit of the positions, larger than 0.</param>
    /// <param name="dtype">Type of the positions that distances and shifts are computed of.</param>
    /// <param name="device">Where the graph is; null for the CPU.</param>
    /// <returns>The graph; dispose it.</returns>
    /// <exception cref="ArgumentException">There is no structure, the cutoff is not positive, or two atoms are at the same place.</exception>
    public static Graph ToGraph(this IReadOnlyList<Atoms> batch, double cutoff, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var graphs = new List<Graph>();
        try
        {
            foreach (Atoms atoms in batch) graphs.Add(atoms.ToGraph(cutoff, dtype));
            return OnDevice(Graph.Concat(graphs), device);
        }
        finally
        {
            graphs.ForEach(g => g.Dispose());
        }
    }

    private static Graph OnDevice(Graph graph, Device? device)
    {
        if (device is null || device.type == DeviceType.CPU) return graph;
        using (graph) return graph.to(device);
    }
}

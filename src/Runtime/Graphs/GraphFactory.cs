using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Makes graphs from edges, from positions and from other graphs, with clear errors for invalid input.</summary>
internal static class GraphFactory
{
    private static readonly Scalar Zero = 0;

    public static Graph FromEdges(Tensor source, Tensor destination, long nodeCount, Tensor? batch, Tensor? shifts)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(nodeCount);
        using var scope = NewDisposeScope();
        using var plain = OutsideOfInference();
        source = Indexes(source, nameof(source), null);
        long edges = source.shape[0];
        destination = Indexes(destination, nameof(destination), edges).to(source.device);
        RequireBelow(source, nodeCount, nameof(source));
        RequireBelow(destination, nodeCount, nameof(destination));
        (batch, long graphCount) = CheckBatch(batch?.to(source.device), nodeCount);
        if (batch is not null) RequireInsideMolecules(source, destination, batch);
        if (shifts is not null && (shifts.shape is not [var rows, 3] || rows != edges || !shifts.is_floating_point()))
            throw new ArgumentException($"Shifts are {Describe(shifts)}; {edges} edges need floating-point [{edges}, 3].", nameof(shifts));

        (Tensor sorted, Tensor permutation) = destination.sort(0, descending: false, stable: true);
        shifts = shifts?.to(source.device).index_select(0, permutation);
        Tensor offsets = searchsorted(sorted, arange(nodeCount + 1, dtype: ScalarType.Int64, device: source.device));
        return new Graph(new Topology(source.index_select(0, permutation), sorted, offsets, graphCount, batch, permutation, shifts), shifts);
    }

    public static Graph FromPositions(
        Tensor positions, double cutoff, Tensor? batch, Tensor? cell, (bool, bool, bool)[]? periodic, bool selfEdges)
    {
        ArgumentNullException.ThrowIfNull(positions);
        using var scope = NewDisposeScope();
        using var plain = OutsideOfInference();
        if (positions.shape is not [var nodes, 3] || positions.dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException(
                $"Positions are {Describe(positions)}; expected float32 or float64 of shape [atoms, 3].", nameof(positions));
        if (!(cutoff > 0 && double.IsFinite(cutoff)))
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "The cutoff radius must be larger than 0 and finite.");
        if (periodic is not null && cell is null)
            throw new ArgumentException("Periodic directions need the lattice vectors: pass cell.", nameof(periodic));

        double[] points = NativeArrays.Double(positions);
        RequireFinite(points);
        (Tensor? checkedBatch, long graphCount) = CheckBatch(batch, nodes);
        int[] molecule = checkedBatch is null ? new int[nodes] : NativeArrays.Int32(checkedBatch);
        Cell[] cells = Cells(cell, periodic ?? [(true, true, true)], ref graphCount, checkedBatch is not null);

        var search = new NeighborSearch(points, cutoff, selfEdges);
        for (int first = 0, end; first < nodes; first = end)
        {
            end = Array.FindIndex(molecule, first, m => m != molecule[first]);
            if (end < 0) end = (int)nodes;
            search.Add(first, end, cells[cells.Length == 1 ? 0 : molecule[first]]);
        }

        bool isPeriodic = cells.Any(c => c.IsPeriodic), movesWithCell = isPeriodic && cell!.requires_grad;
        FoundEdges found = search.Edges(!isPeriodic ? null : movesWithCell ? ScalarType.Float64 : positions.dtype, asImages: movesWithCell);
        Device device = positions.device;
        Tensor destination = found.Destination.to(device);
        Tensor? shifts = found.Shifts?.to(device), atoms = checkedBatch?.to(device);
        if (movesWithCell)
        {
            Tensor vectors = cell!.to(ScalarType.Float64, device).nan_to_num(0, 0, 0); // rows along open directions may be anything
            bool shared = vectors.dim() == 2 || vectors.shape[0] == 1;
            shifts = Graph.Times(shifts!, shared ? vectors.view(3, 3) : vectors.index_select(0, atoms!.index_select(0, destination)));
        }

        shifts = shifts?.to(positions.dtype);
        return new Graph(new Topology(found.Source.to(device), destination, found.Offsets.to(device), graphCount, atoms, edgePermutation: null, shifts), shifts);
    }

    /// <summary>Graphs made inside of inference_mode, for a validation perhaps, can be used in training, too.</summary>
    private static IDisposable? OutsideOfInference() => is_inference_mode_enabled() ? inference_mode(false) : null;

    /// <summary>The periodic directions of each molecule.</summary>
    public static (bool, bool, bool)[] Flags(Tensor periodic)
    {
        ArgumentNullException.ThrowIfNull(periodic);
        if (periodic.dtype != ScalarType.Bool || periodic.shape is not ([3] or [_, 3]) || periodic.numel() == 0)
            throw new ArgumentException($"The periodic directions are {Describe(periodic)}; expected bool of shape [3] or [molecules, 3].", nameof(periodic));
        int[] flags = NativeArrays.Int32(periodic);
        return [.. flags.Chunk(3).Select(f => (f[0] != 0, f[1] != 0, f[2] != 0))];
    }

    public static Graph Concat(Graph[] graphs)
    {
        using var scope = NewDisposeScope();
        using var plain = OutsideOfInference();
        if (graphs.Length == 0) throw new ArgumentException("Give at least one graph to put side by side.", nameof(graphs));
        Device device = graphs[0].Device;
        if (graphs.FirstOrDefault(g => g.Device.ToString() != device.ToString()) is { } stray)
            throw new ArgumentException(
                $"The graphs are on different devices ({device} and {stray.Device}); move them with Graph.to first.", nameof(graphs));

        long[] nodes = Starts(graphs, g => g.NodeCount);
        long[] edges = Starts(graphs, g => g.EdgeCount);
        long[] molecules = Starts(graphs, g => g.GraphCount);
        Tensor Number(long value) => tensor(value, device: device);
        Tensor Join(Func<Graph, Tensor> part, long[] starts) => cat([.. graphs.Select((g, i) => part(g).Plus(Number(starts[i])))]);

        Tensor offsets = cat([Join(g => g.Offsets.narrow(0, 0, g.NodeCount), edges), Number(edges[^1]).reshape(1)]);
        Tensor batch = Join(g => g.Batch ?? zeros(g.NodeCount, dtype: ScalarType.Int64, device: device), molecules);
        ScalarType[] types = [.. graphs.Select(g => g.Shifts?.dtype).OfType<ScalarType>()];
        ScalarType? type = types.Length == 0 ? null : types.Aggregate(promote_types);
        Tensor ShiftsOf(Graph g) => g.Shifts?.to_type(type!.Value) ?? zeros(g.EdgeCount, 3, dtype: type!.Value, device: device);
        Tensor? shifts = type is null ? null : cat([.. graphs.Select(ShiftsOf)]);
        Tensor? permutation = graphs.All(g => g.EdgePermutation is null)
            ? null
            : Join(g => g.EdgePermutation ?? arange(g.EdgeCount, dtype: ScalarType.Int64, device: device), edges);
        return new Graph(new Topology(Join(g => g.Source, nodes), Join(g => g.Destination, nodes), offsets, molecules[^1], batch, permutation, shifts), shifts);
    }

    /// <summary>Where each graph starts in the consecutive numbering, and the total at the end.</summary>
    private static long[] Starts(Graph[] graphs, Func<Graph, long> count)
    {
        long[] starts = new long[graphs.Length + 1];
        for (int i = 0; i < graphs.Length; i++) starts[i + 1] = starts[i] + count(graphs[i]);
        return starts;
    }

    private static Cell[] Cells(Tensor? cell, (bool, bool, bool)[] periodic, ref long graphCount, bool batched)
    {
        if (cell is null) return periodic.Length > 1 ? throw new ArgumentNullException(nameof(cell)) : [Cell.Open];
        bool perGraph = cell.dim() == 3;
        if (!cell.is_floating_point() || cell.shape is not ([3, 3] or [_, 3, 3]))
        {
            throw new ArgumentException(
                $"The cell is {Describe(cell)}; expected floating-point [3, 3] with lattice vectors as rows, or [graphs, 3, 3].",
                nameof(cell));
        }
        long count = perGraph ? cell.shape[0] : 1;
        if (perGraph && (batched ? count < graphCount : count != 1))
            throw new ArgumentException($"There are {count} cells for {graphCount} graphs.", nameof(cell));
        // A molecule at the end may have a cell and no atoms.
        if (perGraph) graphCount = count;
        if (count == 0) return [Cell.Open];
        if (periodic.Length > 1 && periodic.Length != graphCount)
            throw new ArgumentException($"There are periodic directions of {periodic.Length} molecules for {graphCount} graphs.", nameof(periodic));
        double[] vectors = NativeArrays.Double(cell);
        return
        [
            .. Enumerable.Range(0, (int)Math.Max(count, periodic.Length)).Select(i => new Cell(vectors.AsSpan(count == 1 ? 0 : 9 * i, 9), periodic[periodic.Length == 1 ? 0 : i])),
        ];
    }

    private static Tensor Indexes(Tensor indexes, string name, long? length)
    {
        bool isInteger = indexes.dtype is ScalarType.Int64 or ScalarType.Int32;
        if (!isInteger || indexes.dim() != 1 || (length is not null && indexes.shape[0] != length))
            throw new ArgumentException(
                $"The tensor '{name}' is {Describe(indexes)}; expected int64 of shape [{length?.ToString() ?? "edges"}].", name);
        return indexes.to_type(ScalarType.Int64);
    }

    private static void RequireBelow(Tensor indexes, long count, string name)
    {
        if (indexes.numel() == 0) return;
        using Scalar limit = count.ToScalar();
        using Tensor wrong = indexes.lt(Zero).logical_or(indexes.ge(limit)).nonzero();
        if (wrong.shape[0] == 0) return;
        long edge = wrong[0, 0].item<long>();
        throw new ArgumentException($"{name}[{edge}] = {indexes[edge].item<long>()} is no node: there are {count}, numbered from 0.", name);
    }

    private static (Tensor? Batch, long GraphCount) CheckBatch(Tensor? batch, long nodes)
    {
        if (batch is null) return (null, 1);
        batch = Indexes(batch, nameof(batch), nodes).clone(); // the caller may write to his
        if (nodes == 0) return (batch, 0);
        long first = batch[0].item<long>();
        if (first < 0) throw new ArgumentException($"batch[0] = {first} is negative; molecules are numbered from 0.", nameof(batch));
        using Tensor falls = batch.diff().lt(Zero).nonzero();
        if (falls.shape[0] > 0)
        {
            long node = falls[0, 0].item<long>();
            throw new ArgumentException(
                $"The batch is not sorted: batch[{node}] = {batch[node].item<long>()} but batch[{node + 1}] = {batch[node + 1].item<long>()}. "
                + "Atoms of a molecule must lie together, molecules in rising order.",
                nameof(batch));
        }
        long last = batch[nodes - 1].item<long>();
        if (last >= int.MaxValue) throw new ArgumentException($"batch[{nodes - 1}] = {last} is too large: molecules are numbered from 0 to at most {int.MaxValue - 1}.", nameof(batch));
        return (batch, last + 1);
    }

    private static void RequireInsideMolecules(Tensor source, Tensor destination, Tensor batch)
    {
        if (source.numel() == 0) return;
        using Tensor wrong = batch.index_select(0, source).ne(batch.index_select(0, destination)).nonzero();
        if (wrong.shape[0] == 0) return;
        long edge = wrong[0, 0].item<long>();
        throw new ArgumentException(
            $"Edge {edge} joins node {source[edge].item<long>()} to node {destination[edge].item<long>()}, which the batch puts into different "
            + "molecules.",
            nameof(batch));
    }

    private static void RequireFinite(double[] points)
    {
        int wrong = Array.FindIndex(points, x => !double.IsFinite(x));
        if (wrong < 0) return;
        int atom = wrong / 3;
        string position = string.Join(", ", points[(3 * atom)..(3 * atom + 3)]);
        throw new ArgumentException($"Atom {atom} has the position ({position}); positions must be finite.", "positions");
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}

using E3Gen.Kernels;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// A directed graph over atoms (nodes) for message passing. Immutable. Edges are sorted by destination and indexed by <see cref="Offsets"/>
/// (compressed sparse rows), so the messages that arrive at a node lie next to each other. Several molecules can share one graph: see <see
/// cref="Batch"/>. Conventions are e3nn's: a message goes from source to destination and the edge vector is <c>positions[source] −
/// positions[destination]</c>. The graph owns its tensors: they survive the dispose scope it was made in and are freed by <see
/// cref="Dispose"/>. Do not write to them.
/// </summary>
public sealed class Graph : IDisposable
{
    private readonly Topology _topology;
    private readonly Tensor? _shifts;
    private int _isDisposed;

    /// <param name="topology">The edges; the graph lets go of them when it is disposed.</param>
    /// <param name="shifts">Their shifts, with the derivatives that they have.</param>
    internal Graph(Topology topology, Tensor? shifts)
    {
        _topology = topology;
        // alias: another handle of the same numbers, through which derivatives pass.
        _shifts = shifts?.contiguous().alias().DetachFromDisposeScope();
        (NodeCount, EdgeCount, GraphCount) = (topology.NodeCount, topology.EdgeCount, topology.GraphCount);
    }

    /// <summary>Node that each edge comes from: int64 [E].</summary>
    public Tensor Source => Topology.Source;

    /// <summary>Node that each edge arrives at: int64 [E], not decreasing.</summary>
    public Tensor Destination => Topology.Destination;

    /// <summary>The edges that arrive at node n are <c>Offsets[n] … Offsets[n+1]−1</c>: int64 [N+1].</summary>
    public Tensor Offsets => Topology.Offsets;

    /// <summary>Number of nodes N.</summary>
    public long NodeCount { get; }

    /// <summary>Number of directed edges E.</summary>
    public long EdgeCount { get; }

    /// <summary>Number of molecules or crystals; 1 without <see cref="Batch"/>.</summary>
    public long GraphCount { get; }

    /// <summary>The molecule or crystal that each node belongs to: int64 [N], not decreasing; null for a single one.</summary>
    public Tensor? Batch => Topology.Batch;

    /// <summary>
    /// Shift that a periodic image adds to each edge vector, in the unit of the positions: [E, 3]; null without periodic boundaries.
    /// An edge from source atom s in the cell shifted by the lattice vector t has the shift t. Derivatives with respect to the cell
    /// (see <see cref="FromPositions"/>) and to a strain (<see cref="Strain"/>) pass through it.
    /// </summary>
    public Tensor? Shifts
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
            return _shifts;
        }
    }

    /// <summary>
    /// Edge i of this graph is edge <c>EdgePermutation[i]</c> of those passed to <see cref="FromEdges"/>: int64 [E]; null if the caller
    /// did not pass edges. <c>data.index_select(0, graph.EdgePermutation)</c> brings the caller's per-edge data into the graph's order.
    /// </summary>
    public Tensor? EdgePermutation => Topology.EdgePermutation;

    /// <summary>The device that the graph's tensors are on.</summary>
    public Device Device => Source.device;

    /// <summary>
    /// Number P of pairs of opposite edges (a to b, b to a with the opposite shift); an edge without an opposite counts as one
    /// pair. Quantities that depend only on lengths, such as the weights of a convolution, can be computed once per pair.
    /// </summary>
    public long PairCount => Topology.Pairs.Pairs.Count;

    /// <summary>
    /// The first edge of each pair: int64 [P]. <c>lengths.index_select(0, graph.EdgeOfPair)</c> are the lengths of the pairs.
    /// </summary>
    public Tensor EdgeOfPair => Topology.Pairs.EdgeOfPair;

    /// <summary>The pair of each edge: int64 [E]. <c>x.index_select(0, graph.PairOfEdge)</c> gives both edges of a pair its row.</summary>
    public Tensor PairOfEdge => Topology.Pairs.PairOfEdge;

    /// <summary>Makes a graph from edges in any order; edges with the same destination keep their order.</summary>
    /// <param name="source">Node that each edge comes from: int64 or int32 [E], from 0 to N−1.</param>
    /// <param name="destination">Node that each edge arrives at: int64 or int32 [E].</param>
    /// <param name="nodeCount">Number of nodes N.</param>
    /// <param name="batch">Molecule of each node: int64 or int32 [N], from 0, not decreasing.</param>
    /// <param name="shifts">What periodic images add to each edge vector, in the unit of the positions: [E, 3].</param>
    /// <returns>The graph, on the device of <paramref name="source"/>.</returns>
    /// <exception cref="ArgumentException">
    /// Shapes or types do not fit, an index is out of range, the batch is not sorted, or an edge joins two molecules.
    /// </exception>
    public static Graph FromEdges(Tensor source, Tensor destination, long nodeCount, Tensor? batch = null, Tensor? shifts = null) =>
        GraphFactory.FromEdges(source, destination, nodeCount, batch, shifts);

    /// <summary>
    /// Joins all pairs of atoms with a distance r &lt; <paramref name="cutoff"/>, in both directions, in time linear in the number of
    /// atoms. Atoms of different molecules are not joined. In a periodic cell of any size, every image within the cutoff gives a separate edge,
    /// including an atom's own images; atoms need not lie inside the cell. Edges of a node are sorted by
    /// source. The search runs on the CPU in double precision; no gradient passes through it, but
    /// <see cref="EdgeVectors"/> has derivatives with respect to the positions that it is given, and, where the
    /// cell here requires a gradient, with respect to the cell.
    /// </summary>
    /// <param name="positions">Positions of the atoms: float32 or float64 [N, 3].</param>
    /// <param name="cutoff">
    /// Cutoff radius in the unit of the positions, larger than 0. A pair at exactly this distance is not joined.
    /// </param>
    /// <param name="batch">Molecule of each atom: int64 or int32 [N], from 0, not decreasing.</param>
    /// <param name="cell">
    /// Lattice vectors as rows, in the unit of the positions: [3, 3], or [G, 3, 3] for one cell per molecule. Rows along open directions
    /// are ignored.
    /// </param>
    /// <param name="periodic">Which lattice vectors are periodic; all three if a cell is given.</param>
    /// <param name="selfEdges">Adds an edge of length zero from every atom to itself.</param>
    /// <returns>The graph, on the device of <paramref name="positions"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A shape, type or value does not fit (a position is not finite, the cutoff is not positive, the batch is not sorted, lattice vectors
    /// are linearly dependent), or two atoms are at the same place: the direction between them is undefined, and omitting the pair,
    /// as e3nn does, would silently change results.
    /// </exception>
    public static Graph FromPositions(
        [Positions] Tensor positions,
        double cutoff,
        Tensor? batch = null,
        Tensor? cell = null,
        (bool A, bool B, bool C)? periodic = null,
        bool selfEdges = false) =>
        GraphFactory.FromPositions(positions, cutoff, batch, cell, periodic is { } flags ? [flags] : null, selfEdges);

    /// <summary>Joins pairs of atoms as <see cref="FromPositions"/> does, in molecules and crystals of which each has its own periodic directions.</summary>
    /// <param name="positions">Positions of the atoms: float32 or float64 [N, 3].</param>
    /// <param name="cutoff">Cutoff radius in the unit of the positions, larger than 0.</param>
    /// <param name="batch">Molecule or crystal of each atom: int64 or int32 [N], from 0, not decreasing; null for a single one.</param>
    /// <param name="cell">Lattice vectors as rows, in the unit of the positions: [G, 3, 3], or [3, 3] for all. Rows along open directions are ignored; they may be zero.</param>
    /// <param name="periodic">Which lattice vectors are periodic: bool [G, 3], or [3] for all.</param>
    /// <param name="selfEdges">Adds an edge of length zero from every atom to itself.</param>
    /// <returns>The graph, on the device of <paramref name="positions"/>.</returns>
    /// <exception cref="ArgumentException">As with <see cref="FromPositions"/>.</exception>
    public static Graph FromBatch([Positions] Tensor positions, double cutoff, Tensor? batch, Tensor cell, Tensor periodic, bool selfEdges = false) =>
        GraphFactory.FromPositions(positions, cutoff, batch, cell, GraphFactory.Flags(periodic), selfEdges);

    /// <summary>Combines graphs into one, without edges between them; nodes and molecules are numbered consecutively. Shifts get the widest of the graphs' number types.</summary>
    /// <param name="graphs">One or more graphs on one device.</param>
    /// <returns>A new graph; the given ones stay valid.</returns>
    /// <exception cref="ArgumentException">No graph was given, or their devices differ.</exception>
    public static Graph Concat(IEnumerable<Graph> graphs)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        return GraphFactory.Concat([.. graphs]);
    }

    /// <summary>Vectors along the edges: <c>positions[source] − positions[destination] + shift</c>; differentiable to any order.</summary>
    /// <param name="positions">Positions of the nodes: [N, 3].</param>
    /// <returns>[E, 3], in the unit and type of the positions.</returns>
    /// <exception cref="ArgumentException">The positions are not floating-point [N, 3].</exception>
    [return: Irreps("1o")]
    public Tensor EdgeVectors([Positions] Tensor positions)
    {
        CheckPositions(positions);
        using var scope = NewDisposeScope();
        Tensor vectors = positions.index_select(0, Source).sub(positions.index_select(0, Destination));
        if (Shifts is not null) vectors = vectors.Plus(Shifts.to_type(positions.dtype));
        return vectors.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Deforms atoms and cell by a homogeneous strain: every vector r, written as a row, becomes r·(1 + ε). Positions and shifts of periodic images become functions of ε, so that the energy of
    /// any network has the derivative <c>dE/dε = V·σ</c>, with the volume V of the cell and the stress σ (positive where the material pulls); what many programs call virial is its negative.
    /// Where rotations leave the energy alone, it is symmetric at ε = 0.
    /// <example><code>
    /// var strain = zeros(3, 3, float64, requires_grad: true);
    /// var (moved, strained) = graph.Strain(positions, strain);
    /// var energy = network.forward(moved, strained).sum();
    /// var stress = autograd.grad([energy], [strain])[0] / cell.det().abs();
    /// </code></example>
    /// </summary>
    /// <param name="positions">Positions of the nodes: [N, 3].</param>
    /// <param name="strain">ε: floating-point [3, 3], or [G, 3, 3] for a strain of its own for each molecule or crystal.</param>
    /// <returns>The deformed positions, and a graph of the same edges with deformed shifts; dispose it. Which edges there are does not change.</returns>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public (Tensor Positions, Graph Graph) Strain([Positions] Tensor positions, Tensor strain)
    {
        CheckPositions(positions);
        ArgumentNullException.ThrowIfNull(strain);
        if (!strain.is_floating_point() || !(strain.shape is [3, 3] || (strain.shape is [var count, 3, 3] && count == GraphCount)))
        {
            throw new ArgumentException($"The strain is {strain.dtype} [{string.Join(", ", strain.shape)}]; expected floating-point [3, 3] or [{GraphCount}, 3, 3].", nameof(strain));
        }

        using var scope = NewDisposeScope();
        Tensor one = eye(3, dtype: strain.dtype, device: strain.device).Plus(strain);
        Tensor? shifts = Shifts is null ? null : Deform(Shifts, Batch?.index_select(0, Destination));
        return (Deform(positions, Batch).MoveToOuterDisposeScope(), new Graph(_topology.Share(), shifts));

        Tensor Deform(Tensor rows, Tensor? graphOfRow)
        {
            Tensor deformation = one.to(rows.dtype, rows.device);
            return one.dim() == 2 ? Times(rows, deformation)
                : graphOfRow is null ? Times(rows, deformation[0])
                : Times(rows, deformation.index_select(0, graphOfRow));
        }
    }

    /// <summary>
    /// The softmax over the edges that arrive at each node: <c>α[e,h] = c[e] exp(s[e,h]) / Σ_e′ c[e′] exp(s[e′,h])</c>, where e′ runs over the edges with the destination of e. The
    /// largest score of a node is subtracted first, so that no score is too large. Differentiable to any order. Factors c that go to zero where an edge leaves the graph (see
    /// <see cref="Cutoff"/>) make sums over the edges smooth, as in e3nn's equivariant transformer, as long as the node keeps another edge.
    /// </summary>
    /// <param name="scores">s: floating-point [E, heads], which must not depend on the frame for an equivariant result.</param>
    /// <param name="cutoff">c: [E] of the same type; 1 where null, and 0 where negative.</param>
    /// <returns>[E, heads]: for each head, numbers that add up to 1 over the edges of a node; 0 where all edges of a node have a factor of 0.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit.</exception>
    public Tensor Softmax(Tensor scores, Tensor? cutoff = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (!scores.is_floating_point() || scores.dim() != 2 || scores.size(0) != EdgeCount)
        {
            throw new ArgumentException($"The scores are {scores.dtype} [{string.Join(", ", scores.shape)}]; a graph of {EdgeCount} edges needs floating-point [{EdgeCount}, heads].", nameof(scores));
        }

        if (scores.device_type != Device.type)
        {
            throw new ArgumentException($"The scores are on {scores.device}, the graph on {Device}; bring one to the other with .to(device).", nameof(scores));
        }

        if (cutoff is not null)
        {
            Check.EdgeNumbers(cutoff, this, "Graph.Softmax, argument 'cutoff'");
            Check.Alike(scores, cutoff, "Graph.Softmax", "'scores' and 'cutoff'");
        }

        using var scope = NewDisposeScope();
        Tensor? factors = cutoff is null ? null : HalfPrecision.Widen(cutoff);
        return HalfPrecision.Return(EdgeSoftmax.Of(HalfPrecision.Widen(scores), this, factors), scores.dtype);
    }

    /// <summary>Copies the graph to a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>A new graph, even if it is already on that device; dispose both.</returns>
    public Graph to(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using var scope = NewDisposeScope();
        var topology = new Topology(Source.to(device), Destination.to(device), Offsets.to(device), GraphCount, Batch?.to(device), EdgePermutation?.to(device), Topology.Shifts?.to(device));
        return new Graph(topology, Shifts?.to(device));
    }

    /// <summary>The same edges with other shifts.</summary>
    /// <param name="shifts">The others; null where there were none. Which edges are opposite stays as it was.</param>
    internal Graph WithShifts(Tensor? shifts) => new(Topology.Share(), shifts);

    /// <summary>The edges as arrays, made at first use; they outlive the graph's tensors, so that a derivative can be taken after the graph was disposed.</summary>
    internal EdgeIndex Index => _topology.Index;

    /// <summary>The indices that device kernels take, made at first use.</summary>
    internal DeviceIndex DeviceIndex => _topology.DeviceIndex;

    /// <summary>Opposite edges, found at first use.</summary>
    internal PairTensors Pairs => _topology.Pairs;

    /// <summary>Which nodes the edges join.</summary>
    internal Topology Topology
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
            return _topology;
        }
    }

    /// <summary>Frees the graph's tensors.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _shifts?.Dispose();
            _topology.Dispose();
        }
    }

    private void CheckPositions(Tensor positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (!positions.is_floating_point())
        {
            throw new ArgumentException($"Positions are {positions.dtype}; expected a floating-point tensor: convert with .to(torch.float64).", nameof(positions));
        }

        if (positions.shape is not [var rows, 3] || rows != NodeCount)
        {
            throw new ArgumentException(
                $"Positions have shape [{string.Join(", ", positions.shape)}]; a graph of {NodeCount} nodes needs [{NodeCount}, 3].",
                nameof(positions));
        }
    }

    /// <summary>
    /// Rows of vectors times a matrix, or a matrix for each row, by sums of three products in a fixed order: opposite vectors give exactly opposite results, which a matrix product does not promise.
    /// </summary>
    internal static Tensor Times(Tensor rows, Tensor matrices)
    {
        Tensor Part(int i) => rows.narrow(-1, i, 1).mul(matrices.select(-2, i));
        return Part(0).Plus(Part(1)).Plus(Part(2));
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Structures side by side in one graph, with their targets. Owns its tensors, which belong to no dispose scope: it is made on one thread and used on another.</summary>
internal sealed class Batch : IDisposable
{
    private readonly List<Tensor> _tensors = [];

    public Batch(IReadOnlyList<PreparedStructure> structures, Device device)
    {
        Structures = [.. structures.Select(s => s.Structure)];
        using var scope = NewDisposeScope();
        ScalarType dtype = structures[0].Positions.dtype;
        Positions = Own(cat([.. structures.Select(s => s.Positions)]), device);
        Species = Own(cat([.. structures.Select(s => s.Species)]), device);
        Forces = Own(cat([.. structures.Select(s => s.Forces)]), device);
        long[] counts = [.. Structures.Select(s => (long)s.Atoms.Count)];
        Counts = Own(tensor(counts).to(float64), device);
        Energies = Numbers(s => s.Energy ?? 0, float64, device);
        EnergyWeights = Numbers(s => s.Energy is null ? 0 : s.Weight, float64, device);
        ForceWeights = Own(tensor([.. Structures.SelectMany(s => Enumerable.Repeat(s.Forces is null ? 0 : s.Weight, s.Atoms.Count))]).to(dtype).unsqueeze(-1), device);
        EnergyCount = Structures.Count(s => s.Energy is not null);
        ForceCount = 3 * Structures.Where(s => s.Forces is not null).Sum(s => s.Atoms.Count);
        StressCount = 9 * Structures.Count(s => s.Stress is not null);
        if (StressCount > 0)
        {
            Stresses = Own(tensor([.. Structures.SelectMany(s => s.Stress ?? new double[9])], [Structures.Count, 3, 3], float64).to(dtype), device);
            StressWeights = Own(Numbers(s => s.Stress is null ? 0 : s.Weight, dtype, CPU).view(-1, 1, 1), device);
        }

        if (Structures.Any(s => s.HasVolume))
            Cells = Own(tensor([.. Structures.SelectMany(s => s.HasVolume ? s.Atoms.Cell! : new double[9])], [Structures.Count, 3, 3], float64).to(dtype), device);

        using Graph graph = Graph.Concat(structures.Select(s => s.Graph));
        Graph = graph.to(device);
    }

    public IReadOnlyList<LabelledStructure> Structures { get; }

    /// <summary>[N, 3].</summary>
    public Tensor Positions { get; }

    /// <summary>int64 [N].</summary>
    public Tensor Species { get; }

    /// <summary>Atoms of each structure: float64 [G].</summary>
    public Tensor Counts { get; }

    /// <summary>float64 [G]; 0 with a weight of 0 where there is none. So are the others.</summary>
    public Tensor Energies { get; }

    /// <summary>float64 [G].</summary>
    public Tensor EnergyWeights { get; }

    /// <summary>[N, 3].</summary>
    public Tensor Forces { get; }

    /// <summary>[N, 1].</summary>
    public Tensor ForceWeights { get; }

    /// <summary>[G, 3, 3]; null where no structure has one.</summary>
    public Tensor? Stresses { get; }

    /// <summary>[G, 1, 1].</summary>
    public Tensor? StressWeights { get; }

    /// <summary>Lattice vectors as rows, zeros where there is no volume: [G, 3, 3]; null where no structure has one.</summary>
    public Tensor? Cells { get; }

    /// <summary>Numbers that are compared: energies, components of forces, components of stresses.</summary>
    public int EnergyCount { get; }

    public int ForceCount { get; }

    public int StressCount { get; }

    public Graph Graph { get; }

    public void Dispose()
    {
        _tensors.ForEach(t => t.Dispose());
        Graph.Dispose();
    }

    private Tensor Numbers(Func<LabelledStructure, double> of, ScalarType dtype, Device device) => Own(tensor([.. Structures.Select(of)]).to(dtype), device);

    private Tensor Own(Tensor tensor, Device device)
    {
        Tensor owned = tensor.to(device).DetachFromDisposeScope();
        _tensors.Add(owned);
        return owned;
    }
}

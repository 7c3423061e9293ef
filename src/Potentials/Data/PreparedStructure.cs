using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>A structure as a potential takes it: made once, joined with others in many batches. On the CPU.</summary>
internal sealed class PreparedStructure : IDisposable
{
    public PreparedStructure(LabelledStructure structure, IPotential potential, ScalarType dtype)
    {
        Structure = structure;
        using var scope = NewDisposeScope();
        Atoms atoms = structure.Atoms;
        if (atoms.Count == 0) throw new InvalidDataException($"{structure.Where}the structure has no atoms.");
        Positions = atoms.PositionTensor(dtype).DetachFromDisposeScope();
        Species = potential.SpeciesOf([atoms]).DetachFromDisposeScope();
        Forces = structure.Forces is { } forces
            ? tensor(forces.ToArray(), [atoms.Count, 3], float64).to(dtype).DetachFromDisposeScope()
            : zeros([atoms.Count, 3], dtype).DetachFromDisposeScope();
        Graph = atoms.ToGraph(potential.Cutoff, dtype);
    }

    public LabelledStructure Structure { get; }

    /// <summary>[N, 3].</summary>
    public Tensor Positions { get; }

    /// <summary>int64 [N].</summary>
    public Tensor Species { get; }

    /// <summary>[N, 3]; zeros where there are none.</summary>
    public Tensor Forces { get; }

    public Graph Graph { get; }

    /// <summary>Prepares structures; what was made is freed if one of them fails.</summary>
    public static PreparedStructure[] All(IEnumerable<LabelledStructure> structures, IPotential potential, ScalarType dtype)
    {
        var prepared = new List<PreparedStructure>();
        try
        {
            foreach (LabelledStructure structure in structures) prepared.Add(new PreparedStructure(structure, potential, dtype));
            return [.. prepared];
        }
        catch
        {
            prepared.ForEach(p => p.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        Positions.Dispose();
        Species.Dispose();
        Forces.Dispose();
        Graph.Dispose();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Energy and forces of one structure at changing positions, in plain memory. Neighbours are searched for at every step: measured, this is 3 to 8 % of the time of a small
/// network, and a list with a margin, kept for several steps, would hold pairs beyond the cutoff, which a potential need not take for nothing.
/// </summary>
internal sealed class ForceField : IDisposable
{
    private readonly IPotential _potential;
    private readonly ScalarType _dtype;
    private readonly Device _device;
    private readonly Tensor _species;
    private readonly Tensor? _cell;
    private readonly (bool A, bool B, bool C)? _periodic;

    public ForceField(IPotential potential, Atoms atoms, ScalarType? dtype, Device? device)
    {
        _potential = potential;
        (ScalarType ownType, Device ownDevice) = PotentialNumbers.Of(potential);
        (_dtype, _device) = (dtype ?? ownType, device ?? ownDevice);
        if (_dtype is not (ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"The dtype is {_dtype}; dynamics take float32 or float64.", nameof(dtype));
        using var scope = NewDisposeScope();
        _species = potential.SpeciesOf([atoms], _device).DetachFromDisposeScope();
        if (!atoms.IsPeriodic) return;
        _cell = tensor(atoms.Cell!, [3, 3], float64, CPU).DetachFromDisposeScope();
        _periodic = atoms.Periodic;
    }

    /// <summary>The energy, and forces into an array.</summary>
    /// <param name="positions">[3N], Å.</param>
    /// <param name="forces">[3N], eV/Å; overwritten.</param>
    public double Evaluate(double[] positions, double[] forces)
    {
        using var scope = NewDisposeScope();
        Tensor exact = tensor(positions, [positions.Length / 3, 3], float64, CPU), at = exact.to(_dtype);
        using Graph graph = Graph.FromPositions(at, _potential.Cutoff, cell: _cell, periodic: _periodic);
        using Graph moved = graph.to(_device);
        using PotentialResult result = _potential.Evaluate(at.to(_device), _species, moved);
        result.Forces!.to(float64).cpu().contiguous().data<double>().CopyTo(forces);
        return result.Energies.to(float64).sum().item<double>();
    }

    public void Dispose()
    {
        _species.Dispose();
        _cell?.Dispose();
    }
}

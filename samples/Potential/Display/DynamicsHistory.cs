using E3Gen.Potentials;

namespace Potential.Display;

/// <summary>What a simulation did, at every step: for the summary and the plot.</summary>
internal sealed class DynamicsHistory
{
    private readonly EnergyDrift _drift = new();
    private readonly List<double> _temperatures = [];

    /// <summary>fs.</summary>
    public List<double> Times { get; } = [];

    /// <summary>Total energy per atom less that at the first, meV.</summary>
    public List<double> Energies { get; } = [];

    private double? _first;

    public void Add(Simulation simulation)
    {
        _drift.Add(simulation);
        _temperatures.Add(simulation.Temperature);
        double energy = 1000 * simulation.TotalEnergy / simulation.Count;
        _first ??= energy;
        Times.Add(simulation.Time);
        Energies.Add(energy - _first.Value);
    }

    public string Summary(bool isConserved) => FormattableString.Invariant($"mean temperature {_temperatures.DefaultIfEmpty().Average():F1} K") + (isConserved ? $"\n{_drift}" : "");
}

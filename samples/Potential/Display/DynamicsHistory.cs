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

    /// <summary>A structure that is this many times as hot as at first has found another minimum: relaxation from a strained one gives less.</summary>
    private const double Hot = 2.5;

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

    /// <summary>Mean temperature, and for dynamics of constant energy its drift, with a warning where the structure has become much hotter by itself.</summary>
    public string Summary(bool isConserved)
    {
        int tenth = Math.Max(1, _temperatures.Count / 10);
        double first = _temperatures.Take(tenth).DefaultIfEmpty().Average(), last = _temperatures.TakeLast(tenth).DefaultIfEmpty().Average();
        string text = FormattableString.Invariant($"mean temperature {_temperatures.DefaultIfEmpty().Average():F1} K ({first:F0} K in the first tenth, {last:F0} K in the last)");
        if (!isConserved) return text;
        text += $"\n{_drift}";
        return last > Hot * first
            ? text + "\nwarning: the structure became much hotter by itself: it found energies far below those it began with. "
                + "If these are no chemistry, the potential is wrong there; train it on such structures."
            : text;
    }
}

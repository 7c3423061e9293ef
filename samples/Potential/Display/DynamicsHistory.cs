using E3Gen.Potentials;

namespace Potential.Display;

/// <summary>What a simulation did since its start, for the summary and the plot.</summary>
internal sealed class DynamicsHistory
{
    /// <summary>A structure that is this many times as hot as at first has found another minimum: relaxation from a strained one gives less.</summary>
    private const double Hot = 2.5;

    private readonly EnergyDrift _drift = new();
    private readonly List<double> _temperatures = [];

    /// <summary>fs.</summary>
    public List<double> Times { get; } = [];

    /// <summary>Total energy per atom less that at the start, meV.</summary>
    public List<double> Energies { get; } = [];

    /// <summary>Total energy per atom at the start, eV.</summary>
    public double Start { get; private set; }

    /// <summary>That of the energies in a folder: of the whole run, however often it was resumed.</summary>
    public static DynamicsHistory Read(string folder)
    {
        IReadOnlyDictionary<string, double[]> rows = TrajectoryWriter.ReadEnergies(folder);
        var history = new DynamicsHistory();
        for (int i = 0; i < rows["step"].Length; i++) history.Add(rows["time_fs"][i], rows["total_eV_per_atom"][i], rows["temperature_K"][i]);
        return history;
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

    private void Add(double time, double energyPerAtom, double temperature)
    {
        if (Times.Count == 0) Start = energyPerAtom;
        _drift.Add(time, energyPerAtom);
        _temperatures.Add(temperature);
        Times.Add(time);
        Energies.Add(1000 * (energyPerAtom - Start));
    }
}

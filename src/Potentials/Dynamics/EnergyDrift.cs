using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>
/// How well a simulation keeps its energy: a straight line through the total energy per atom over time, by least squares. Of dynamics with a thermostat it says nothing.
/// </summary>
public sealed class EnergyDrift
{
    private double _firstTime, _firstEnergy, _lastTime, _t, _tt, _e, _te, _ee;

    /// <summary>Number of observations.</summary>
    public long Count { get; private set; }

    /// <summary>Time from the first to the last observation, fs.</summary>
    public double Duration => Count == 0 ? 0 : _lastTime - _firstTime;

    /// <summary>Slope of the line, meV/atom per fs; 0 with less than two times.</summary>
    public double Slope => Spread is > 0 and var spread ? (_te - (_t * _e / Count)) / spread : 0;

    /// <summary>What the line rises by over the whole <see cref="Duration"/>, meV/atom.</summary>
    public double Drift => Slope * Duration;

    /// <summary>Root mean square of the energy about the line, meV/atom: what the integrator's step makes it swing by.</summary>
    public double Fluctuation => Count == 0 ? 0 : Math.Sqrt(Math.Max(0, (_ee - (_e * _e / Count) - (Slope * Slope * Spread)) / Count));

    private double Spread => Count < 2 ? 0 : _tt - (_t * _t / Count);

    /// <summary>Takes the state of a simulation.</summary>
    /// <param name="simulation">The simulation.</param>
    public void Add(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Add(simulation.Time, simulation.TotalEnergy / simulation.Count);
    }

    /// <summary>Takes an energy.</summary>
    /// <param name="time">fs.</param>
    /// <param name="energyPerAtom">Total energy per atom, eV.</param>
    public void Add(double time, double energyPerAtom)
    {
        // Sums of differences from the first: energies may be large, and what they change by small.
        if (Count++ == 0) (_firstTime, _firstEnergy) = (time, energyPerAtom);
        (double t, double e) = (time - _firstTime, 1000 * (energyPerAtom - _firstEnergy));
        _lastTime = time;
        _t += t;
        _tt += t * t;
        _e += e;
        _te += t * e;
        _ee += e * e;
    }

    /// <summary>Drift, duration and fluctuation in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"energy drift {Drift:0.0000} meV/atom over {Duration / 1000:G4} ps (linear fit), fluctuation {Fluctuation:0.0000} meV/atom");
}

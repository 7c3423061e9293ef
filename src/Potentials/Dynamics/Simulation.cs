using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Molecular dynamics of one structure: positions, velocities and forces in double precision, moved by an <see cref="IIntegrator"/> under the forces of a potential. Units are those of
/// <see cref="MolecularUnits"/>, so energies of the potential must be in eV and lengths in Å.
/// <example><code>
/// using var simulation = new Simulation(potential, atoms, new VelocityVerlet(stepLength: 0.5));
/// simulation.DrawVelocities(temperature: 300, seed: 1);
/// using var trajectory = new TrajectoryWriter("out");
/// var drift = new EnergyDrift();
/// simulation.Run(steps: 20_000, every: 10, s =&gt; { trajectory.Write(s); drift.Add(s); });
/// Console.WriteLine(drift);
/// </code></example>
/// A frame that <see cref="Frame"/> gave, also after it was written and read, goes on exactly: it carries velocities, time and step.
/// </summary>
public sealed class Simulation : IDisposable
{
    /// <summary>No atom moves farther in a step, Å: at 0.5 fs this is 200 km/s, where chemistry ends.</summary>
    private const double LongestJump = 1;

    private readonly Atoms _atoms;
    private readonly ForceField _forces;
    private readonly double[] _before;

    /// <summary>
    /// A simulation at its start: velocities, time and step are those of the structure if it is a frame of a simulation, whose info <c>velocities_unit</c> is <c>angstrom/fs</c> (column
    /// <c>velocities</c>; infos <c>time</c> in fs and <c>step</c>), or zero.
    /// </summary>
    /// <param name="potential">The potential; kept by the caller.</param>
    /// <param name="atoms">The structure, whose cell stays; not changed.</param>
    /// <param name="integrator">How to move: <see cref="VelocityVerlet"/> or <see cref="Langevin"/>.</param>
    /// <param name="masses">Mass of each atom, amu: [N]; <see cref="AtomicWeights"/> where null.</param>
    /// <param name="dtype">Number type that energies and forces are computed in: the potential's own, float64 for one without parameters, where null.</param>
    /// <param name="device">Device of the potential; its parameters' where null.</param>
    /// <exception cref="ArgumentException">
    /// There is no atom, an element has no mass or is unknown to the potential, masses, velocities, time or step do not fit, or atoms are at the same place.
    /// </exception>
    /// <exception cref="SimulationException">The energy or the forces are not finite.</exception>
    public Simulation(IPotential potential, Atoms atoms, IIntegrator integrator, IReadOnlyList<double>? masses = null, ScalarType? dtype = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(atoms);
        ArgumentNullException.ThrowIfNull(integrator);
        if (atoms.Count == 0) throw new ArgumentException("The structure has no atoms; nothing would move.", nameof(atoms));
        (_atoms, Integrator) = (atoms, integrator);
        Masses = masses is null ? [.. atoms.AtomicNumbers.Select(AtomicWeights.Of)] : CheckMasses(masses, atoms.Count);
        Positions = [.. atoms.Positions];
        Velocities = StoredMotion.Velocities(atoms) ?? new double[Positions.Length];
        Forces = new double[Positions.Length];
        _before = new double[Positions.Length];
        HasUnknownVelocities = StoredMotion.HasUnknownVelocities(atoms);
        (Step, Time) = StoredMotion.Clock(atoms);
        int rotations = atoms.IsPeriodic ? 0 : RigidMotion.RotationalAxes(Positions, Masses);
        DegreesOfFreedom = integrator.ConservesMomentum ? (3 * Count) - 3 - rotations : 3 * Count;
        _forces = new ForceField(potential, atoms, dtype, device);
        try
        {
            UpdateForces();
        }
        catch
        {
            _forces.Dispose();
            throw;
        }
    }

    /// <summary>How it moves.</summary>
    public IIntegrator Integrator { get; }

    /// <summary>Positions, Å: [3N]. Not wrapped into a cell, so that displacements are those of the atoms.</summary>
    public double[] Positions { get; }

    /// <summary>Velocities, Å/fs: [3N].</summary>
    public double[] Velocities { get; }

    /// <summary>Whether the structure came with velocities whose unit it does not say: other programs have others, so that they were not taken.</summary>
    public bool HasUnknownVelocities { get; }

    /// <summary>Forces at the positions, eV/Å: [3N].</summary>
    public double[] Forces { get; }

    /// <summary>Masses, amu: [N].</summary>
    public double[] Masses { get; }

    /// <summary>Energy of the potential, eV.</summary>
    public double PotentialEnergy { get; private set; }

    /// <summary>Number of steps since the start, which a resumed run continues.</summary>
    public long Step { get; private set; }

    /// <summary>Time since the start, fs.</summary>
    public double Time { get; private set; }

    /// <summary>Number of atoms.</summary>
    public int Count => Masses.Length;

    /// <summary>½ Σ m v², eV.</summary>
    public double KineticEnergy
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Velocities.Length; i++) sum += Masses[i / 3] * Velocities[i] * Velocities[i];
            return sum / 2 * MolecularUnits.MassTimesSpeedSquared;
        }
    }

    /// <summary>Potential and kinetic energy, eV: what dynamics without a thermostat conserve.</summary>
    public double TotalEnergy => PotentialEnergy + KineticEnergy;

    /// <summary>
    /// Directions of motion that take heat: 3N, less the total momentum and, without periodic directions, the angular momentum where the integrator conserves them (3N − 3 of a crystal,
    /// 3N − 6 of a molecule, 3N − 5 of a linear one).
    /// </summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Kinetic temperature 2 E / (k f) with f the <see cref="DegreesOfFreedom"/>, K; 0 where there are none.</summary>
    public double Temperature => DegreesOfFreedom is > 0 and var freedom ? 2 * KineticEnergy / (MolecularUnits.Boltzmann * freedom) : 0;

    /// <summary>
    /// Draws velocities of Maxwell and Boltzmann, takes the total momentum and, without periodic directions, the angular momentum away, and scales them so that <see cref="Temperature"/> is as asked
    /// for. A structure at a minimum of its energy gives about half of it away to the potential.
    /// </summary>
    /// <param name="temperature">K, not negative.</param>
    /// <param name="seed">Of the random numbers.</param>
    public void DrawVelocities(double temperature, long seed = 0)
    {
        Motion.CheckNotNegative(temperature, nameof(temperature), "The temperature in K");
        GaussianNoise.Fill(seed, -1, Velocities);   // no step of a thermostat has this number
        for (int i = 0; i < Velocities.Length; i++) Velocities[i] /= Math.Sqrt(Masses[i / 3]);
        RigidMotion.Remove(Positions, Velocities, Masses, alsoRotation: !_atoms.IsPeriodic);
        double drawn = Temperature, factor = drawn > 0 ? Math.Sqrt(temperature / drawn) : 0;
        for (int i = 0; i < Velocities.Length; i++) Velocities[i] *= factor;
    }

    /// <summary>Calls this the start, step 0 at time 0: for a simulation of its own that begins with a frame of another one.</summary>
    public void ResetClock() => (Step, Time) = (0, 0);

    /// <summary>Moves on.</summary>
    /// <param name="steps">How many steps, not negative.</param>
    /// <param name="every">How often <paramref name="observe"/> is called: at steps whose number is a multiple of it.</param>
    /// <param name="observe">Looks at the simulation; also at the start if that is step 0.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="SimulationException">The simulation exploded: energies or forces are not finite, atoms came to the same place or jumped. What was observed before is good.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(long steps, int every = 1, Action<Simulation>? observe = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (Step == 0) observe?.Invoke(this);
        for (long i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Positions.CopyTo(_before, 0);
            Integrator.Advance(this);
            RequireSoundness();
            Step++;
            Time += Integrator.StepLength;
            if (Step % every == 0) observe?.Invoke(this);
        }
    }

    /// <summary>Computes energy and forces at the positions: to be called after they were changed.</summary>
    /// <exception cref="ArgumentException">Before the first step: the structure is not one that the potential takes.</exception>
    /// <exception cref="SimulationException">The energy or the forces are not finite; after the first step also where the structure is no longer one that the potential takes.</exception>
    public void UpdateForces()
    {
        try
        {
            PotentialEnergy = _forces.Evaluate(Positions, Forces);
        }
        catch (ArgumentException error) when (Step > 0 || !Positions.AsSpan().SequenceEqual(_atoms.Positions))
        {
            throw Exploded(error.Message, error);
        }

        if (double.IsFinite(PotentialEnergy) && Array.TrueForAll(Forces, double.IsFinite)) return;
        int wrong = Array.FindIndex(Forces, f => !double.IsFinite(f));
        throw Exploded(wrong < 0 ? $"the energy is {PotentialEnergy}" : $"the force on atom {wrong / 3} ({_atoms.SymbolOf(wrong / 3)}) is {Forces[wrong]}");
    }

    /// <summary>
    /// The structure as it is now, in new arrays: infos <c>energy</c>, <c>kinetic_energy</c> (eV), <c>temperature</c> (K), <c>time</c> (fs), <c>step</c>,
    /// <c>velocities_unit</c>; columns <c>forces</c> (eV/Å) and <c>velocities</c> (Å/fs).
    /// </summary>
    /// <returns>A new structure.</returns>
    public Atoms Frame()
    {
        var frame = new Atoms(_atoms.AtomicNumbers, [.. Positions], _atoms.Cell, _atoms.Periodic) { Labels = _atoms.Labels };
        frame.Info.Add("energy", new InfoValue(PotentialEnergy));
        frame.Info.Add("kinetic_energy", new InfoValue(KineticEnergy));
        frame.Info.Add("temperature", new InfoValue(Temperature));
        StoredMotion.Store(frame, this);
        frame.Columns.Add("forces", new AtomColumn([.. Forces], 3));
        return frame;
    }

    /// <summary>Frees what the simulation made; the potential is the caller's.</summary>
    public void Dispose() => _forces.Dispose();

    private void RequireSoundness()
    {
        for (int atom = 0; atom < Count; atom++)
        {
            double square = 0;
            for (int axis = 0; axis < 3; axis++) square += Math.Pow(Positions[(3 * atom) + axis] - _before[(3 * atom) + axis], 2);
            // Not "larger": a distance that is not a number is none, either.
            if (!(square <= LongestJump * LongestJump))
                throw Exploded(string.Create(CultureInfo.InvariantCulture, $"atom {atom} ({_atoms.SymbolOf(atom)}) moved by {Math.Sqrt(square):G3} Å in one step of {Integrator.StepLength} fs"));
        }
    }

    private SimulationException Exploded(string what, Exception? inner = null) => Positions.AsSpan().SequenceEqual(_atoms.Positions)
        ? new($"The simulation cannot begin: {what.TrimEnd('.')}. The potential does not describe this structure: relax it first, or train the potential on structures like it.", inner)
        : new(
        string.Create(CultureInfo.InvariantCulture, $"The simulation exploded in step {Step + 1} (after {Time:G6} fs): {what.TrimEnd('.')}. ")
        + "Take a smaller step or a lower temperature, relax the structure first, or train the potential on structures like the last frames: it may be wrong about them.", inner);

    private static double[] CheckMasses(IReadOnlyList<double> masses, int count)
    {
        if (masses.Count != count) throw new ArgumentException($"There are {masses.Count} masses for {count} atoms.", nameof(masses));
        for (int i = 0; i < count; i++)
        {
            if (!(masses[i] > 0 && double.IsFinite(masses[i])))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Atom {i} has the mass {masses[i]}; expected a positive number in amu."), nameof(masses));
        }

        return [.. masses];
    }
}

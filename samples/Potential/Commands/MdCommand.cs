using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Potential.Display;
using Potential.Plots;
using Shared.Commands;
using Shared.Execution;

namespace Potential.Commands;

/// <summary>Molecular dynamics with a potential, for a first look at what it does.</summary>
/// <param name="load">Makes the potential of the file or folder that <c>--model</c> names.</param>
/// <param name="common">Options of other commands that <paramref name="load"/> reads.</param>
internal sealed class MdCommand(Func<ParseResult, string, IPotential> load, params Option[] common)
{
    private const double DefaultPicoseconds = 1;

    private readonly Option<string> _model = new("--model", "-m") { Description = "The potential.", HelpName = "file", Required = true };
    private readonly Option<string?> _structure = new("--structure")
    {
        Description = "Where to begin: an xyz file; with @n frame n from 0, with @-1 the last. Velocities of a frame of this program are kept if --temperature is not given.",
        HelpName = "file[@frame]",
    };

    private readonly Option<Ensemble> _ensemble = new("--ensemble")
    {
        Description = "nve (constant energy, velocity Verlet) or langevin (constant temperature).",
        DefaultValueFactory = _ => Ensemble.Nve,
    };

    private readonly Option<int?> _steps = NumberOption.CreateOptional("--steps", "How many steps; instead of --time-ps.", 1, int.MaxValue);
    private readonly Option<double?> _picoseconds = NumberOption.CreateOptional("--time-ps", "How long, ps; not given, 1.", 1e-6, 1e9, "ps");
    private readonly Option<double> _step = NumberOption.Create(["--step-fs"], "Length of a step, fs: 0.5 with hydrogen, up to 2 without.", 0.5, 1e-6, 100, "fs");
    private readonly Option<double?> _temperature = NumberOption.CreateOptional("--temperature", "Of the first velocities and of langevin's bath, K; not given, 300.", 0, 1e6, "K");
    private readonly Option<double> _friction = NumberOption.Create(["--friction"], "Of langevin, 1/fs.", 0.01, 0, 100, "1/fs");
    private readonly Option<int> _seed = NumberOption.Create(["--seed"], "Of velocities and random forces.", 0, 0, int.MaxValue);
    private readonly Option<int> _every = NumberOption.Create(["--every"], "Steps between the frames that are written.", 10, 1, int.MaxValue, "steps");
    private readonly Option<double> _range = NumberOption.Create(["--rdf-range"], "Largest distance of the radial distribution function, Å.", 6.0, 0.1, 100, "Å");
    private readonly Option<string> _output = new("--out", "-o")
    {
        Description = "Folder for trajectory.xyz, energies.csv, rdf.csv and dynamics.png.",
        HelpName = "folder",
        DefaultValueFactory = _ => "md",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the last frame of the trajectory in the folder of --out." };
    private readonly Option<Precision> _precision = PrecisionOption.Create();

    public Command Create()
    {
        var command = new Command("md", "Molecular dynamics: trajectory, energies and their drift, radial distribution function.");
        Option[] own = [_model, _structure, _ensemble, _steps, _picoseconds, _step, _temperature, _friction, _seed, _every, _range, _output, _resume, _precision];
        foreach (Option option in own.Concat(common)) command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        if (arguments.GetValue(_steps) is not null && arguments.GetValue(_picoseconds) is not null) throw new ArgumentException("Give --steps or --time-ps, not both.");
        double step = arguments.GetValue(_step), temperature = arguments.GetValue(_temperature) ?? 300;
        long steps = arguments.GetValue(_steps) ?? (long)Math.Round(1000 * (arguments.GetValue(_picoseconds) ?? DefaultPicoseconds) / step);
        string folder = arguments.GetValue(_output)!;
        bool resume = arguments.GetValue(_resume);
        if (resume && arguments.GetValue(_structure) is not null) throw new ArgumentException("--resume begins at the trajectory's last frame; leave --structure out.");
        if (resume) TrajectoryWriter.Repair(folder);
        string? name = resume ? TrajectoryWriter.FramesIn(folder) + "@-1" : arguments.GetValue(_structure);
        Atoms start = StructureFile.Read(name ?? throw new ArgumentException("Say where to begin: --structure file.xyz, or --resume."));

        IPotential potential = PrecisionOption.Apply(load(arguments, arguments.GetValue(_model)!), arguments.GetValue(_precision));
        int seed = arguments.GetValue(_seed);
        Ensemble ensemble = arguments.GetValue(_ensemble);
        IIntegrator integrator = ensemble == Ensemble.Nve ? new VelocityVerlet(step) : new Langevin(step, temperature, arguments.GetValue(_friction), seed);
        using var simulation = new Simulation(potential, start, integrator);
        if (simulation.HasUnknownVelocities && resume)
            throw new InvalidDataException($"{name}: the frame does not say that its velocities are in Å/fs (velocities_unit=angstrom/fs); another program wrote it, or an older version.");
        if (simulation.HasUnknownVelocities) Console.WriteLine("The velocities of the structure are not used: it does not say that they are in Å/fs (velocities_unit=angstrom/fs).");
        bool moves = Array.Exists(simulation.Velocities, v => v != 0);
        if (!resume && (arguments.GetValue(_temperature) is not null || !moves)) simulation.DrawVelocities(temperature, seed);

        Console.WriteLine(FormattableString.Invariant($"{simulation.Count} atoms, {steps} steps of {step} fs, {ensemble.ToString().ToLowerInvariant()}, at {simulation.Temperature:F0} K"));
        return Go(simulation, steps, arguments, folder, resume);
    }

    private int Go(Simulation simulation, long steps, ParseResult arguments, string folder, bool resume)
    {
        var history = new DynamicsHistory();
        using var stop = new StopSignal();
        bool stopped = false;
        try
        {
            using var trajectory = new TrajectoryWriter(folder, resume);
            if (!resume && simulation.Step != 0) trajectory.Write(simulation);   // a frame with a number of its own; step 0 is written by the run
            if (simulation.Step != 0) history.Add(simulation);
            DynamicsDisplay.Run(steps, advance => simulation.Run(
                steps, 1,
                s =>
                {
                    history.Add(s);
                    if (s.Step % arguments.GetValue(_every) == 0) trajectory.Write(s);
                    advance(s);
                },
                stop.Token));
        }
        catch (OperationCanceledException)
        {
            stopped = true;
        }
        catch (SimulationException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            Console.Error.WriteLine($"What was written before is in {folder}.");
            return 1;
        }

        Console.WriteLine(history.Summary(isConserved: arguments.GetValue(_ensemble) == Ensemble.Nve));
        RadialDistribution? distribution = null;
        foreach (Atoms frame in ExtendedXyz.Read(TrajectoryWriter.FramesIn(folder)))
        {
            distribution ??= new RadialDistribution(arguments.GetValue(_range), bins: 150, frame.Periodic is (true, true, true));
            distribution.Add(frame);
        }

        if (distribution is not null)
        {
            distribution.SaveCsv(Path.Combine(folder, "rdf.csv"));
            DynamicsPlot.Save(Path.Combine(folder, "dynamics"), distribution, history);
        }

        Console.WriteLine(stopped
            ? $"Stopped by {stop.Name} after step {simulation.Step}. Go on with the same command, --resume instead of --structure."
            : $"Trajectory, energies and distribution are in {folder}.");
        return stopped ? stop.ExitCode : 0;
    }
}

/// <summary>What stays constant.</summary>
internal enum Ensemble
{
    /// <summary>The energy.</summary>
    Nve,

    /// <summary>The temperature.</summary>
    Langevin,
}

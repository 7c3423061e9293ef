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
    /// <summary>What the energy of the last frame may differ by when it is computed again, eV by atom: on another machine, or in float32.</summary>
    private const double EnergyTolerance = 1e-4;

    private const string UnknownVelocities = "The structure does not say that its velocities are in Å/fs (velocities_unit=angstrom/fs)";

    private readonly DynamicsOptions _options = new();
    private readonly Option<string> _output = new("--out", "-o")
    {
        Description = "Folder for trajectory.xyz, energies.csv, settings.json, rdf.csv and dynamics.png.",
        HelpName = "folder",
        DefaultValueFactory = _ => "md",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the last frame in the folder of --out, up to the length that is given or was." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the run that the folder of --out has." };

    public Command Create()
    {
        var command = new Command("md", "Molecular dynamics: trajectory, energies and their drift, radial distribution function.");
        _options.AttachTo(command);
        foreach (Option option in new Option[] { _output, _resume, _overwrite }.Concat(common)) command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        var folder = new DynamicsFolder(arguments.GetValue(_output)!);
        bool resume = arguments.GetValue(_resume), overwrite = arguments.GetValue(_overwrite);
        using FolderLock reserved = Reservation.Take(folder.Path, resume, overwrite, folder.Frames, () => folder.ExistingFile is { } file ? $"{file} is there" : null);
        DynamicsSettings settings = _options.Of(arguments, resume ? folder.Begun() : null);
        Atoms start = resume ? folder.LastFrame() : StructureFile.Read(settings.Structure);
        IPotential potential = PrecisionOption.Apply(load(arguments, _options.ModelOf(arguments)), settings.Precision);
        IIntegrator integrator = settings.Ensemble == Ensemble.Nve
            ? new VelocityVerlet(settings.StepFs)
            : new Langevin(settings.StepFs, settings.TemperatureK, settings.Friction, settings.Seed);
        using var simulation = new Simulation(potential, start, integrator);
        if (resume)
        {
            if (simulation.HasUnknownVelocities) throw new InvalidDataException($"{start.Origin}: {UnknownVelocities}. Another program wrote it, or an older version.");
            RequireSamePotential(simulation, start);
        }
        else
        {
            Begin(simulation, settings, _options.GivesTemperature(arguments));
            folder.Clear();
        }

        settings.Save(folder.Settings);
        Console.WriteLine(FormattableString.Invariant(
            $"{simulation.Count} atoms, {settings.Steps} steps of {settings.StepFs} fs, {settings.Ensemble.ToString().ToLowerInvariant()}, at {simulation.Temperature:F0} K")
            + (resume ? $", from step {simulation.Step}" : ""));
        if (resume && simulation.Step >= settings.Steps) Console.WriteLine("The run has these steps already. For more, give a longer --time-ps, or more --steps.");
        return Go(simulation, settings, folder);
    }

    private static void Begin(Simulation simulation, DynamicsSettings settings, bool drawsVelocities)
    {
        if (simulation.HasUnknownVelocities) Console.WriteLine($"The velocities are not used. {UnknownVelocities}.");
        simulation.ResetClock();   // of a frame of another run
        if (drawsVelocities || Array.TrueForAll(simulation.Velocities, v => v == 0)) simulation.DrawVelocities(settings.TemperatureK, settings.Seed);
    }

    private static void RequireSamePotential(Simulation simulation, Atoms frame)
    {
        double written = frame.GetEnergy();
        if (Math.Abs(simulation.PotentialEnergy - written) <= EnergyTolerance * simulation.Count) return;
        throw new ArgumentException(
            FormattableString.Invariant($"{frame.Origin}: the energy is {written} eV, but {simulation.PotentialEnergy} eV with this --model: it is not the potential of the run. ")
            + "Give that one, or begin another run: without --resume, with another --out.");
    }

    private static int Go(Simulation simulation, DynamicsSettings settings, DynamicsFolder folder)
    {
        bool resume = simulation.Step > 0, stopped = false;
        double start = resume ? DynamicsHistory.Read(folder.Path).Start : simulation.TotalEnergy / simulation.Count;
        long written = resume ? simulation.Step : -1;
        if (resume && simulation.Step < settings.Steps && !IsInTurn())
        {
            TrajectoryWriter.RemoveLast(folder.Path);   // the last of a shorter run: a longer one has no frame there
            written = -1;
        }

        using var stop = new StopSignal();
        using (var trajectory = new TrajectoryWriter(folder.Path, append: resume))
        {
            try
            {
                DynamicsDisplay.Run(simulation.Step, settings.Steps, start, advance => simulation.Run(
                    Math.Max(0, settings.Steps - simulation.Step), 1,
                    s =>
                    {
                        if (IsInTurn()) Write();
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
                throw new SimulationException($"{error.Message} What was written before is in {folder.Path}.", error);
            }

            if (written != simulation.Step) Write();   // or these steps would be made again

            void Write()
            {
                trajectory.Write(simulation);
                written = simulation.Step;
            }
        }

        Report(settings, folder);
        Console.WriteLine(stopped
            ? $"Stopped by {stop.Name} after step {simulation.Step}. Go on with the same command and --resume."
            : $"Trajectory, energies and distribution are in {folder.Path}.");
        return stopped ? stop.ExitCode : 0;

        bool IsInTurn() => simulation.Step % settings.Every == 0;
    }

    /// <summary>About all that is in the folder, from the start of the run.</summary>
    private static void Report(DynamicsSettings settings, DynamicsFolder folder)
    {
        DynamicsHistory history = DynamicsHistory.Read(folder.Path);
        Console.WriteLine(history.Summary(isConserved: settings.Ensemble == Ensemble.Nve));
        RadialDistribution? distribution = null;
        foreach (Atoms frame in ExtendedXyz.Read(folder.Frames))
        {
            distribution ??= new RadialDistribution(settings.RdfRange, bins: 150, frame.Periodic is (true, true, true));
            distribution.Add(frame);
        }

        if (distribution is null) return;
        distribution.SaveCsv(folder.Distribution);
        DynamicsPlot.Save(folder.Plot, distribution, history);
    }
}

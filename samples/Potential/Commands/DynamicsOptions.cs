using System.CommandLine;
using System.Globalization;
using Shared.Commands;

namespace Potential.Commands;

/// <summary>Options that say what a run of dynamics is. Those of one that goes on are as they were, whether they are said again or not; only its length may change.</summary>
internal sealed class DynamicsOptions
{
    private const double DefaultPicoseconds = 1;

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

    private readonly Option<int?> _steps = NumberOption.CreateOptional("--steps", "How many steps in all; instead of --time-ps.", 1, int.MaxValue);
    private readonly Option<double?> _picoseconds = NumberOption.CreateOptional("--time-ps", "How long in all, ps; not given, 1, or with --resume as before.", 1e-6, 1e9, "ps");
    private readonly Option<double> _step = NumberOption.Create(["--step-fs"], "Length of a step, fs: 0.5 with hydrogen, up to 2 without.", 0.5, 1e-6, 100, "fs");
    private readonly Option<double> _temperature = NumberOption.Create(["--temperature"], "Of the first velocities and of langevin's bath, K.", 300.0, 0, 1e6, "K");
    private readonly Option<double> _friction = NumberOption.Create(["--friction"], "Of langevin, 1/fs.", 0.01, 0, 100, "1/fs");
    private readonly Option<int> _seed = NumberOption.Create(["--seed"], "Of velocities and random forces.", 0, 0, int.MaxValue);
    private readonly Option<int> _every = NumberOption.Create(["--every"], "Steps between the frames that are written; the default is less for shorter runs.", 10, 1, int.MaxValue, "steps");
    private readonly Option<Precision> _precision = PrecisionOption.Create();

    public void AttachTo(Command command)
    {
        _ensemble.AcceptOnlyFromAmong("nve", "langevin");
        foreach (Option option in new Option[] { _structure, _ensemble, _steps, _picoseconds, _step, _temperature, _friction, _seed, _every, _precision }) command.Options.Add(option);
    }

    /// <summary>Whether first velocities are asked for, even where the structure has some.</summary>
    public bool GivesTemperature(ParseResult arguments) => IsGiven(arguments, _temperature);

    /// <param name="arguments">The command line.</param>
    /// <param name="begun">The run that goes on; null for a new one.</param>
    /// <exception cref="ArgumentException">Options exclude each other, make no run, or are not those of the run that goes on.</exception>
    public DynamicsSettings Of(ParseResult arguments, DynamicsSettings? begun)
    {
        Ensemble ensemble = Choose(arguments, _ensemble, begun, b => b.Ensemble);
        if (ensemble == Ensemble.Nve && IsGiven(arguments, _friction)) throw new ArgumentException("--friction is langevin's; the ensemble is nve. Say --ensemble langevin, or leave it out.");
        string structure = Choose(arguments, _structure, begun, b => b.Structure) ?? throw new ArgumentException("Say where to begin: --structure file.xyz, or --resume.");
        double step = Choose(arguments, _step, begun, b => b.StepFs);
        long steps = Length(arguments, step, begun);
        int every = Choose(arguments, _every, begun, b => b.Every);
        if (begun is null && every > steps)
            every = IsGiven(arguments, _every) ? throw new ArgumentException($"--every is {every}, but the run has {steps} steps: nothing but its start would be written.") : (int)steps;
        return new DynamicsSettings(
            structure, ensemble, step, Choose(arguments, _temperature, begun, b => b.TemperatureK), Choose(arguments, _friction, begun, b => b.Friction), Choose(arguments, _seed, begun, b => b.Seed),
            every, Choose(arguments, _precision, begun, b => b.Precision), steps);
    }

    private long Length(ParseResult arguments, double step, DynamicsSettings? begun)
    {
        (int? steps, double? picoseconds) = (arguments.GetValue(_steps), arguments.GetValue(_picoseconds));
        if (steps is not null && picoseconds is not null) throw new ArgumentException("Give --steps or --time-ps, not both.");
        if (steps is not null) return steps.Value;
        if (picoseconds is null && begun is not null) return begun.Steps;
        double length = Math.Round(1000 * (picoseconds ?? DefaultPicoseconds) / step);
        return length >= 1 ? (long)length : throw new ArgumentException($"--time-ps is {Text(picoseconds)}, less than half a step of {Text(step)} fs. Give a longer time, or a shorter step.");
    }

    private static T Choose<T>(ParseResult arguments, Option<T> option, DynamicsSettings? begun, Func<DynamicsSettings, T> of)
    {
        T given = arguments.GetValue(option)!;
        if (begun is null) return given;
        T kept = of(begun);
        if (!IsGiven(arguments, option) || EqualityComparer<T>.Default.Equals(given, kept)) return kept;
        throw new ArgumentException(
            $"{option.Name} is {Text(given)}, but the run to go on with has {Text(kept)}. Leave the option out, or begin another run: without --resume, with another --out.");
    }

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    private static string Text<T>(T value) => value is Enum name ? name.ToString().ToLowerInvariant() : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

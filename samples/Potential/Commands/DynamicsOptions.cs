using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Shared.Commands;

namespace Potential.Commands;

/// <summary>
/// Options that say what a run of dynamics is. Those of one that goes on are as they were, whether they are said again or not; only its length may grow, and the range of its report change.
/// </summary>
internal sealed class DynamicsOptions
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

    private readonly Option<int?> _steps = NumberOption.CreateOptional("--steps", "How many steps in all; instead of --time-ps.", 1, int.MaxValue);
    private readonly Option<double?> _picoseconds = NumberOption.CreateOptional("--time-ps", "How long in all, ps; not given, 1, or with --resume as before.", 1e-6, 1e9, "ps");
    private readonly Option<double> _step = Number("--step-fs", "Length of a step, fs: 0.5 with hydrogen, up to 2 without.", 0.5, DynamicsLimits.StepFs, "fs");
    private readonly Option<double> _temperature = Number("--temperature", "Of the first velocities and of langevin's bath, K.", 300.0, DynamicsLimits.TemperatureK, "K");
    private readonly Option<double> _friction = Number("--friction", "Of langevin, 1/fs.", 0.01, DynamicsLimits.Friction, "1/fs");
    private readonly Option<int> _seed = Number("--seed", "Of velocities and random forces.", 0, DynamicsLimits.Seed, "number");
    private readonly Option<int> _every = Number("--every", "Steps between the frames that are written; the last step has one, too.", 10, DynamicsLimits.Every, "steps");
    private readonly Option<Precision> _precision = PrecisionOption.Create();
    private readonly Option<double> _range = Number("--rdf-range", "Largest distance of the radial distribution function, Å.", 6.0, DynamicsLimits.RdfRange, "Å");

    public void AttachTo(Command command)
    {
        _ensemble.AcceptOnlyFromAmong("nve", "langevin");
        foreach (Option option in new Option[] { _model, _structure, _ensemble, _steps, _picoseconds, _step, _temperature, _friction, _seed, _every, _precision, _range }) command.Options.Add(option);
    }

    /// <summary>The file of the potential, or the folder of its training.</summary>
    public string ModelOf(ParseResult arguments) => arguments.GetValue(_model)!;

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
        return new DynamicsSettings(
            Model(arguments, begun), structure, ensemble, step, Choose(arguments, _temperature, begun, b => b.TemperatureK), Choose(arguments, _friction, begun, b => b.Friction),
            Choose(arguments, _seed, begun, b => b.Seed), Choose(arguments, _every, begun, b => b.Every), Choose(arguments, _precision, begun, b => b.Precision), steps,
            begun is null || IsGiven(arguments, _range) ? arguments.GetValue(_range) : begun.RdfRange);
    }

    private ModelFile Model(ParseResult arguments, DynamicsSettings? begun)
    {
        ModelFile given = ModelFile.Of(ModelOf(arguments));
        if (begun is null) return given;
        if (given.Sha256 == begun.Model.Sha256) return begun.Model;
        throw new ArgumentException($"--model is {given}, but the run to go on with has {begun.Model}: it is not the potential of the run. {AnotherRun("Give that one")}");
    }

    private long Length(ParseResult arguments, double step, DynamicsSettings? begun)
    {
        (int? steps, double? picoseconds) = (arguments.GetValue(_steps), arguments.GetValue(_picoseconds));
        if (steps is not null && picoseconds is not null) throw new ArgumentException("Give --steps or --time-ps, not both.");
        if (steps is null && picoseconds is null && begun is not null) return begun.Steps;
        long length = steps ?? (long)Math.Round(1000 * (picoseconds ?? DefaultPicoseconds) / step);
        if (length < 1) throw new ArgumentException($"--time-ps is {Text(picoseconds)}, less than half a step of {Text(step)} fs. Give a longer time, or a shorter step.");
        if (begun is null || length >= begun.Steps) return length;
        string option = steps is null ? _picoseconds.Name : _steps.Name;
        throw new ArgumentException($"{option} makes {length} steps, but the run to go on with is one of {begun.Steps}. {AnotherRun("Leave the option out, give more")}");
    }

    private static T Choose<T>(ParseResult arguments, Option<T> option, DynamicsSettings? begun, Func<DynamicsSettings, T> of)
    {
        T given = arguments.GetValue(option)!;
        if (begun is null) return given;
        T kept = of(begun);
        if (!IsGiven(arguments, option) || EqualityComparer<T>.Default.Equals(given, kept)) return kept;
        throw new ArgumentException(
            $"{option.Name} is {Text(given)}, but the run to go on with has {Text(kept)}. {AnotherRun("Leave the option out")}");
    }

    private static Option<T> Number<T>(string name, string description, T standard, Limits<T> limits, string unit) where T : struct, INumber<T> =>
        NumberOption.Create([name], description, standard, limits.Least, limits.Most, unit);

    private static string AnotherRun(string advice) => $"{advice}, or begin another run: without --resume, with another --out.";

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    private static string Text<T>(T value) => value is Enum name ? name.ToString().ToLowerInvariant() : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

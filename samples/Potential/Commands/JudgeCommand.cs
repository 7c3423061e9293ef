using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;
using Shared.Commands;

namespace Potential.Commands;

/// <summary>Measures symmetry, smoothness, additivity and derivatives of a potential.</summary>
/// <param name="load">Makes the potential of the file or folder that <c>--model</c> names.</param>
/// <param name="common">Options of other commands that <paramref name="load"/> reads.</param>
internal sealed class JudgeCommand(Func<ParseResult, string, IPotential> load, params Option[] common)
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "The potential.", HelpName = "file", Required = true };
    private readonly Option<string> _data = new("--data") { Description = "Structures of the kind that it is made for, in extended xyz; no energies are needed.", HelpName = "file", Required = true };
    private readonly Option<int> _atMost = NumberOption.Create(["--structures"], "How many of them are looked at, spread evenly.", 6, 1, 10_000);
    private readonly Option<int> _seed = NumberOption.Create(["--seed"], "Of random rotations, directions and orders.", 0, 0, int.MaxValue);
    private readonly Option<Precision> _precision = PrecisionOption.Create();

    public Command Create()
    {
        var command = new Command("judge",
            "Measures a potential without reference data: symmetry, order of atoms, smoothness at the cutoff, separated molecules, derivatives, cells. Ends with 1 if a check fails.");
        foreach (Option option in new Option[] { _model, _data, _atMost, _seed, _precision }.Concat(common)) command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        Atoms[] examples = [.. ExtendedXyz.Read(arguments.GetValue(_data)!)];
        if (examples.Length == 0) throw new ArgumentException($"{arguments.GetValue(_data)} has no structures.");
        IPotential potential = PrecisionOption.Apply(load(arguments, arguments.GetValue(_model)!), arguments.GetValue(_precision));
        PotentialReport report = PotentialJudge.Judge(potential, examples, arguments.GetValue(_atMost), arguments.GetValue(_seed));
        Console.WriteLine(report);
        return report.Passed ? 0 : 1;
    }
}

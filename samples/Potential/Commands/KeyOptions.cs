using System.CommandLine;
using E3Gen.Potentials;

namespace Potential.Commands;

/// <summary>Names of energies, forces and stresses in files.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string?> _energy = Key("--energy-key", "Name of the energy in the comment lines; not given, a usual one such as energy or REF_energy.");
    private readonly Option<string?> _forces = Key("--forces-key", "Name of the column of forces.");
    private readonly Option<string?> _stress = Key("--stress-key", "Name of the stress.");
    private readonly Option<string?> _virial = Key("--virial-key", "Name of a virial, instead of a stress.");

    public void AttachTo(Command command)
    {
        foreach (Option option in new[] { _energy, _forces, _stress, _virial }) command.Options.Add(option);
    }

    public TargetKeys Of(ParseResult arguments) => new()
    {
        Energy = arguments.GetValue(_energy),
        Forces = arguments.GetValue(_forces),
        Stress = arguments.GetValue(_stress),
        Virial = arguments.GetValue(_virial),
    };

    private static Option<string?> Key(string name, string description) => new(name) { Description = description, HelpName = "name" };
}

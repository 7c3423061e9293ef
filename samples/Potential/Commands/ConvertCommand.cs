using System.CommandLine;
using E3Gen;
using Potential.Conversion;
using Potential.Water;

namespace Potential.Commands;

/// <summary>Makes extended xyz of a data set in another format.</summary>
internal sealed class ConvertCommand
{
    private readonly Argument<string?> _file = new("file") { Description = "The data set; none with --from water.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _from = new("--from")
    {
        Description = "Its format: mlearn (JSON with pymatgen's structures, energies, forces and stresses in kbar); or water, the clusters that the program has.",
        Required = true,
    };

    private readonly Option<string> _order = new("--stress-order")
    {
        Description = "Of mlearn: order of the six components of stresses, vasp (xx, yy, zz, xy, yz, zx), lammps (xx, yy, zz, xy, xz, yz) or voigt (xx, yy, zz, yz, xz, xy), "
            + "and perhaps others for groups.",
        HelpName = "order,group=order",
        DefaultValueFactory = _ => MlearnFile.UsualStressOrder,
    };

    private readonly Option<WaterSplit?> _split = new("--split") { Description = "Of water: train (with the isolated atoms), validation or test, as the example uses them; not given, all." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The extended xyz file to write; .gz compresses it.", HelpName = "file", Required = true };

    public Command Create()
    {
        var command = new Command("convert", "Make extended xyz, with energies in eV, forces in eV/Å and stresses in eV/Å³, of a data set in another format.") { _file, _from, _order, _split, _out };
        _from.AcceptOnlyFromAmong("mlearn", "water");
        _split.AcceptOnlyFromAmong("train", "validation", "test");
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        IReadOnlyList<Atoms> structures = arguments.GetValue(_from) == "water" ? Water(arguments) : Mlearn(arguments);
        string target = arguments.GetValue(_out)!;
        ExtendedXyz.Write(target, structures);
        Console.WriteLine($"{structures.Count} structures, {structures.Sum(s => s.Count)} atoms, {structures.Count(s => s.Info.ContainsKey("stress"))} stresses: {target}");
        return 0;
    }

    private IReadOnlyList<Atoms> Mlearn(ParseResult arguments)
    {
        if (arguments.GetValue(_split) is not null) throw new ArgumentException("--split is of --from water; a file of mlearn is one.");
        string file = arguments.GetValue(_file) ?? throw new ArgumentException("Name the file to convert: convert --from mlearn training.json --out train.xyz.");
        return MlearnFile.Read(file, new StressOrder(arguments.GetValue(_order)!));
    }

    private IReadOnlyList<Atoms> Water(ParseResult arguments)
    {
        if (arguments.GetValue(_file) is { } file) throw new ArgumentException($"--from water needs no file, but there is {file}: the program has the clusters.");
        if (arguments.GetResult(_order) is { Implicit: false }) throw new ArgumentException("--stress-order is of --from mlearn; clusters have no stresses.");
        return WaterClusters.Load().ForFile(arguments.GetValue(_split));
    }
}

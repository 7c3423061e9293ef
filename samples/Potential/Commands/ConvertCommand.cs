using System.CommandLine;
using E3Gen;
using Potential.Conversion;

namespace Potential.Commands;

/// <summary>Makes extended xyz of a data set in another format.</summary>
internal sealed class ConvertCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The data set." };
    private readonly Option<string> _from = new("--from") { Description = "Its format: mlearn (JSON with pymatgen's structures, energies, forces and stresses in kbar).", Required = true };
    private readonly Option<string> _order = new("--stress-order")
    {
        Description = "Order of the six components of stresses: vasp (xx, yy, zz, xy, yz, zx), lammps (xx, yy, zz, xy, xz, yz) or voigt (xx, yy, zz, yz, xz, xy), and perhaps others for groups.",
        HelpName = "order,group=order",
        DefaultValueFactory = _ => MlearnFile.UsualStressOrder,
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "The extended xyz file to write; .gz compresses it.", HelpName = "file", Required = true };

    public Command Create()
    {
        var command = new Command("convert", "Make extended xyz, with energies in eV, forces in eV/Å and stresses in eV/Å³, of a data set in another format.") { _file, _from, _order, _out };
        _from.AcceptOnlyFromAmong("mlearn");
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        IReadOnlyList<Atoms> structures = MlearnFile.Read(arguments.GetValue(_file)!, new StressOrder(arguments.GetValue(_order)!));
        string target = arguments.GetValue(_out)!;
        ExtendedXyz.Write(target, structures);
        Console.WriteLine($"{structures.Count} structures, {structures.Sum(s => s.Count)} atoms, {structures.Count(s => s.Info.ContainsKey("stress"))} stresses: {target}");
        return 0;
    }
}

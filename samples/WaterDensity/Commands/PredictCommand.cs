using System.CommandLine;
using E3Gen;
using WaterDensity.Density;
using WaterDensity.Files;
using WaterDensity.Learning;
using WaterDensity.Plots;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Commands;

/// <summary>Predicts the density of a molecule from an xyz file.</summary>
internal sealed class PredictCommand(CommonOptions common)
{
    private readonly Argument<string> _file = new("file") { Description = "Water molecules in the xyz format: Å, elements O and H." };

    public Command Create()
    {
        var command = new Command("predict",
            "The density of water molecules from an xyz file: coefficients (.safetensors), a Gaussian cube file and a picture.");
        command.Arguments.Add(_file);
        foreach (Option option in new Option[] { common.Checkpoint, common.Output, common.Data, common.Spacing, common.Threads })
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private void Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        string path = arguments.GetValue(_file)!;
        Molecule molecule = XyzFile.Read(path);
        AuxiliaryBasis basis = WaterDataset.Load(arguments.GetValue(common.Data)).Basis;
        DensityModel model = Checkpoint.Load(common.CheckpointPath(arguments), basis);
        double[] coefficients = model.Predict(molecule);

        string output = common.Folder(arguments).Of(Path.GetFileNameWithoutExtension(path));
        SaveCoefficients($"{output}.safetensors", molecule, basis, coefficients);
        var field = new DensityField(basis, molecule.Species, molecule.PositionsInBohr(), coefficients);
        UniformGrid grid = UniformGrid.Around(molecule.PositionsInBohr(), arguments.GetValue(common.Spacing));
        CubeFile cube = CubeFile.Sample(field, molecule, grid, $"predicted density of {Path.GetFileName(path)}");
        cube.Write($"{output}.cube");
        DensitySlicePlot.Save(output, molecule, basis, coefficients);
        Describe(molecule, basis, coefficients, cube);
        Console.WriteLine($"Written: {output}.safetensors (coefficients), .cube (density), .png and .svg (slice).");
    }

    private static void Describe(Molecule molecule, AuxiliaryBasis basis, double[] coefficients, CubeFile cube)
    {
        int oxygens = molecule.Species.Count(z => z == 1);
        if (molecule.Atoms != 3 * oxygens)
            Console.Error.WriteLine($"warning: {oxygens} O and {molecule.Atoms - oxygens} H are not water, and the network has seen nothing else.");
        double[] dipole = Frame.ToLaboratory(Moments.Dipole(basis, molecule, coefficients));
        string vector = string.Join(", ", dipole.Select(d => FormattableString.Invariant($"{d:F4}")));
        double electrons = Moments.Electrons(basis, molecule.Species, coefficients);
        Console.WriteLine(FormattableString.Invariant($"Electrons: {electrons:F6} of {molecule.Electrons}."));
        Console.WriteLine(FormattableString.Invariant($"Sum over the cube's points: {cube.Integral:F3}; oxygen cores are narrower than {cube.Spacing} bohr."));
        Console.WriteLine($"Dipole: ({vector}) e·bohr, in the frame of the file.");
    }

    private static void SaveCoefficients(string path, Molecule molecule, AuxiliaryBasis basis, double[] coefficients)
    {
        using var scope = NewDisposeScope();
        (string, Tensor)[] tensors =
        [
            ("coefficients", tensor(coefficients, [molecule.Atoms, AuxiliaryBasis.Columns])),
            ("positions", tensor(Frame.ToLaboratory(molecule.Positions), [molecule.Atoms, 3])),
            ("atomic_numbers", tensor(molecule.Species.Select(z => (long)Molecule.AtomicNumber(z)).ToArray())),
            ("exponents", tensor(basis.Table(s => s.Exponent), [AuxiliaryBasis.SpeciesCount, AuxiliaryBasis.Columns])),
            ("norms", tensor(basis.Table(s => s.Norm), [AuxiliaryBasis.SpeciesCount, AuxiliaryBasis.Columns])),
        ];
        Safetensors.Save(path, tensors, new Dictionary<string, string>
        {
            ["irreps"] = AuxiliaryBasis.Irreps,
            ["formula"] = "rho(r) = sum_A sum_k c[A,k] norms[Z,k] exp(-exponents[Z,k] d^2) Y_k(d), d = r - R_A in bohr, electrons/bohr^3",
            ["tables"] = "rows of exponents and norms: 0 hydrogen, 1 oxygen",
            ["frame"] = "positions (angstrom) as in the xyz file; Y: real solid harmonics of its axes, sum over m of Y(unit)^2 = 1, "
                + "m ascending from -l to l (l = 1: y, z, x)",
        });
    }
}

using System.CommandLine;
using E3Gen;
using WaterDensity.Density;
using WaterDensity.Evaluation;
using WaterDensity.Files;
using WaterDensity.Learning;
using WaterDensity.Pages;
using WaterDensity.Plots;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Commands;

/// <summary>Predicts the density of a molecule from an xyz file, or of a system of the data set beside its ab-initio one.</summary>
internal sealed class PredictCommand(CommonOptions common)
{
    private readonly Argument<string?> _file = new("file")
    {
        Description = "Water molecules in the xyz format: Å, elements O and H.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _system = new("--system")
    {
        Description = "Instead of a file: a system of the data set, whose ab-initio density is shown as well.",
        HelpName = "index",
    };

    public Command Create()
    {
        var command = new Command("predict",
            "The density of water molecules from an xyz file: coefficients (.safetensors), a Gaussian cube file, a picture and a page to "
            + "look at it from all sides (.html).");
        command.Arguments.Add(_file);
        foreach (Option option in new Option[] { _system, common.Checkpoint, common.Output, common.Data, common.Spacing, common.Threads, common.Device })
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private void Run(ParseResult arguments)
    {
        common.UseThreads(arguments);
        string? path = arguments.GetValue(_file);
        int? index = arguments.GetValue(_system);
        if (path is null == index is null)
            throw new ArgumentException("predict takes an xyz file or --system with an index into the data set, one of them.");
        Molecule? read = path is null ? null : XyzFile.Read(path);
        WaterDataset dataset = WaterDataset.Load(arguments.GetValue(common.Data));
        WaterSystem? system = index is { } i ? dataset.At(i) : null;
        Molecule molecule = read ?? system!;
        string name = path is null ? system!.Name : Path.GetFileName(path);
        double spacing = arguments.GetValue(common.Spacing);

        AuxiliaryBasis basis = dataset.Basis;
        DensityModel model = Checkpoint.Load(common.CheckpointPath(arguments), basis, common.DeviceOf(arguments));
        double[] coefficients = model.Predict(molecule);

        string output = common.Folder(arguments).Of(path is null ? $"system_{index}" : Path.GetFileNameWithoutExtension(path));
        SaveCoefficients($"{output}.safetensors", molecule, basis, coefficients);
        UniformGrid grid = UniformGrid.Around(molecule.PositionsInBohr(), spacing);
        var field = new DensityField(basis, molecule.Species, molecule.PositionsInBohr(), coefficients);
        CubeFile cube = CubeFile.Sample(field, molecule, grid, $"predicted density of {name}");
        cube.Write($"{output}.cube");
        Describe(molecule, basis, coefficients, cube);
        if (system is null)
        {
            DensitySlicePlot.Save(output, molecule, basis, coefficients);
            DensityPage.Of(name, molecule, basis, dataset.Level, coefficients, null).Save($"{output}.html");
        }
        else
        {
            double error = Evaluator.Compare(basis, system, coefficients, grid).Error;
            Console.WriteLine(FormattableString.Invariant($"Error of the density: {100 * error:F2} % ({system.Split.ToString().ToLowerInvariant()} set)."));
            DensitySlicePlot.Save(output, system, basis, system.Coefficients, coefficients);
            DensityPage.Of(name, system, basis, dataset.Level, coefficients, (system.Coefficients, error)).Save($"{output}.html");
        }
        Console.WriteLine($"Written: {output}.safetensors (coefficients), .cube (density), .png and .svg (slice), .html (in three dimensions).");
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

using System.CommandLine;
using E3Gen;
using Shared.Commands;
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
    /// <summary>Surfaces of points farther apart than this, bohr, show no molecules.</summary>
    private const double CoarsestPage = 0.6;

    private readonly Argument<string?> _file = new("file")
    {
        Description = "Water molecules in plain or extended xyz: Å, elements O and H.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _system = NumberOption.CreateOptional(
        "--system", "Instead of a file: a system of the data set, whose ab-initio density is shown as well.", 0, int.MaxValue, "index");

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
        (Molecule? read, bool wasPeriodic) = path is null ? (null, false) : WaterFile.Read(path);
        WaterDataset dataset = WaterDataset.Load(arguments.GetValue(common.Data));
        WaterSystem? system = index is { } i ? dataset.At(i) : null;
        Molecule molecule = read ?? system!;
        string name = path is null ? system!.Name : Path.GetFileName(path);
        string output = common.Folder(arguments).Of(path is null ? $"system_{index}" : Path.GetFileNameWithoutExtension(path));
        UniformGrid grid = GridOf(molecule, arguments);
        if (wasPeriodic)
            Console.Error.WriteLine("note: the frame is periodic. Its molecules were made whole, and their density is that of an open cluster: no images around it.");

        AuxiliaryBasis basis = dataset.Basis;
        DensityModel model = Checkpoint.Load(common.CheckpointPath(arguments), basis, common.DeviceOf(arguments));
        double[] coefficients = [];
        CubeFile? cube = null;
        double? error = null;
        bool hasPage = DensityFields.SpacingFor(molecule) <= CoarsestPage;
        StageDisplay.Run(stages =>
        {
            stages.Do("network", _ => coefficients = model.Predict(molecule));
            SaveCoefficients($"{output}.safetensors", molecule, basis, coefficients);
            var field = new DensityField(basis, molecule.Species, molecule.PositionsInBohr(), coefficients);
            stages.Do(FormattableString.Invariant($"density at {grid.Points:N0} points"),
                advance => cube = CubeFile.Sample(field, molecule, grid, $"predicted density of {name}", advance));
            stages.Do("cube file", advance => cube!.Write($"{output}.cube", advance));
            if (system is not null)
                stages.Do("error", _ => error = Evaluator.Compare(basis, system, coefficients, grid).Error);
            stages.Do("picture", _ =>
            {
                if (system is null)
                    DensitySlicePlot.Save(output, molecule, basis, coefficients);
                else
                    DensitySlicePlot.Save(output, system, basis, system.Coefficients, coefficients);
            });
            if (hasPage)
            {
                (double[], double)? reference = system is null ? null : (system.Coefficients, error!.Value);
                stages.Do("page", _ => DensityPage.Of(name, molecule, basis, dataset.Level, coefficients, reference).Save($"{output}.html"));
            }
        });

        Describe(molecule, basis, coefficients, cube!);
        if (system is not null)
            Console.WriteLine(FormattableString.Invariant($"Error of the density: {100 * error!.Value:F2} % ({system.Split.ToString().ToLowerInvariant()} set)."));
        if (!hasPage)
            Console.WriteLine($"No page: for {molecule.Atoms} atoms its surfaces would be too coarse. Programs such as VMD show the cube file.");
        string page = hasPage ? ", .html (in three dimensions)" : "";
        Console.WriteLine($"Written: {output}");
        Console.WriteLine($"  .safetensors (coefficients), .cube (density), .png and .svg (slice){page}.");
    }

    /// <summary>Points of the given spacing, or of one that keeps the cube file of a large system readable.</summary>
    private UniformGrid GridOf(Molecule molecule, ParseResult arguments)
    {
        double[] positions = molecule.PositionsInBohr();
        double spacing = arguments.GetValue(common.Spacing);
        if (arguments.GetResult(common.Spacing) is not { Implicit: false } && UniformGrid.SpacingFor(positions) is var wider && wider > spacing)
        {
            spacing = Math.Ceiling(1000 * wider) / 1000;
            Console.Error.WriteLine(FormattableString.Invariant($"note: {molecule.Atoms} atoms: the cube's spacing is {spacing} bohr; --spacing gives another."));
        }
        return UniformGrid.Around(positions, spacing);
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

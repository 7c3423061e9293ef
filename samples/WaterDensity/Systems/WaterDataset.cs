using E3Gen;
using TorchSharp;
using WaterDensity.Density;

namespace WaterDensity.Systems;

/// <summary>The shipped ab-initio densities (see data/README.md) and the basis that they are expanded in.</summary>
internal sealed class WaterDataset
{
    public const string DefaultFile = "data/water_pbe0_cc-pvdz.safetensors";

    private const string Format = "water-density-1";

    private WaterDataset(AuxiliaryBasis basis, WaterSystem[] systems, string level) => (Basis, Systems, Level) = (basis, systems, level);

    public AuxiliaryBasis Basis { get; }

    public IReadOnlyList<WaterSystem> Systems { get; }

    /// <summary>Electronic-structure method and orbital basis.</summary>
    public string Level { get; }

    /// <param name="path">A file in the format of data/README.md; null for the one that lies beside the program.</param>
    /// <exception cref="InvalidDataException">The file has another format.</exception>
    public static WaterDataset Load(string? path = null)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, DefaultFile);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no data file {path}.", path);
        using SafetensorsFile file = Safetensors.Read(path);
        if (file.Metadata.GetValueOrDefault("format") is var format && format != Format)
            throw new InvalidDataException($"{path}: its format is '{format}', expected '{Format}'; see samples/WaterDensity/data/README.md.");

        var basis = new AuxiliaryBasis(Doubles(file, "exponents"), Doubles(file, "norms"), Doubles(file, "iso_coefficients"));
        return new WaterDataset(basis, ReadSystems(file), file.Metadata["level"]);
    }

    /// <summary>The systems that fulfil a condition.</summary>
    public WaterDataset Where(Func<WaterSystem, bool> condition) => new(Basis, [.. Systems.Where(condition)], Level);

    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public WaterSystem At(int index) => Systems.FirstOrDefault(s => s.Index == index)
        ?? throw new ArgumentOutOfRangeException(null, $"There is no system {index}; the data set has 0 to {Systems.Max(s => s.Index)}.");

    public IEnumerable<WaterSystem> Of(Split split) => Systems.Where(s => s.Split == split);

    private static WaterSystem[] ReadSystems(SafetensorsFile file)
    {
        int[] offsets = Integers(file, "mol_offsets"), species = [.. Integers(file, "atomic_numbers").Select(Molecule.SpeciesOf)];
        int[] waters = Integers(file, "n_waters"), splits = Integers(file, "split");
        double[] positions = Doubles(file, "positions"), coefficients = Doubles(file, "coefficients"),
            dipoles = Doubles(file, "dipoles_fit");
        var systems = new WaterSystem[waters.Length];
        for (int i = 0; i < systems.Length; i++)
        {
            int first = offsets[i], last = offsets[i + 1];
            systems[i] = new WaterSystem(i, (Split)splits[i], waters[i], species[first..last], positions[(3 * first)..(3 * last)],
                coefficients[(AuxiliaryBasis.Columns * first)..(AuxiliaryBasis.Columns * last)], dipoles[(3 * i)..(3 * i + 3)]);
        }
        return systems;
    }

    private static double[] Doubles(SafetensorsFile file, string name)
    {
        using torch.Tensor tensor = file[name];
        return tensor.data<double>().ToArray();
    }

    private static int[] Integers(SafetensorsFile file, string name)
    {
        using torch.Tensor tensor = file[name], narrow = tensor.to_type(torch.ScalarType.Int32);
        return narrow.data<int>().ToArray();
    }
}

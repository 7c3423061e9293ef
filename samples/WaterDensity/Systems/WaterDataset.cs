using WaterDensity.Density;
using WaterDensity.Files;

namespace WaterDensity.Systems;

/// <summary>The shipped ab-initio densities (see data/README.md) and the basis that they are expanded in.</summary>
internal sealed class WaterDataset
{
    public const string DefaultFile = "data/water_pbe0_cc-pvdz.safetensors";

    private WaterDataset(AuxiliaryBasis basis, WaterSystem[] systems, string level) => (Basis, Systems, Level) = (basis, systems, level);

    public AuxiliaryBasis Basis { get; }

    public IReadOnlyList<WaterSystem> Systems { get; }

    /// <summary>Electronic-structure method and orbital basis.</summary>
    public string Level { get; }

    public static WaterDataset Load(string? path = null)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, DefaultFile);
        TensorFile file = TensorFile.Read(path);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != "water-density-1")
            throw new InvalidDataException($"{path} is not a water-density-1 file (its format says '{format}'); see samples/WaterDensity/data/README.md.");

        var basis = new AuxiliaryBasis(file.Doubles("exponents"), file.Doubles("norms"), file.Doubles("iso_coefficients"));
        return new WaterDataset(basis, ReadSystems(file), file.Metadata["level"]);
    }

    public IEnumerable<WaterSystem> Of(Split split) => Systems.Where(s => s.Split == split);

    private static WaterSystem[] ReadSystems(TensorFile file)
    {
        int[] offsets = file.Integers("mol_offsets"), species = [.. file.Integers("atomic_numbers").Select(z => z == 8 ? 1 : 0)];
        int[] waters = file.Integers("n_waters"), splits = file.Integers("split");
        double[] positions = file.Doubles("positions"), coefficients = file.Doubles("coefficients"), dipoles = file.Doubles("dipoles_fit");
        var systems = new WaterSystem[waters.Length];
        for (int i = 0; i < systems.Length; i++)
        {
            int first = offsets[i], last = offsets[i + 1];
            systems[i] = new WaterSystem(i, (Split)splits[i], waters[i], species[first..last], positions[(3 * first)..(3 * last)],
                coefficients[(AuxiliaryBasis.Columns * first)..(AuxiliaryBasis.Columns * last)], dipoles[(3 * i)..(3 * i + 3)]);
        }
        return systems;
    }
}

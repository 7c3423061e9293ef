using E3Gen;
using E3Gen.Potentials;
using TorchSharp;

namespace Potential.Water;

/// <summary>
/// The water clusters of the sample WaterDensity (PBE0/cc-pVDZ; its data/README.md), whose file also holds energies and forces, in eV and eV/Å. Each structure's group is its number of waters.
/// </summary>
internal sealed class WaterClusters
{
    /// <summary>CODATA 2014: eV, and Å, the value that the data file names.</summary>
    private const double Hartree = 27.21138602, Bohr = 0.52917721067;

    private readonly (int Split, LabelledStructure Structure)[] _structures;

    private WaterClusters((int, LabelledStructure)[] structures, Dictionary<string, double> atomEnergies) => (_structures, AtomEnergies) = (structures, atomEnergies);

    /// <summary>Energies of isolated atoms at the same level, spherical and spin-polarised.</summary>
    public IReadOnlyDictionary<string, double> AtomEnergies { get; }

    /// <summary>Clusters of 1 to 4 waters.</summary>
    public IReadOnlyList<LabelledStructure> Training => Of(0);

    public IReadOnlyList<LabelledStructure> Validation => Of(1);

    /// <summary>Clusters of 1 to 4 waters of other trajectories, and of 5, 6 and 8.</summary>
    public IReadOnlyList<LabelledStructure> Test => Of(2);

    public static WaterClusters Load()
    {
        using SafetensorsFile file = Safetensors.Read(Path.Combine(AppContext.BaseDirectory, "data/water_pbe0_cc-pvdz.safetensors"));
        int[] offsets = Integers(file, "mol_offsets"), numbers = Integers(file, "atomic_numbers"), waters = Integers(file, "n_waters"), split = Integers(file, "split");
        double[] positions = Reals(file, "positions"), energies = Reals(file, "energies"), forces = Reals(file, "forces"), atoms = Reals(file, "iso_energies");
        var structures = new (int, LabelledStructure)[waters.Length];
        for (int i = 0; i < structures.Length; i++)
        {
            (int first, int last) = (offsets[i], offsets[i + 1]);
            var cluster = new Atoms(numbers[first..last], positions[(3 * first)..(3 * last)]);
            cluster.Info.Add("energy", new InfoValue(energies[i] * Hartree));
            cluster.Info.Add("config_type", new InfoValue(Name(waters[i])));
            cluster.Columns.Add("forces", new AtomColumn([.. forces[(3 * first)..(3 * last)].Select(f => f * Hartree / Bohr)], 3));
            structures[i] = (split[i], new LabelledStructure(cluster));
        }

        return new WaterClusters(structures, new Dictionary<string, double> { ["H"] = atoms[0] * Hartree, ["O"] = atoms[1] * Hartree });
    }

    public static int Waters(LabelledStructure structure) => structure.Atoms.Count / 3;

    private static string Name(int waters) => waters == 1 ? "1 water" : $"{waters} waters";

    private LabelledStructure[] Of(int split) => [.. _structures.Where(s => s.Split == split).Select(s => s.Structure)];

    private static double[] Reals(SafetensorsFile file, string name)
    {
        using torch.Tensor tensor = file[name];
        return [.. tensor.data<double>()];
    }

    private static int[] Integers(SafetensorsFile file, string name)
    {
        using torch.Tensor tensor = file[name], narrow = tensor.to_type(torch.ScalarType.Int32);
        return [.. narrow.data<int>()];
    }
}

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

    private readonly (WaterSplit Split, LabelledStructure Structure)[] _structures;

    private WaterClusters((WaterSplit, LabelledStructure)[] structures, Dictionary<string, double> atomEnergies) => (_structures, AtomEnergies) = (structures, atomEnergies);

    /// <summary>Energies of isolated atoms at the same level, spherical and spin-polarised.</summary>
    public IReadOnlyDictionary<string, double> AtomEnergies { get; }

    /// <summary>Clusters of 1 to 4 waters.</summary>
    public IReadOnlyList<LabelledStructure> Training => Of(WaterSplit.Train);

    public IReadOnlyList<LabelledStructure> Validation => Of(WaterSplit.Validation);

    /// <summary>Clusters of 1 to 4 waters of other trajectories, and of 5, 6 and 8.</summary>
    public IReadOnlyList<LabelledStructure> Test => Of(WaterSplit.Test);

    public static WaterClusters Load()
    {
        using SafetensorsFile file = Safetensors.Read(Path.Combine(AppContext.BaseDirectory, "data/water_pbe0_cc-pvdz.safetensors"));
        int[] offsets = Integers(file, "mol_offsets"), numbers = Integers(file, "atomic_numbers"), waters = Integers(file, "n_waters"), split = Integers(file, "split");
        double[] positions = Reals(file, "positions"), energies = Reals(file, "energies"), forces = Reals(file, "forces"), atoms = Reals(file, "iso_energies");
        var structures = new (WaterSplit, LabelledStructure)[waters.Length];
        for (int i = 0; i < structures.Length; i++)
        {
            (int first, int last) = (offsets[i], offsets[i + 1]);
            var cluster = new Atoms(numbers[first..last], positions[(3 * first)..(3 * last)]);
            cluster.Info.Add("energy", new InfoValue(energies[i] * Hartree));
            cluster.Info.Add("config_type", new InfoValue(Name(waters[i])));
            cluster.Info.Add("split", new InfoValue(Name((WaterSplit)split[i])));
            cluster.Columns.Add("forces", new AtomColumn([.. forces[(3 * first)..(3 * last)].Select(f => f * Hartree / Bohr)], 3));
            structures[i] = ((WaterSplit)split[i], new LabelledStructure(cluster));
        }

        return new WaterClusters(structures, new Dictionary<string, double> { ["H"] = atoms[0] * Hartree, ["O"] = atoms[1] * Hartree });
    }

    public static int Waters(LabelledStructure structure) => structure.Atoms.Count / 3;

    /// <summary>Structures for a file, in the order of the data: those of a split, or all. After those for training come the isolated atoms, which say what energies are relative to.</summary>
    public IReadOnlyList<Atoms> ForFile(WaterSplit? split)
    {
        IEnumerable<Atoms> clusters = _structures.Where(s => split is null || s.Split == split).Select(s => s.Structure.Atoms);
        return split is null or WaterSplit.Train ? [.. clusters, .. AtomEnergies.Select(a => Isolated(a.Key, a.Value))] : [.. clusters];
    }

    private static Atoms Isolated(string symbol, double energy)
    {
        var atom = new Atoms([ElementSymbols.AtomicNumber(symbol)], [0, 0, 0]);
        atom.Info.Add("energy", new InfoValue(energy));
        atom.Info.Add("config_type", new InfoValue("IsolatedAtom"));
        atom.Info.Add("split", new InfoValue(Name(WaterSplit.Train)));
        return atom;
    }

    private static string Name(WaterSplit split) => split.ToString().ToLowerInvariant();

    private static string Name(int waters) => waters == 1 ? "1 water" : $"{waters} waters";

    private LabelledStructure[] Of(WaterSplit split) => [.. _structures.Where(s => s.Split == split).Select(s => s.Structure)];

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

/// <summary>What clusters are for, with the numbers of the data file.</summary>
internal enum WaterSplit
{
    Train,

    Validation,

    Test,
}

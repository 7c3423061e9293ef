namespace E3Gen.Potentials;

/// <summary>Structures to learn from or to compare with, and the isolated atoms that were among them.</summary>
public sealed class StructureSet
{
    /// <summary>Sorts isolated atoms out.</summary>
    /// <param name="structures">All structures of a file or several.</param>
    /// <exception cref="InvalidDataException">
    /// An isolated atom has no energy or is none, or an element has two energies that differ: one file may be in another unit than the other.
    /// </exception>
    public StructureSet(IEnumerable<LabelledStructure> structures)
    {
        ArgumentNullException.ThrowIfNull(structures);
        var others = new List<LabelledStructure>();
        var isolated = new Dictionary<string, (double Energy, LabelledStructure From)>();
        foreach (LabelledStructure structure in structures)
        {
            if (!structure.IsIsolatedAtom)
            {
                others.Add(structure);
                continue;
            }

            if (structure.Atoms.Count != 1)
                throw new InvalidDataException($"{structure.Where}config_type is {structure.Group}, but there are {structure.Atoms.Count} atoms; an isolated atom is one.");
            string symbol = structure.Atoms.SymbolOf(0);
            double energy = structure.Energy
                ?? throw new InvalidDataException($"{structure.Where}the isolated atom of {symbol} has no energy, which would be its E0; add it, or take the structure out.");
            if (isolated.TryGetValue(symbol, out (double Energy, LabelledStructure From) other) && Math.Abs(other.Energy - energy) > 1e-6 * Math.Max(1, Math.Abs(energy)))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{structure.Where}an isolated atom of {symbol} has the energy {energy}, another ({other.From.Atoms.Origin ?? "before it"}) {other.Energy}; ")
                    + "all data must be of one method and in one unit.");
            }

            isolated[symbol] = (energy, structure);
        }

        Structures = others;
        IsolatedAtoms = isolated.ToDictionary(a => a.Key, a => a.Value.Energy);
    }

    /// <summary>The structures that are no isolated atoms, in their order.</summary>
    public IReadOnlyList<LabelledStructure> Structures { get; }

    /// <summary>Energies of isolated atoms by symbol.</summary>
    public IReadOnlyDictionary<string, double> IsolatedAtoms { get; }

    /// <summary>Reads extended xyz files.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="keys">Names of energy, forces and stress; null for the usual ones.</param>
    /// <returns>Their structures together.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is malformed, has no structures but isolated atoms, or nothing in it has the energy or forces that were named or any under a usual name.
    /// </exception>
    public static StructureSet Read(IEnumerable<string> paths, TargetKeys? keys = null)
    {
        string[] files = Existing(paths);
        string names = string.Join(", ", files);
        var set = new StructureSet(files.SelectMany(ExtendedXyz.Read).Select(a => new LabelledStructure(a, keys)));
        if (set.Structures.Count == 0) throw new InvalidDataException($"{names}: there are no structures but {set.IsolatedAtoms.Count} isolated atoms.");
        if (set.Structures.All(s => s.Energy is null && s.Forces is null)) throw Nothing(names, set.Structures[0].Atoms, keys);
        RequireNamed(set.Structures, names, keys);
        return set;
    }

    /// <summary>Reads extended xyz files for prediction: every structure, isolated atoms and those without any target, too.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="keys">Names of energy, forces and stress; null for the usual ones.</param>
    /// <returns>All structures in their order.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, the files have no structure, or nothing in them has a target that was named.</exception>
    public static IReadOnlyList<LabelledStructure> ReadAll(IEnumerable<string> paths, TargetKeys? keys = null)
    {
        string[] files = Existing(paths);
        string names = string.Join(", ", files);
        LabelledStructure[] structures = [.. files.SelectMany(ExtendedXyz.Read).Select(a => new LabelledStructure(a, keys))];
        if (structures.Length == 0) throw new InvalidDataException($"{names}: there are no structures.");
        RequireNamed(structures, names, keys);
        return structures;
    }

    /// <summary>The elements of structures in the order of their atomic numbers: the species of a potential for them.</summary>
    /// <param name="structures">The structures.</param>
    /// <returns>Symbols.</returns>
    public static IReadOnlyList<string> SpeciesOf(IEnumerable<LabelledStructure> structures)
    {
        ArgumentNullException.ThrowIfNull(structures);
        var elements = new SortedDictionary<int, string>();
        foreach (Atoms atoms in structures.Select(s => s.Atoms))
        {
            for (int i = 0; i < atoms.Count; i++) elements.TryAdd(atoms.AtomicNumbers[i], atoms.SymbolOf(i));
        }

        return [.. elements.Values];
    }

    private static string[] Existing(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        if (files.Length == 0) throw new ArgumentException("Name at least one file.", nameof(paths));
        string? missing = Array.Find(files, f => !File.Exists(f));
        return missing is null ? files : throw new FileNotFoundException($"There is no file {missing}.", missing);
    }

    private static void RequireNamed(IReadOnlyList<LabelledStructure> structures, string files, TargetKeys? keys)
    {
        RequireNamed(structures, files, "energy", keys?.Energy, s => s.Energy is null, a => a.Info.Keys);
        RequireNamed(structures, files, "forces", keys?.Forces, s => s.Forces is null, a => a.Columns.Keys);
        RequireNamed(structures, files, "stress", keys?.Stress ?? keys?.Virial, s => s.Stress is null, a => a.Info.Keys);
    }

    private static void RequireNamed(
        IReadOnlyList<LabelledStructure> structures, string files, string what, string? key, Predicate<LabelledStructure> lacks, Func<Atoms, IEnumerable<string>> available)
    {
        if (key is null || !structures.All(s => lacks(s))) return;
        if (what == "stress" && structures.Any(s => s.HasStressWithoutVolume))
        {
            throw new InvalidDataException(
                $"{files}: the structures that have '{key}' have no periodic direction (pbc) or a cell without a volume, so that it is the stress of no crystal; correct them, or name no stress.");
        }

        throw new InvalidDataException($"{files}: no structure has {what} of the name '{key}'; the first has {Listed(available(structures[0].Atoms))}.");
    }

    private static InvalidDataException Nothing(string files, Atoms first, TargetKeys? keys) => new(
        $"{files}: no structure has an energy or forces under {(keys is { Energy: null, Forces: null } or null ? "a usual name" : "the names given")}. The first has the infos "
        + $"{Listed(first.Info.Keys)} and the columns {Listed(first.Columns.Keys)}; name those to use (--energy-key, --forces-key).");

    private static string Listed(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
}

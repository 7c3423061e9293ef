namespace E3Gen;

/// <summary>Energy, forces and stress under the names that people give them.</summary>
public sealed partial class Atoms
{
    /// <summary>
    /// Names that an energy is looked for under, upper or lower case alike, but for <c>E</c>: energy, total_energy, TotEnergy, potential_energy, free_energy,
    /// E, REF_energy, dft_energy. Beside energy, free_energy is not looked at: ASE writes both for programs that smear the occupation of states, and they differ.
    /// </summary>
    public static IReadOnlyList<string> EnergyNames { get; } =
        ["energy", "total_energy", "TotEnergy", "potential_energy", "free_energy", "E", "REF_energy", "dft_energy"];

    /// <summary>Names that forces are looked for under, upper or lower case alike, but for <c>f</c>: forces, force, f, REF_forces, REF_force, dft_forces, dft_force.</summary>
    public static IReadOnlyList<string> ForceNames { get; } = ["forces", "force", "f", "REF_forces", "REF_force", "dft_forces", "dft_force"];

    /// <summary>Names that a stress is looked for under, upper or lower case alike: stress, REF_stress, dft_stress.</summary>
    public static IReadOnlyList<string> StressNames { get; } = ["stress", "REF_stress", "dft_stress"];

    /// <summary>Names that a virial is looked for under, upper or lower case alike: virial, virials, REF_virial, REF_virials, dft_virial, dft_virials.</summary>
    public static IReadOnlyList<string> VirialNames { get; } = ["virial", "virials", "REF_virial", "REF_virials", "dft_virial", "dft_virials"];

    /// <summary>The energy of the structure, in the unit of the file (by convention eV).</summary>
    /// <param name="key">The name in <see cref="Info"/>; not given, the one of <see cref="EnergyNames"/> that the structure has.</param>
    /// <returns>The energy, or null if no name was given and it has none of these.</returns>
    /// <exception cref="KeyNotFoundException">There is no info of that name; the message lists those there are.</exception>
    /// <exception cref="InvalidDataException">It is not one finite number, or there are several that differ: the message lists them; name one.</exception>
    public double? FindEnergy(string? key = null)
    {
        bool hasEnergy = Info.Keys.Any(k => Matches(["energy"], k));
        IReadOnlyList<string> names = hasEnergy ? [.. EnergyNames.Where(n => n != "free_energy")] : EnergyNames;
        return One("energy", 0, FromInfo("energy", key, names, EnergyOf))?[0];
    }

    /// <summary>The energy of the structure; see <see cref="FindEnergy"/>.</summary>
    /// <param name="key">The name in <see cref="Info"/>, or null.</param>
    /// <returns>The energy in the unit of the file.</returns>
    /// <exception cref="KeyNotFoundException">There is no info of the name that was given.</exception>
    /// <exception cref="InvalidDataException">There is none under a usual name, or several, or it is not one finite number.</exception>
    public double GetEnergy(string? key = null) => FindEnergy(key) ?? throw Missing("energy", EnergyNames, Info.Keys);

    /// <summary>The forces on the atoms, in the unit of the file (by convention eV/Å).</summary>
    /// <param name="name">The name in <see cref="Columns"/>; not given, the one of <see cref="ForceNames"/> that the structure has.</param>
    /// <returns>[3N], or null if no name was given and it has none of these. Not a copy.</returns>
    /// <exception cref="KeyNotFoundException">There is no column of that name; the message lists those there are.</exception>
    /// <exception cref="InvalidDataException">
    /// They are not three finite numbers for each atom, or there are several that differ: the message lists them; name one.
    /// </exception>
    public double[]? FindForces(string? name = null)
    {
        if (name is not null && !Columns.ContainsKey(name)) throw Unknown("forces", name, "column", Columns.Keys);
        return One("forces", 0, Columns.Where(c => name is null ? Matches(ForceNames, c.Key) : c.Key == name).Select(c => (c.Key, ForcesOf(c.Key, c.Value))));
    }

    /// <summary>The forces on the atoms; see <see cref="FindForces"/>.</summary>
    /// <param name="name">The name in <see cref="Columns"/>, or null.</param>
    /// <returns>[3N], in the unit of the file.</returns>
    /// <exception cref="KeyNotFoundException">There is no column of the name that was given.</exception>
    /// <exception cref="InvalidDataException">There are none under a usual name, or several, or they are not three finite numbers for each atom.</exception>
    public double[] GetForces(string? name = null) => FindForces(name) ?? throw Missing("forces", ForceNames, Columns.Keys);

    /// <summary>
    /// The stress, symmetric, in the unit of the file (by convention eV/Å³), with ASE's sign: σ = (1/V) ∂E/∂ε, negative for a crystal under pressure. A
    /// virial W becomes σ = −W / V. Files give 9 numbers, a 3×3 matrix, or 6 numbers in Voigt's order xx, yy, zz, yz, xz, xy.
    /// </summary>
    /// <param name="stressKey">The name of a stress in <see cref="Info"/>.</param>
    /// <param name="virialKey">
    /// Instead, the name of a virial; with neither, the one of <see cref="StressNames"/> and <see cref="VirialNames"/> that the structure has.
    /// </param>
    /// <returns>[9], or null if nothing was named and it has none of these.</returns>
    /// <exception cref="ArgumentException">Both keys were given.</exception>
    /// <exception cref="KeyNotFoundException">There is no info of that name; the message lists those there are.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not such numbers, not finite or not symmetric, a virial has no cell, or there are several that differ: the message lists them; name one.
    /// </exception>
    public double[]? FindStress(string? stressKey = null, string? virialKey = null)
    {
        if (stressKey is not null && virialKey is not null) throw new ArgumentException("Name the stress or the virial, not both.", nameof(virialKey));
        IEnumerable<(string, double[])> stresses = virialKey is null ? FromInfo("stress", stressKey, StressNames, SymmetricMatrix) : [];
        IEnumerable<(string, double[])> virials = stressKey is null ? FromInfo("virial", virialKey, VirialNames, StressOfVirial) : [];
        return One("stress", StressTolerance, stresses.Concat(virials));
    }

    /// <summary>The stress; see <see cref="FindStress"/>.</summary>
    /// <param name="stressKey">The name of a stress, or null.</param>
    /// <param name="virialKey">The name of a virial, or null.</param>
    /// <returns>[9], symmetric, in the unit of the file.</returns>
    /// <exception cref="ArgumentException">Both keys were given.</exception>
    /// <exception cref="KeyNotFoundException">There is no info of the name that was given.</exception>
    /// <exception cref="InvalidDataException">There is none under a usual name, or several, or it is malformed.</exception>
    public double[] GetStress(string? stressKey = null, string? virialKey = null) =>
        FindStress(stressKey, virialKey) ?? throw Missing("stress or virial", [.. StressNames, .. VirialNames], Info.Keys);

    /// <summary>A stress and a virial that are printed with some six digits say the same if they differ by less, relative to the largest component.</summary>
    private const double StressTolerance = 1e-5;

    /// <summary>What components on both sides of the diagonal may differ by, relative to the largest: rounding and k-point noise of ab-initio programs.</summary>
    private const double Asymmetry = 1e-3;

    private static bool Matches(IReadOnlyList<string> names, string key) =>
        names.Any(n => n.Equals(key, n.Length == 1 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));

    private IEnumerable<(string Name, double[] Values)> FromInfo(string what, string? key, IReadOnlyList<string> names, Func<string, InfoValue, double[]> convert)
    {
        if (key is not null && !Info.ContainsKey(key)) throw Unknown(what, key, "info", Info.Keys);
        return Info.Where(i => key is null ? Matches(names, i.Key) : i.Key == key).Select(i => (i.Key, convert(i.Key, i.Value)));
    }

    /// <summary>The one target there is; several are one if they agree.</summary>
    private double[]? One(string what, double tolerance, IEnumerable<(string Name, double[] Values)> targets)
    {
        (string Name, double[] Values)[] found = [.. targets];
        if (found.Length == 0) return null;
        double allowed = tolerance * found[0].Values.Select(Math.Abs).DefaultIfEmpty().Max();
        if (Array.TrueForAll(found, f => f.Values.Zip(found[0].Values).All(p => Math.Abs(p.First - p.Second) <= allowed))) return found[0].Values;
        string values = what == "energy" ? $" ({string.Join(", ", found.Select(f => NumberText.Of(f.Values[0])))})" : "";
        throw new InvalidDataException($"{Where}the {what} could be any of {Excerpt.Of([.. found.Select(f => f.Name)])}, which differ{values}; name the one to use.");
    }

    private double[] EnergyOf(string name, InfoValue value) =>
        value is { Shape.Count: 0, Kind: ValueKind.Integer or ValueKind.Real } && double.IsFinite(value.ToDouble())
            ? [value.ToDouble()]
            : throw new InvalidDataException($"{Where}the energy '{name}' is '{Excerpt.Short(value.ToString())}'; expected one finite number.");

    private double[] ForcesOf(string name, AtomColumn column)
    {
        if (column is not { Kind: ValueKind.Real or ValueKind.Integer, Width: 3 } || column.Rows != Count)
        {
            throw new InvalidDataException(
                $"{Where}the forces '{name}' are a column of the kind {column.Kind} with {column.Width} values for each of {column.Rows} atoms; "
                + $"expected 3 real numbers for each of {Count}.");
        }
        double[] values = column.Kind == ValueKind.Real ? column.Reals : [.. column.Integers.Select(i => (double)i)];
        int wrong = Array.FindIndex(values, f => !double.IsFinite(f));
        return wrong < 0 ? values : throw new InvalidDataException($"{Where}the forces '{name}' have {NumberText.Of(values[wrong])} at atom {wrong / 3}; expected finite numbers.");
    }

    private double[] StressOfVirial(string name, InfoValue value)
    {
        double[] virial = SymmetricMatrix(name, value);
        double volume = Cell is null ? 0 : Volume();
        return volume > 0
            ? [.. virial.Select(w => -w / volume)]
            : throw new InvalidDataException($"{Where}the virial '{name}' gives a stress of a cell with a volume only, and this structure has none.");
    }

    private double[] SymmetricMatrix(string name, InfoValue value)
    {
        InvalidDataException Wrong(string expected) => new($"{Where}'{name}' is '{Excerpt.Short(value.ToString())}'; expected {expected}.");
        if (value.Kind is not (ValueKind.Integer or ValueKind.Real) || value.Count is not (6 or 9) || (value.Count == 6 && value.Shape.Count != 1))
            throw Wrong("9 numbers, a 3×3 matrix, or 6 numbers in the order xx, yy, zz, yz, xz, xy");
        double[] m = value.ToDoubles();
        if (m.Length == 6) m = [m[0], m[5], m[4], m[5], m[1], m[3], m[4], m[3], m[2]];
        if (!Array.TrueForAll(m, double.IsFinite)) throw Wrong("finite numbers");
        double allowed = Asymmetry * m.Max(Math.Abs);
        if (Math.Abs(m[1] - m[3]) > allowed || Math.Abs(m[2] - m[6]) > allowed || Math.Abs(m[5] - m[7]) > allowed) throw Wrong("a symmetric matrix");
        return [m[0], (m[1] + m[3]) / 2, (m[2] + m[6]) / 2, (m[1] + m[3]) / 2, m[4], (m[5] + m[7]) / 2, (m[2] + m[6]) / 2, (m[5] + m[7]) / 2, m[8]];
    }

    private KeyNotFoundException Unknown(string what, string name, string kind, ICollection<string> names) =>
        new($"{Where}there is no {kind} named '{name}' for the {what}; there are: {Excerpt.Of([.. names])}.");

    private InvalidDataException Missing(string what, IReadOnlyList<string> known, ICollection<string> names) =>
        new($"{Where}the structure has no {what} under a usual name ({string.Join(", ", known)}); name it if it is one of: {Excerpt.Of([.. names])}.");
}

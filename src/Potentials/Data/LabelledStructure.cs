namespace E3Gen.Potentials;

/// <summary>A structure and what is known of it. Energies, lengths and what follows from them have the units of the data, by convention eV and Å.</summary>
public sealed class LabelledStructure
{
    private const string ConfigurationType = "config_type", ConfigurationWeight = "config_weight";

    /// <summary>Reads what a structure brings along.</summary>
    /// <remarks>A stress, or a virial, of a structure without periodic directions is left out: the box around it is not its volume.
    /// So is one of a cell without a volume, such as a slab's with a zero vector.</remarks>
    /// <param name="atoms">The structure; its info <c>config_type</c> is its <see cref="Group"/>, <c>config_weight</c> its <see cref="Weight"/>.</param>
    /// <param name="keys">The names of energy, forces and stress; what a structure lacks is null. Null for the usual names.</param>
    /// <exception cref="InvalidDataException">A value is malformed, or there are several that differ.</exception>
    public LabelledStructure(Atoms atoms, TargetKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        keys ??= TargetKeys.Usual;
        Atoms = atoms;
        Energy = Lacks(atoms.Info.ContainsKey, keys.Energy) ? null : atoms.FindEnergy(keys.Energy);
        Forces = Lacks(atoms.Columns.ContainsKey, keys.Forces) ? null : atoms.FindForces(keys.Forces);
        bool noStress = Lacks(atoms.Info.ContainsKey, keys.Stress) || Lacks(atoms.Info.ContainsKey, keys.Virial);
        double[]? stress = noStress || atoms.Cell is null ? null : atoms.FindStress(keys.Stress, keys.Virial);
        Stress = HasVolume ? stress : null;
        HasStressWithoutVolume = stress is not null && !HasVolume;
        Group = atoms.Info.TryGetValue(ConfigurationType, out InfoValue? type) ? type.ToString() : null;
        Weight = atoms.Info.TryGetValue(ConfigurationWeight, out InfoValue? weight) ? WeightOf(atoms, weight) : 1;
    }

    private LabelledStructure(LabelledStructure other, double weight) =>
        (Atoms, Energy, Forces, Stress, HasStressWithoutVolume, Group, Weight) = (other.Atoms, other.Energy, other.Forces, other.Stress, other.HasStressWithoutVolume, other.Group, weight);

    /// <summary>The structure.</summary>
    public Atoms Atoms { get; }

    /// <summary>Total energy, or null.</summary>
    public double? Energy { get; }

    /// <summary>Forces: [3N], or null.</summary>
    public IReadOnlyList<double>? Forces { get; }

    /// <summary>Stress σ = (1/V) ∂E/∂ε: [9], or null; only of periodic structures whose cell has a volume.</summary>
    public IReadOnlyList<double>? Stress { get; }

    /// <summary>Whether a stress was left out because no direction is periodic, or the cell has no volume.</summary>
    public bool HasStressWithoutVolume { get; }

    /// <summary>What kind of structure it is said to be (<c>config_type</c>), or null.</summary>
    public string? Group { get; }

    /// <summary>Factor of its errors in the loss (<c>config_weight</c>), 1 where there is none.</summary>
    public double Weight { get; }

    /// <summary>The same with another weight.</summary>
    /// <param name="weight">Factor of its errors in the loss, at least 0.</param>
    /// <returns>A new labelled structure of the same atoms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public LabelledStructure WithWeight(double weight) => weight >= 0 && double.IsFinite(weight)
        ? new LabelledStructure(this, weight)
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight must be a number of at least 0.");

    /// <summary>Whether this is an atom alone, whose energy is E0 of its element: <c>config_type=IsolatedAtom</c>, or a single atom without periodic directions.</summary>
    public bool IsIsolatedAtom => Atoms.Count == 1 && !Atoms.IsPeriodic || IsSaidToBeIsolated;

    /// <summary>Whether a stress is defined: there is a periodic direction, and the cell has a volume.</summary>
    public bool HasVolume => Atoms.IsPeriodic && Atoms.Volume() > 0;

    internal bool IsSaidToBeIsolated => Group?.Replace("_", "", StringComparison.Ordinal).Equals("IsolatedAtom", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>For messages: "file, frame, line: ", or nothing.</summary>
    internal string Where => Atoms.Origin is null ? "" : $"{Atoms.Origin}: ";

    /// <summary>The formula, elements in alphabetical order: C5H8O2.</summary>
    public string Composition => string.Concat(
        Atoms.AtomicNumbers.Select((_, i) => Atoms.SymbolOf(i)).GroupBy(s => s).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Count() == 1 ? g.Key : $"{g.Key}{g.Count()}"));

    /// <summary>A name was given, and this structure has nothing of that name.</summary>
    private static bool Lacks(Func<string, bool> has, string? key) => key is not null && !has(key);

    private static double WeightOf(Atoms atoms, InfoValue value)
    {
        double weight = value.Kind is ValueKind.Integer or ValueKind.Real && value.Count == 1 ? value.ToDoubles()[0] : double.NaN;
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new InvalidDataException($"{(atoms.Origin is null ? "" : $"{atoms.Origin}: ")}{ConfigurationWeight} is '{value}'; expected a number of at least 0.");
    }
}

namespace E3Gen.Potentials;

/// <summary>Names that energies, forces and stresses have in files; null for the usual ones (see <see cref="Atoms"/>).</summary>
public sealed record TargetKeys
{
    /// <summary>Nothing named: the usual names.</summary>
    public static TargetKeys Usual { get; } = new();

    /// <summary>Name of the energy in <see cref="Atoms.Info"/>.</summary>
    public string? Energy { get; init; }

    /// <summary>Name of the forces in <see cref="Atoms.Columns"/>.</summary>
    public string? Forces { get; init; }

    /// <summary>Name of the stress in <see cref="Atoms.Info"/>.</summary>
    public string? Stress { get; init; }

    /// <summary>Name of a virial in <see cref="Atoms.Info"/>, instead of a stress.</summary>
    public string? Virial { get; init; }
}

namespace E3Gen.Potentials;

/// <summary>
/// The units of dynamics: energies in eV, lengths in Å, times in fs, masses in amu (unified atomic mass units), temperatures in K. Constants are CODATA's of 2022 (P. Mohr, D. Newell, B. Taylor,
/// E. Tiesinga, Rev. Mod. Phys. 97, 025002 (2025)); those of the elementary charge and of Boltzmann are exact by the definition of the SI.
/// </summary>
public static class MolecularUnits
{
    /// <summary>e, the joules in an electron volt.</summary>
    private const double ElementaryCharge = 1.602176634e-19;

    /// <summary>J/K.</summary>
    private const double BoltzmannInJoules = 1.380649e-23;

    /// <summary>kg.</summary>
    private const double AtomicMass = 1.66053906892e-27;

    /// <summary>Boltzmann's constant, eV/K.</summary>
    public const double Boltzmann = BoltzmannInJoules / ElementaryCharge;

    /// <summary>The acceleration in Å/fs² that a force of 1 eV/Å gives a mass of 1 amu: e/u · 10⁻¹⁰, of (10¹⁰ Å/m)² · (10⁻¹⁵ s/fs)².</summary>
    public const double Acceleration = ElementaryCharge / AtomicMass * 1e-10;

    /// <summary>The energy in eV of 1 amu Å²/fs².</summary>
    public const double MassTimesSpeedSquared = 1 / Acceleration;
}

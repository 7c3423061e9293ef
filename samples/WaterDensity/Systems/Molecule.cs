namespace WaterDensity.Systems;

/// <summary>Atoms in the data's frame (stored (x, y, z) = laboratory (y, z, x)); see <see cref="Frame"/>.</summary>
/// <param name="Species">0 hydrogen, 1 oxygen.</param>
/// <param name="Positions">x, y, z of every atom, Å.</param>
internal record Molecule(int[] Species, double[] Positions)
{
    public int Atoms => Species.Length;

    /// <summary>Electrons of the neutral molecule.</summary>
    public int Electrons => Species.Sum(AtomicNumber);

    public static int AtomicNumber(int species) => species == 0 ? 1 : 8;

    /// <exception cref="InvalidDataException">The element is neither hydrogen nor oxygen.</exception>
    public static int SpeciesOf(int atomicNumber) => atomicNumber switch
    {
        1 => 0,
        8 => 1,
        _ => throw new InvalidDataException($"Atomic number {atomicNumber} is neither hydrogen (1) nor oxygen (8)."),
    };

    public double[] PositionsInBohr() => [.. Positions.Select(p => p / Units.BohrInAngstrom)];
}

internal enum Split
{
    Train = 0,
    Validation = 1,
    Test = 2,
}

/// <summary>A molecule with its ab-initio density.</summary>
/// <param name="Index">Position in the file.</param>
/// <param name="Coefficients">[atom, 70] of the fitted density.</param>
/// <param name="Dipole">Of the fitted density and the nuclei, e·bohr.</param>
internal sealed record WaterSystem(
    int Index, Split Split, int Waters, int[] Species, double[] Positions, double[] Coefficients, double[] Dipole)
    : Molecule(Species, Positions)
{
    public string Name => $"system {Index} of the data set";
}

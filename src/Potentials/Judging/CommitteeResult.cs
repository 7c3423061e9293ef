namespace E3Gen.Potentials;

/// <summary>
/// Mean and spread of a committee's energies, forces and stresses, for G structures of N atoms together. Spreads are standard deviations over the n members, with n − 1 in the denominator.
/// </summary>
public sealed class CommitteeResult
{
    private readonly IReadOnlyList<double[]> _energies, _forces;

    internal CommitteeResult(int[] atoms, IReadOnlyList<double[]> energies, IReadOnlyList<double[]> forces, IReadOnlyList<double[]>? stresses)
    {
        (_energies, _forces, AtomCounts) = (energies, forces, atoms);
        Energies = Mean(energies);
        EnergySpread = [.. Deviation(energies, Energies).Select((s, g) => s / atoms[g])];
        Forces = Mean(forces);
        double[] components = Deviation(forces, Forces);
        ForceSpread = [.. components.Chunk(3).Select(f => Math.Sqrt((f[0] * f[0]) + (f[1] * f[1]) + (f[2] * f[2])))];
        if (stresses is null) return;
        Stresses = Mean(stresses);
        StressSpread = Deviation(stresses, Stresses);
    }

    /// <summary>Number of atoms of each structure: [G].</summary>
    public IReadOnlyList<int> AtomCounts { get; }

    /// <summary>Mean energies, eV: [G].</summary>
    public double[] Energies { get; }

    /// <summary>Standard deviation of the energy per atom, eV/atom: [G].</summary>
    public double[] EnergySpread { get; }

    /// <summary>Mean forces, eV/Å: [3N].</summary>
    public double[] Forces { get; }

    /// <summary>Standard deviation of the force on each atom, <c>√(Σ |F_k − F̄|² / (n − 1))</c>, eV/Å: [N].</summary>
    public double[] ForceSpread { get; }

    /// <summary>Mean stresses, eV/Å³: [9G], zeros of structures that are not periodic; null where not asked for.</summary>
    public double[]? Stresses { get; }

    /// <summary>Standard deviations of the components of the stresses, eV/Å³: [9G]; null where not asked for.</summary>
    public double[]? StressSpread { get; }

    /// <summary>What one member says: energies [G] and forces [3N].</summary>
    /// <param name="member">Its place.</param>
    /// <returns>Not copies.</returns>
    public (double[] Energies, double[] Forces) Of(int member) => (_energies[member], _forces[member]);

    /// <summary>Errors of the mean forces against reference ones beside their spread, atom by atom.</summary>
    /// <param name="forces">Reference forces, eV/Å: [3N].</param>
    /// <returns>Spreads, and lengths of the differences.</returns>
    /// <exception cref="ArgumentException">The number of forces does not fit.</exception>
    public ErrorAgainstSpread CompareForces(IReadOnlyList<double> forces)
    {
        ArgumentNullException.ThrowIfNull(forces);
        if (forces.Count != Forces.Length) throw new ArgumentException($"There are {forces.Count} components of forces; expected {Forces.Length}.", nameof(forces));
        double[] squares = [.. Forces.Select((f, i) => Math.Pow(f - forces[i], 2))];
        return new ErrorAgainstSpread(ForceSpread, [.. squares.Chunk(3).Select(s => Math.Sqrt(s.Sum()))]);
    }

    /// <summary>Errors of the mean energies against reference ones beside their spread, per atom.</summary>
    /// <param name="energies">Reference energies, eV: [G].</param>
    /// <returns>Spreads, and absolute errors, eV/atom.</returns>
    /// <exception cref="ArgumentException">The number of energies does not fit.</exception>
    public ErrorAgainstSpread CompareEnergies(IReadOnlyList<double> energies)
    {
        ArgumentNullException.ThrowIfNull(energies);
        if (energies.Count != Energies.Length) throw new ArgumentException($"There are {energies.Count} energies; expected {Energies.Length}.", nameof(energies));
        return new ErrorAgainstSpread(EnergySpread, [.. Energies.Select((e, g) => Math.Abs(e - energies[g]) / AtomCounts[g])]);
    }

    private static double[] Mean(IReadOnlyList<double[]> rows) => [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(r => r[i]))];

    private static double[] Deviation(IReadOnlyList<double[]> rows, double[] mean) =>
        [.. mean.Select((m, i) => Math.Sqrt(rows.Sum(r => Math.Pow(r[i] - m, 2)) / (rows.Count - 1)))];
}

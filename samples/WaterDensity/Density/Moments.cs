using WaterDensity.Systems;

namespace WaterDensity.Density;

/// <summary>Integrals of a density over all space, from its coefficients in closed form.</summary>
internal static class Moments
{
    /// <summary>∫ρ, the number of electrons: only scalars contribute.</summary>
    public static double Electrons(AuxiliaryBasis basis, int[] species, double[] coefficients)
    {
        double sum = 0;
        for (int atom = 0; atom < species.Length; atom++)
            sum += AtomElectrons(basis, species[atom], coefficients.AsSpan(AuxiliaryBasis.Columns * atom, AuxiliaryBasis.Columns));
        return sum;
    }

    /// <summary>
    /// Dipole moment of nuclei and electrons about the origin, Σ Z_A R_A − ∫ρ(r) r, in e·bohr. A function of degree 1 on atom A adds
    /// ∫φ (r − R_A) = norm (π/a)^{3/2} / (2a) along its own axis.
    /// </summary>
    public static double[] Dipole(AuxiliaryBasis basis, Molecule molecule, double[] coefficients)
    {
        double[] positions = molecule.PositionsInBohr();
        var dipole = new double[3];
        for (int atom = 0; atom < molecule.Atoms; atom++)
        {
            int species = molecule.Species[atom];
            ReadOnlySpan<double> c = coefficients.AsSpan(AuxiliaryBasis.Columns * atom, AuxiliaryBasis.Columns);
            double charge = Molecule.AtomicNumber(species) - AtomElectrons(basis, species, c);
            for (int axis = 0; axis < 3; axis++)
                dipole[axis] += charge * positions[3 * atom + axis];
            foreach (Shell shell in basis.Shells(species))
            {
                for (int axis = 0; shell.Degree == 1 && axis < 3; axis++)
                    dipole[axis] -= c[shell.Column + axis] * shell.Norm * Math.Pow(Math.PI / shell.Exponent, 1.5) / (2 * shell.Exponent);
            }
        }
        return dipole;
    }

    private static double AtomElectrons(AuxiliaryBasis basis, int species, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        for (int k = 0; k < AuxiliaryBasis.Multiplicities[0]; k++)
            sum += basis.Charges[species][k] * coefficients[k];
        return sum;
    }
}

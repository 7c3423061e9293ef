namespace WaterDensity.Density;

/// <summary>
/// The atom-centred Gaussians that the density is expanded in (def2-universal-jfit, decontracted), for hydrogen (species 0) and oxygen
/// (species 1): φ_k(d) = norm_k exp(−exponent_k d²) Y_k(d), d in bohr. Both species share one layout of 70 columns, 12x0e + 5x1o + 4x2e +
/// 2x3o + 1x4e; hydrogen fills only some of them, and the rest is padding with norm zero.
/// </summary>
internal sealed class AuxiliaryBasis
{
    public const string Irreps = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e";
    public const int Columns = 70;
    public const int SpeciesCount = 2;

    /// <summary>How often degree l = 0 … 4 occurs in the layout.</summary>
    public static readonly int[] Multiplicities = [12, 5, 4, 2, 1];

    private readonly Shell[][] _shells;

    /// <param name="exponents">[species, column], bohr⁻².</param>
    /// <param name="norms">[species, column], signed; zero marks padding.</param>
    /// <param name="isolatedCoefficients">[species, column], the isolated spherical atoms.</param>
    public AuxiliaryBasis(double[] exponents, double[] norms, double[] isolatedCoefficients)
    {
        IsolatedCoefficients = [isolatedCoefficients[..Columns], isolatedCoefficients[Columns..]];
        _shells = [ReadShells(exponents[..Columns], norms[..Columns]), ReadShells(exponents[Columns..], norms[Columns..])];
        Charges = [.. _shells.Select(ChargesOf)];
        Mask = [.. _shells.Select(MaskOf)];
    }

    /// <summary>Coefficients of the isolated, spherical, neutral atom of each species.</summary>
    public double[][] IsolatedCoefficients { get; }

    /// <summary>Electrons per unit coefficient, ∫φ_k = norm (π/exponent)^{3/2} for l = 0, else 0.</summary>
    public double[][] Charges { get; }

    /// <summary>Which columns a species uses.</summary>
    public bool[][] Mask { get; }

    /// <summary>Coefficients [atom, 70] of the superposition of isolated atoms.</summary>
    public double[] IsolatedAtoms(int[] species) => [.. species.SelectMany(z => IsolatedCoefficients[z])];

    public ReadOnlySpan<Shell> Shells(int species) => _shells[species];

    /// <summary>Column where degree l starts.</summary>
    public static int FirstColumn(int degree)
    {
        int column = 0;
        for (int l = 0; l < degree; l++)
            column += Multiplicities[l] * (2 * l + 1);
        return column;
    }

    /// <summary>
    /// ∫φ_i φ_j for two shells on one atom and equal m: with |Y_l(unit)|² summing to 1, the angular part is 4π/(2l+1) and the radial part
    /// ∫r^{2l+2} e^{−p r²} dr.
    /// </summary>
    public static double OneCentreOverlap(Shell a, Shell b)
    {
        double p = a.Exponent + b.Exponent;
        double radial = 0.25 * Math.Sqrt(Math.PI / p) / p;                      // ∫ r² e^{−p r²} dr
        for (int l = 0; l < a.Degree; l++)
            radial *= (2 * l + 3) / (2 * p);
        return 4 * Math.PI / (2 * a.Degree + 1) * a.Norm * b.Norm * radial;
    }

    /// <summary>[species, column]: a property of the shells, zero in padding.</summary>
    public double[] Table(Func<Shell, double> property)
    {
        var table = new double[SpeciesCount * Columns];
        for (int species = 0; species < SpeciesCount; species++)
        {
            foreach (Shell shell in _shells[species])
                Array.Fill(table, property(shell), species * Columns + shell.Column, shell.Size);
        }
        return table;
    }

    private static Shell[] ReadShells(double[] exponents, double[] norms)
    {
        var result = new List<Shell>();
        for (int l = 0, column = 0; l < Multiplicities.Length; l++)
        {
            for (int copy = 0; copy < Multiplicities[l]; copy++, column += 2 * l + 1)
            {
                if (norms[column] != 0)
                    result.Add(new Shell(l, copy, column, exponents[column], norms[column]));
            }
        }
        return [.. result];
    }

    private static double[] ChargesOf(Shell[] shells)
    {
        var charges = new double[Columns];
        foreach (Shell shell in shells.Where(s => s.Degree == 0))
            charges[shell.Column] = shell.Norm * Math.Pow(Math.PI / shell.Exponent, 1.5);
        return charges;
    }

    private static bool[] MaskOf(Shell[] shells)
    {
        var mask = new bool[Columns];
        foreach (Shell shell in shells)
            Array.Fill(mask, true, shell.Column, shell.Size);
        return mask;
    }
}

/// <summary>
/// One Gaussian shell: 2l+1 functions norm · e^{−exponent d²} Y_lm(d) from <paramref name="Column"/> on; <paramref name="Copy"/> counts the
/// shells of one degree.
/// </summary>
internal sealed record Shell(int Degree, int Copy, int Column, double Exponent, double Norm)
{
    public int Size => 2 * Degree + 1;
}

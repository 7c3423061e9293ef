namespace E3Gen;

/// <summary>Symbols of the chemical elements, for the compiler and at run time.</summary>
public static class ElementSymbols
{
    private static readonly string[] Symbols =
        ("X H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe "
        + "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr "
        + "Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og").Split(' ');

    /// <summary>All symbols by atomic number; that of 0 is X, a place without an element.</summary>
    public static IReadOnlyList<string> All => Symbols;

    /// <summary>The atomic number of a symbol, written as it should be.</summary>
    /// <param name="symbol">The symbol: H, He, …</param>
    /// <returns>1 to 118; 0 if it is none.</returns>
    public static int AtomicNumber(string symbol) => Math.Max(0, Array.IndexOf(Symbols, symbol));
}

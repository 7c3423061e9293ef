namespace E3Gen.Kernels;

/// <summary>The non-zero Wigner 3j coefficients of one coupling l1 × l2 → l3 in the real basis: <c>c[k] += Value · a[i] · b[j]</c>.</summary>
public sealed class Coupling
{
    /// <summary>Holds the coefficients.</summary>
    /// <param name="l1">Degree of the first factor.</param>
    /// <param name="l2">Degree of the second factor.</param>
    /// <param name="l3">Degree of the result.</param>
    /// <param name="terms">The non-zero coefficients.</param>
    public Coupling(int l1, int l2, int l3, params (int I, int J, int K, double Value)[] terms) => (L1, L2, L3, Terms) = (l1, l2, l3, terms);

    /// <summary>Degree of the first factor.</summary>
    public int L1 { get; }

    /// <summary>Degree of the second factor.</summary>
    public int L2 { get; }

    /// <summary>Degree of the result.</summary>
    public int L3 { get; }

    internal (int I, int J, int K, double Value)[] Terms { get; }
}

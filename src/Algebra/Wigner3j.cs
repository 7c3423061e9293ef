using System.Collections.Concurrent;
using System.Numerics;
using static E3Gen.Combinatorics;

namespace E3Gen;

/// <summary>
/// Exact Wigner 3j symbols in the real basis of e3nn (l = 1 is x, y, z with y the polar axis). The array w[i, j, k] is the only
/// invariant of three irreps, with unit norm: Σ w² = 1, and Σ_ij w[i,j,k] w[i,j,k′] = δ_kk′/(2l3+1).
/// So w(1,1,0)[i,j] = δ_ij/√3 and w(1,1,1)[i,j,k] = ε_ijk/√6.
/// </summary>
/// <remarks>
/// The complex symbols follow Racah's formula (Varshalovich, Moskalev, Khersonskii, <i>Quantum Theory of Angular Momentum</i>, 8.2.1).
/// Real components are combinations of m and −m, so a real entry is a sum of at most two complex ones, and those are equal up to sign:
/// each entry is a single <see cref="Surd"/>.
/// </remarks>
public static class Wigner3j
{
    /// <summary>The largest supported degree.</summary>
    public const int MaxL = 11;

    private static readonly ConcurrentDictionary<(int, int, int), CouplingTerm[]> Cache = new();

    /// <summary>The entry [m1Index, m2Index, m3Index].</summary>
    /// <param name="l1">First degree, 0 … <see cref="MaxL"/>.</param>
    /// <param name="l2">Second degree.</param>
    /// <param name="l3">Third degree, |l1−l2| … l1+l2.</param>
    /// <param name="m1Index">Component of the first irrep, 0 … 2·l1.</param>
    /// <param name="m2Index">Component of the second irrep, 0 … 2·l2.</param>
    /// <param name="m3Index">Component of the third irrep, 0 … 2·l3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A degree or an index out of range.</exception>
    /// <exception cref="ArgumentException">The degrees break the triangle rule.</exception>
    public static Surd Exact(int l1, int l2, int l3, int m1Index, int m2Index, int m3Index)
    {
        Check(l1, l2, l3);
        CheckIndex(m1Index, l1, nameof(m1Index));
        CheckIndex(m2Index, l2, nameof(m2Index));
        CheckIndex(m3Index, l3, nameof(m3Index));
        return Real(l1, l2, l3, m1Index - l1, m2Index - l2, m3Index - l3);
    }

    /// <summary>The non-zero entries, ordered by (I, J, K). Computed once, then shared between all callers and threads.</summary>
    /// <param name="l1">First degree, 0 … <see cref="MaxL"/>.</param>
    /// <param name="l2">Second degree.</param>
    /// <param name="l3">Third degree, |l1−l2| … l1+l2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A degree out of range.</exception>
    /// <exception cref="ArgumentException">The degrees break the triangle rule.</exception>
    public static IReadOnlyList<CouplingTerm> Nonzero(int l1, int l2, int l3)
    {
        Check(l1, l2, l3);
        // Concurrent threads may compute the same symbol twice; none waits for another.
        return Cache.GetOrAdd((l1, l2, l3), _ => ComputeNonzero(l1, l2, l3));
    }

    /// <summary>All entries, of shape [2·l1+1, 2·l2+1, 2·l3+1], to the nearest double.</summary>
    /// <param name="l1">First degree, 0 … <see cref="MaxL"/>.</param>
    /// <param name="l2">Second degree.</param>
    /// <param name="l3">Third degree, |l1−l2| … l1+l2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A degree out of range.</exception>
    /// <exception cref="ArgumentException">The degrees break the triangle rule.</exception>
    public static double[,,] Dense(int l1, int l2, int l3)
    {
        Check(l1, l2, l3);
        var dense = new double[2 * l1 + 1, 2 * l2 + 1, 2 * l3 + 1];
        foreach (CouplingTerm term in Nonzero(l1, l2, l3))
            dense[term.I, term.J, term.K] = term.ToDouble();
        return dense;
    }

    private static CouplingTerm[] ComputeNonzero(int l1, int l2, int l3)
    {
        var terms = new List<CouplingTerm>();
        for (int m1 = -l1; m1 <= l1; m1++)
        {
            for (int m2 = -l2; m2 <= l2; m2++)
            {
                for (int m3 = -l3; m3 <= l3; m3++)
                {
                    Surd value = Real(l1, l2, l3, m1, m2, m3);
                    if (value.Sign != 0)
                        terms.Add(new CouplingTerm(m1 + l1, m2 + l2, m3 + l3, value));
                }
            }
        }
        return [.. terms];
    }

    /// <summary>
    /// The real entry at components m1, m2, m3: the complex symbol summed over the signs of its m, weighted by the change of basis.
    /// </summary>
    private static Surd Real(int l1, int l2, int l3, int m1, int m2, int m3)
    {
        // Σ over n_i = ±m_i with n1 + n2 = n3 of Q1[n1,m1] Q2[n2,m2] conj(Q3[n3,m3]) C(n1,n2,n3). Each Q is a power of i, over √2 where
        // m ≠ 0. The choices come in pairs n, −n with C(−n) = (−1)^(l1+l2−l3) C(n): one C is enough, times the sum of the two units.
        int roots = (m1 == 0 ? 0 : 1) + (m2 == 0 ? 0 : 1) + (m3 == 0 ? 0 : 1);
        int a1 = Math.Abs(m1), a2 = Math.Abs(m2), a3 = Math.Abs(m3);
        int n1 = a1, n2, n3;
        if (a1 + a2 == a3)
            (n2, n3) = (a2, a3);
        else if (a1 == a2 + a3)
            (n2, n3) = (-a2, a3);
        else if (a2 == a1 + a3)
            (n2, n3) = (-a2, -a3);
        else
            return Surd.Zero;

        int unit = Phase(l1, n1, m1) + Phase(l2, n2, m2) - Phase(l3, n3, m3);
        if (roots == 0)
            return Multiply(Complex(l1, l2, l3, n1, n2, n3), RealPart(unit), 0);
        int mirrored = Phase(l1, -n1, m1) + Phase(l2, -n2, m2) - Phase(l3, -n3, m3) + 2 * (l1 + l2 - l3);
        int factor = RealPart(unit) + RealPart(mirrored);
        return factor == 0 ? Surd.Zero : Multiply(Complex(l1, l2, l3, n1, n2, n3), factor, roots);
    }

    // factor · value / √2^roots
    private static Surd Multiply(Surd value, int factor, int roots)
        => value * Surd.Rational(factor, 1) / Surd.Sqrt(BigInteger.One << roots);

    private static int RealPart(int powerOfI) => (powerOfI & 3) switch { 0 => 1, 2 => -1, _ => 0 };

    /// <summary>
    /// The exponent of i in the change of basis Q[n, m] between complex n = ±m and real m, without its 1/√2: (−i)^l times, for m &gt; 0,
    /// (−1)^n (n &gt; 0) or 1 (n &lt; 0), and for m &lt; 0, i(−1)^n (n &gt; 0) or −i (n &lt; 0).
    /// </summary>
    private static int Phase(int l, int n, int m)
    {
        int power = 3 * l;
        if (n > 0)
            power += 2 * n;
        if (m < 0)
            power += n > 0 ? 1 : 3;
        return power;
    }

    /// <summary>The Clebsch-Gordan coefficient ⟨l1 n1 l2 n2 | l3 n3⟩/√(2·l3+1) with n1 + n2 = n3.</summary>
    private static Surd Complex(int l1, int l2, int l3, int n1, int n2, int n3)
    {
        int a = l1 + l2 - l3, b = l1 - l2 + l3, c = -l1 + l2 + l3;
        BigInteger sum = BigInteger.Zero;
        for (int t = Math.Max(0, Math.Max(l1 - n1 - b, l2 + n2 - c)); t <= Math.Min(a, Math.Min(l1 - n1, l2 + n2)); t++)
        {
            BigInteger product = Binomial(a, t) * Binomial(b, l1 - n1 - t) * Binomial(c, l2 + n2 - t);
            sum += t % 2 == 0 ? product : -product;
        }
        BigInteger above = Factorial(l1 + n1) * Factorial(l1 - n1) * Factorial(l2 + n2) * Factorial(l2 - n2)
            * Factorial(l3 + n3) * Factorial(l3 - n3);
        BigInteger below = Factorial(l1 + l2 + l3 + 1) * Factorial(a) * Factorial(b) * Factorial(c);
        return Surd.Rational(sum, 1) * Surd.Sqrt(above, below);
    }

    private static void Check(int l1, int l2, int l3)
    {
        CheckDegree(l1, nameof(l1));
        CheckDegree(l2, nameof(l2));
        CheckDegree(l3, nameof(l3));
        if (l3 < Math.Abs(l1 - l2) || l3 > l1 + l2)
            throw new ArgumentException(
                $"There is no 3j symbol ({l1}, {l2}, {l3}): l3 must be from |l1 - l2| = {Math.Abs(l1 - l2)} to l1 + l2 = {l1 + l2}.",
                nameof(l3));
    }

    private static void CheckDegree(int l, string name)
    {
        if (l is < 0 or > MaxL)
            throw new ArgumentOutOfRangeException(name, l, $"3j symbols are available for degrees 0 to {MaxL}, not for {name} = {l}.");
    }

    private static void CheckIndex(int index, int l, string name)
    {
        if (index < 0 || index > 2 * l)
            throw new ArgumentOutOfRangeException(name, index, $"An irrep of degree {l} has components 0 to {2 * l}, not {index}.");
    }
}

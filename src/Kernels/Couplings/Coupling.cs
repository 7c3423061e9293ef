using System.ComponentModel;
using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// One coupling l1 × l2 → l3 in the real basis: the non-zero Wigner 3j coefficients, <c>c[k] += Value · a[i] · b[j]</c>, and the loops that
/// apply them on the CPU. Generated couplings bring unrolled loops; this class alone walks its table.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class Coupling
{
    /// <summary>Holds the coefficients.</summary>
    /// <param name="l1">Degree of the first factor.</param>
    /// <param name="l2">Degree of the second factor.</param>
    /// <param name="l3">Degree of the result.</param>
    /// <param name="terms">The non-zero coefficients.</param>
    public Coupling(int l1, int l2, int l3, params (int I, int J, int K, double Value)[] terms) =>
        (L1, L2, L3, Terms) = (l1, l2, l3, terms);

    /// <summary>Degree of the first factor.</summary>
    public int L1 { get; }

    /// <summary>Degree of the second factor.</summary>
    public int L2 { get; }

    /// <summary>Degree of the result.</summary>
    public int L3 { get; }

    internal (int I, int J, int K, double Value)[] Terms { get; }

    /// <summary>The loops for a number type and a kind of lanes.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TPack">What a step of the loops handles.</typeparam>
    public virtual CouplingKernel<T> Kernel<T, TPack>()
        where T : unmanaged, INumber<T>
        where TPack : struct, IPack<TPack, T> => new TableKernel<T, TPack>(this);
}

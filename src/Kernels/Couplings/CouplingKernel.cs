using System.ComponentModel;
using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// The four loops of one coupling l1 × l2 → l3, from which every derivative of every operation is built. Contracting the
/// Wigner 3j symbol C with y gives the coupling matrix <c>M[k,i] = Σ_j C[i,j,k] y[j]</c>, of which only non-zero entries
/// are stored, equal ones once. Features are arrays <c>x[i,u]</c> with the copies u side by side. Counts of lanes are multiples of
/// the pack's; padding must be zero.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CouplingKernel<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Number of different entries of M.</summary>
    public abstract int Entries { get; }

    /// <summary><c>M = scale · C·y</c>, for <see cref="Vector{T}.Count"/> rows side by side.</summary>
    /// <param name="y">[2·l2+1, rows].</param>
    /// <param name="m">[entries, rows].</param>
    /// <param name="scale">The factor.</param>
    public abstract void Matrix(ref T y, ref T m, T scale);

    /// <summary><c>z[k,u] += Σ_i M[k,i] w[u] x[i,u]</c>.</summary>
    /// <param name="x">[2·l1+1, stride].</param>
    /// <param name="m">M, at its row.</param>
    /// <param name="w">[stride].</param>
    /// <param name="z">[2·l3+1, stride].</param>
    /// <param name="stride">Lanes of a component.</param>
    /// <param name="from">First lane.</param>
    /// <param name="to">End of the lanes.</param>
    public abstract void Forward(ref T x, ref T m, ref T w, ref T z, nint stride, nint from, nint to);

    /// <summary>With <c>t[i,u] = Σ_k M[k,i] g[k,u]</c>: <c>gx[i,u] += w[u] t[i,u]</c> and <c>gw[u] = Σ_i x[i,u] t[i,u]</c>.</summary>
    /// <param name="x">[2·l1+1, stride].</param>
    /// <param name="m">M, at its row.</param>
    /// <param name="w">[stride].</param>
    /// <param name="g">Cotangent of z, [2·l3+1, stride].</param>
    /// <param name="gx">Cotangent of x, added to.</param>
    /// <param name="gw">Cotangent of w, overwritten.</param>
    /// <param name="stride">Lanes of a component.</param>
    /// <param name="from">First lane.</param>
    /// <param name="to">End of the lanes.</param>
    public abstract void Gradient(ref T x, ref T m, ref T w, ref T g, ref T gx, ref T gw, nint stride, nint from, nint to);

    /// <summary>
    /// <c>gy[j] += scale · Σ_ik C[i,j,k] Σ_u g[k,u] w[u] x[i,u]</c>, with the sum over u left as one partial sum per lane of a vector.
    /// </summary>
    /// <param name="x">[2·l1+1, stride].</param>
    /// <param name="w">[stride].</param>
    /// <param name="g">Cotangent of z, [2·l3+1, stride].</param>
    /// <param name="gy">Cotangent of y, [2·l2+1, lanes], added to.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="stride">Lanes of a component.</param>
    /// <param name="from">First lane.</param>
    /// <param name="to">End of the lanes.</param>
    public abstract void GradientY(ref T x, ref T w, ref T g, ref T gy, T scale, nint stride, nint from, nint to);
}

using System.Collections.Concurrent;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
    private static readonly ConcurrentDictionary<int, ConstantTable> WignerSteps = new();

    /// <summary>
    /// Wigner 3j symbol in e3nn's real basis, as a tensor [2·l1+1, 2·l2+1, 2·l3+1] of norm 1;
    /// exact numbers in <see cref="E3Gen.Wigner3j"/>.
    /// </summary>
    /// <param name="l1">First degree, 0 … 11.</param>
    /// <param name="l2">Second degree.</param>
    /// <param name="l3">Third degree, |l1−l2| … l1+l2.</param>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make it; the CPU where null.</param>
    /// <exception cref="ArgumentException">A degree beyond 11, or degrees that break the triangle rule.</exception>
    public static Tensor Wigner3j(int l1, int l2, int l3, ScalarType? dtype = null, Device? device = null)
        => tensor(E3Gen.Wigner3j.Dense(l1, l2, l3), dtype ?? get_default_dtype(), device);

    /// <summary>
    /// The matrix by which an element of O(3) acts on an irrep: [..., 3, 3] → [..., 2l+1, 2l+1], with Y_l(R r) = D(R) Y_l(r). Polynomial
    /// in R, so differentiable everywhere.
    /// </summary>
    /// <param name="irrep">The irrep, l up to 11.</param>
    /// <param name="matrix">Orthogonal matrices: rotations, or rotations times inversion (determinant −1).</param>
    /// <exception cref="ArgumentException">Not orthogonal 3×3 matrices, or a degree beyond 11.</exception>
    public static Tensor WignerD(Irrep irrep, Tensor matrix)
    {
        using var scope = NewDisposeScope();
        CheckOrthogonal(matrix, nameof(matrix));
        CheckDegree(irrep.L);
        ScalarType type = Widen(ref matrix);
        return HalfPrecision.Return(WithParity(irrep, WignerPowers(irrep.L, matrix)[irrep.L], matrix), type);
    }

    /// <summary>The block-diagonal matrix by which an element of O(3) acts on irreps: [..., 3, 3] → [..., dim, dim].</summary>
    /// <param name="irreps">The irreps, l up to 11.</param>
    /// <param name="matrix">Orthogonal matrices: rotations, or rotations times inversion (determinant −1).</param>
    /// <exception cref="ArgumentException">Not orthogonal 3×3 matrices, or a degree beyond 11.</exception>
    public static Tensor WignerD(Irreps irreps, Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        using var scope = NewDisposeScope();
        CheckOrthogonal(matrix, nameof(matrix));
        int lmax = irreps.Count == 0 ? 0 : irreps.Max(entry => entry.Irrep.L);
        CheckDegree(lmax);
        ScalarType type = Widen(ref matrix);
        Tensor[] powers = WignerPowers(lmax, matrix);
        long[] batch = matrix.shape[..^2];
        Tensor result = zeros([.. batch, irreps.Dim, irreps.Dim], matrix.dtype, matrix.device);
        for (int i = 0; i < irreps.Count; i++)
        {
            ((int copies, Irrep irrep), IrrepsSlice at) = (irreps[i], irreps.Slices[i]);
            if (copies == 0)
                continue;
            // 1 ⊗ D: the same block for every copy.
            Tensor copy = eye(copies, dtype: matrix.dtype, device: matrix.device);
            Tensor block = Kronecker(copy, WithParity(irrep, powers[irrep.L], matrix));
            result.narrow(-2, at.Offset, at.Length).narrow(-1, at.Offset, at.Length).copy_(block);
        }
        return HalfPrecision.Return(result, type);
    }

    /// <summary>The action of a rotation given by angles on an irrep: [...] each → [..., 2l+1, 2l+1].</summary>
    /// <param name="irrep">The irrep, l up to 11.</param>
    /// <param name="alpha">Radians; R = R_y(α) R_x(β) R_y(γ).</param>
    /// <param name="beta">Radians.</param>
    /// <param name="gamma">Radians.</param>
    public static Tensor WignerD(Irrep irrep, Tensor alpha, Tensor beta, Tensor gamma)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta, ref gamma);
        return HalfPrecision.Return(WignerD(irrep, AnglesToMatrix(alpha, beta, gamma)), type);
    }

    /// <summary>The action of a rotation given by angles on irreps: [...] each → [..., dim, dim].</summary>
    /// <param name="irreps">The irreps, l up to 11.</param>
    /// <param name="alpha">Radians; R = R_y(α) R_x(β) R_y(γ).</param>
    /// <param name="beta">Radians.</param>
    /// <param name="gamma">Radians.</param>
    public static Tensor WignerD(Irreps irreps, Tensor alpha, Tensor beta, Tensor gamma)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta, ref gamma);
        return HalfPrecision.Return(WignerD(irreps, AnglesToMatrix(alpha, beta, gamma)), type);
    }

    /// <summary>
    /// Generators of the rotations about x, y and z on degree l: real antisymmetric [3, 2l+1, 2l+1] with
    /// D(rotation by φ about axis a) = exp(φ G_a), as e3nn's <c>so3_generators</c>.
    /// </summary>
    /// <param name="l">Degree, 0 … 11.</param>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make them; the CPU where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A degree beyond 11.</exception>
    public static Tensor Generators(int l, ScalarType? dtype = null, Device? device = null)
    {
        CheckDegree(l);
        using var scope = NewDisposeScope();
        ScalarType type = dtype ?? get_default_dtype();
        if (l == 0)
            return zeros([3, 1, 1], type, device).MoveToOuterDisposeScope();
        // The only coupling of l ⊗ 1 to l; Σ_a G_a² = −l(l+1) fixes its size.
        Tensor coupling = Wigner3j(l, 1, l, float64) * Math.Sqrt(l * (l + 1.0) * (2 * l + 1));
        return coupling.permute(1, 0, 2).contiguous().to(type).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// D_0 … D_lmax of the irreps with the parity of vectors' harmonics (0e, 1o, 2e, …), for which D_1 is the matrix itself and D_l is the
    /// part of degree l of D_(l−1) ⊗ R: homogeneous of degree l in R, hence also correct for inversion.
    /// </summary>
    private static Tensor[] WignerPowers(int lmax, Tensor matrix)
    {
        var powers = new Tensor[lmax + 1];
        powers[0] = ones_like(matrix.narrow(-1, 0, 1).narrow(-2, 0, 1));
        for (int l = 1; l <= lmax; l++)
        {
            // The columns of √(2l+1)·w(l−1,1,l) are orthonormal.
            Tensor step = WignerSteps.GetOrAdd(l, static degree => PortableHarmonics.Step(degree, Math.Sqrt(2 * degree + 1))).Like(matrix);
            powers[l] = matmul(matmul(step.t(), Kronecker(powers[l - 1], matrix)), step);
        }
        return powers;
    }

    /// <summary>The irrep of the other parity differs by the determinant.</summary>
    private static Tensor WithParity(Irrep irrep, Tensor natural, Tensor matrix)
        => irrep.Parity == (irrep.L % 2 == 0 ? 1 : -1) ? natural : natural * Determinant(matrix).sign();

    private static void CheckDegree(int l)
    {
        if (l is < 0 or > E3Gen.Wigner3j.MaxL)
        {
            throw new ArgumentOutOfRangeException(
                nameof(l), l, $"Wigner D matrices are available for degrees 0 to {E3Gen.Wigner3j.MaxL}, not for l = {l}.");
        }
    }

    /// <summary>a ⊗ b of the last two axes; the leading ones broadcast.</summary>
    private static Tensor Kronecker(Tensor a, Tensor b)
    {
        Tensor product = a.unsqueeze(-1).unsqueeze(-3) * b.unsqueeze(-2).unsqueeze(-4);
        return product.flatten(-2, -1).flatten(-3, -2);
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
    /// <summary>
    /// The unitary matrix U, [2l+1, 2l+1], complex, that makes complex harmonics of real ones: Y_complex = U Y_real. Rows and columns are m = −l … l.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Complex harmonics are those of quantum mechanics with the Condon-Shortley phase, Y_l^m = (−1)^m √((2l+1)/4π · (l−m)!/(l+m)!) P_lm(cos β) e^imα for m ≥ 0 and
    /// Y_l^−m = (−1)^m (Y_l^m)*, about the polar axis y with α from z towards x: textbooks' (x, y, z) are (z, x, y) here. With real harmonics
    /// Y_l,m ~ cos mα and Y_l,−m ~ sin mα this is, for m > 0, Y_l^m = (−1)^m (Y_l,m + i Y_l,−m)/√2 and Y_l^−m = (Y_l,m − i Y_l,−m)/√2. U keeps lengths: any
    /// normalisation of real harmonics gives that of complex ones.
    /// </para>
    /// <para>
    /// U D(R) U† of <see cref="WignerD(Irrep, Tensor)"/> acts on complex harmonics: Y_complex(R r) = U D(R) U† Y_complex(r), with elements e^im′α d_m′m(β) e^imγ for
    /// R = R_y(α) R_x(β) R_y(γ). A signal Σ f_m Y_m with real coefficients f has the complex ones f* = conj(U) f; these turn by conj(U) D(R) conj(U)†, whose
    /// elements e^−im′α d_m′m(β) e^−imγ are the textbooks' Wigner D. (e3nn's own <c>change_basis_real_to_complex</c> has another factor, (−i)^l.)
    /// </para>
    /// </remarks>
    /// <param name="l">Degree, 0 or more.</param>
    /// <param name="dtype">complex64 or complex128; what fits torch's default type where null.</param>
    /// <param name="device">Where to make it; the CPU where null.</param>
    /// <exception cref="ArgumentException">A negative degree, or a type that is not complex.</exception>
    public static Tensor RealToComplex(int l, ScalarType? dtype = null, Device? device = null)
    {
        CheckAngularDegree(l, nameof(l));
        ScalarType type = dtype ?? (get_default_dtype() == ScalarType.Float64 ? ScalarType.ComplexFloat64 : ScalarType.ComplexFloat32);
        if (type is not (ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
            throw new ArgumentException($"The matrix is complex: its type is complex64 or complex128, not {type}.", nameof(dtype));
        int size = (2 * l) + 1;
        double[,] real = new double[size, size], imaginary = new double[size, size];
        real[l, l] = 1;
        double half = Math.Sqrt(0.5);
        for (int m = 1; m <= l; m++)
        {
            double sign = m % 2 == 0 ? half : -half;
            (real[l + m, l + m], imaginary[l + m, l - m]) = (sign, sign);
            (real[l - m, l + m], imaginary[l - m, l - m]) = (half, -half);
        }
        using var scope = NewDisposeScope();
        return complex(tensor(real, float64), tensor(imaginary, float64)).to(type).to(device ?? CPU).MoveToOuterDisposeScope();
    }

    /// <summary>The inverse U† of <see cref="RealToComplex"/>: Y_real = U† Y_complex.</summary>
    /// <inheritdoc cref="RealToComplex"/>
    public static Tensor ComplexToReal(int l, ScalarType? dtype = null, Device? device = null)
    {
        using var scope = NewDisposeScope();
        return RealToComplex(l, dtype, device).t().conj().resolve_conj().MoveToOuterDisposeScope();
    }
}

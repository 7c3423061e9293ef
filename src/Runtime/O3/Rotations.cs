using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// The group O(3) of rotations and inversion: its parametrisations, irreps (Wigner D), their couplings (Wigner 3j), spherical harmonics.
/// </summary>
/// <remarks>
/// Conventions are e3nn's. A rotation is a matrix R [..., 3, 3] acting on columns (x, y, z); or angles (α, β, γ) in radians with
/// R = R_y(α) R_x(β) R_y(γ); or a unit quaternion [..., 4] in the order (w, x, y, z), of which q and −q are the same rotation; or an axis
/// [..., 3] and an angle. All functions take any leading axes, which broadcast, and are differentiable where the parametrisation is.
/// float16 and bfloat16 are computed in float32 and rounded at the end.
/// </remarks>
public static partial class O3
{
    // Named scalars: an implicit conversion makes a temporary that the garbage collector may take during the native call.
    private static readonly Scalar Zero = 0, One = 1, Two = 2, Half = 0.5;

    /// <summary>Rotation about x: [...] → [..., 3, 3].</summary>
    /// <param name="angle">Radians.</param>
    public static Tensor MatrixX(Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref angle);
        Tensor c = angle.cos(), s = angle.sin(), one = ones_like(angle), zero = zeros_like(angle);
        return HalfPrecision.Return(Matrix(one, zero, zero, zero, c, -s, zero, s, c), type);
    }

    /// <summary>Rotation about y, the polar axis: [...] → [..., 3, 3].</summary>
    /// <param name="angle">Radians.</param>
    public static Tensor MatrixY(Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref angle);
        Tensor c = angle.cos(), s = angle.sin(), one = ones_like(angle), zero = zeros_like(angle);
        return HalfPrecision.Return(Matrix(c, zero, s, zero, one, zero, -s, zero, c), type);
    }

    /// <summary>Rotation about z: [...] → [..., 3, 3].</summary>
    /// <param name="angle">Radians.</param>
    public static Tensor MatrixZ(Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref angle);
        Tensor c = angle.cos(), s = angle.sin(), one = ones_like(angle), zero = zeros_like(angle);
        return HalfPrecision.Return(Matrix(c, -s, zero, s, c, zero, zero, zero, one), type);
    }

    /// <summary>Angles (0, 0, 0), each [batch...], of no rotation.</summary>
    /// <param name="batch">Leading axes; null or empty for a single one.</param>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make them; the CPU where null.</param>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) IdentityAngles(long[]? batch = null, ScalarType? dtype = null, Device? device = null)
        => (zeros(batch ?? [], dtype, device), zeros(batch ?? [], dtype, device), zeros(batch ?? [], dtype, device));

    /// <summary>The quaternion (1, 0, 0, 0) of no rotation: [batch..., 4].</summary>
    /// <inheritdoc cref="IdentityAngles"/>
    public static Tensor IdentityQuaternion(long[]? batch = null, ScalarType? dtype = null, Device? device = null)
    {
        using var scope = NewDisposeScope();
        Tensor one = tensor(new[] { 1.0, 0, 0, 0 }, dtype ?? get_default_dtype(), device);
        return one.expand([.. batch ?? [], 4]).clone().MoveToOuterDisposeScope();
    }

    /// <summary>Angles of the rotation R_1 R_2 (first the second one).</summary>
    /// <param name="first">Angles of R_1, each [...].</param>
    /// <param name="second">Angles of R_2, each [...].</param>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) ComposeAngles(
        (Tensor Alpha, Tensor Beta, Tensor Gamma) first, (Tensor Alpha, Tensor Beta, Tensor Gamma) second)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref first.Alpha, ref first.Beta, ref first.Gamma), other = Widen(ref second.Alpha, ref second.Beta, ref second.Gamma);
        Tensor product = Product(
            AnglesToMatrix(first.Alpha, first.Beta, first.Gamma), AnglesToMatrix(second.Alpha, second.Beta, second.Gamma));
        return Keep(MatrixToAngles(product), promote_types(type, other));
    }

    /// <summary>Hamilton's product q_1 q_2, the quaternion of R_1 R_2.</summary>
    /// <param name="first">[..., 4].</param>
    /// <param name="second">[..., 4].</param>
    public static Tensor ComposeQuaternion(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref first, ref second);
        (Tensor w1, Tensor x1, Tensor y1, Tensor z1) = Quaternion(first, nameof(first));
        (Tensor w2, Tensor x2, Tensor y2, Tensor z2) = Quaternion(second, nameof(second));
        return HalfPrecision.Return(stack([
            w1 * w2 - x1 * x2 - y1 * y2 - z1 * z2,
            (w1 * x2).Plus(x1 * w2).Plus(y1 * z2) - z1 * y2,
            (w1 * y2 - x1 * z2).Plus(y1 * w2).Plus(z1 * x2),
            ((w1 * z2).Plus(x1 * y2) - y1 * x2).Plus(z1 * w2)], -1), type);
    }

    /// <summary>Axis and angle of the rotation R_1 R_2.</summary>
    /// <param name="first">Axis [..., 3] and angle [...] of R_1.</param>
    /// <param name="second">Axis [..., 3] and angle [...] of R_2.</param>
    public static (Tensor Axis, Tensor Angle) ComposeAxisAngle((Tensor Axis, Tensor Angle) first, (Tensor Axis, Tensor Angle) second)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref first.Axis, ref first.Angle), other = Widen(ref second.Axis, ref second.Angle);
        Tensor product = ComposeQuaternion(AxisAngleToQuaternion(first.Axis, first.Angle), AxisAngleToQuaternion(second.Axis, second.Angle));
        return Keep(QuaternionToAxisAngle(product), promote_types(type, other));
    }

    /// <summary>Angles of the inverse rotation: (−γ, −β, −α).</summary>
    /// <param name="alpha">[...].</param>
    /// <param name="beta">[...].</param>
    /// <param name="gamma">[...].</param>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) InverseAngles(Tensor alpha, Tensor beta, Tensor gamma)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentNullException.ThrowIfNull(beta);
        ArgumentNullException.ThrowIfNull(gamma);
        return (-gamma, -beta, -alpha);
    }

    /// <summary>The quaternion of the inverse rotation: (w, −x, −y, −z).</summary>
    /// <param name="quaternion">[..., 4], of length 1.</param>
    public static Tensor InverseQuaternion(Tensor quaternion)
    {
        using var scope = NewDisposeScope();
        (Tensor w, Tensor x, Tensor y, Tensor z) = Quaternion(quaternion, nameof(quaternion));
        return stack([w, -x, -y, -z], -1).MoveToOuterDisposeScope();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

// Between matrices, angles, quaternions, axes and angles. Angles are computed from both sine and cosine: near ±1 the error of an arc cosine
// grows to the square root of the precision.
public static partial class O3
{
    /// <summary>R = R_y(α) R_x(β) R_y(γ): [...] each → [..., 3, 3].</summary>
    /// <param name="alpha">Radians.</param>
    /// <param name="beta">Radians.</param>
    /// <param name="gamma">Radians.</param>
    public static Tensor AnglesToMatrix(Tensor alpha, Tensor beta, Tensor gamma)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta, ref gamma);
        return HalfPrecision.Return(Product(Product(MatrixY(alpha), MatrixX(beta)), MatrixY(gamma)), type);
    }

    /// <summary>
    /// The angles of a rotation: α, γ in (−π, π], β in [0, π]. Where β is 0 or π only α ± γ is determined, and there is no gradient.
    /// </summary>
    /// <param name="matrix">Rotations [..., 3, 3].</param>
    /// <exception cref="ArgumentException">Not rotations: another shape, not orthogonal, or determinant −1.</exception>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) MatrixToAngles(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        CheckRotation(matrix, nameof(matrix));
        ScalarType type = Widen(ref matrix);
        // R maps the polar axis to the point of the sphere at (α, β); what is left after undoing that is R_y(γ).
        (Tensor alpha, Tensor beta) = XyzToAngles(matrix.select(-1, 1));
        Tensor rest = matmul(matmul(MatrixY(alpha), MatrixX(beta)).transpose(-1, -2), matrix);
        Tensor gamma = Entry(rest, 0, 2).atan2(Entry(rest, 0, 0));
        return Keep((alpha, beta, gamma), type);
    }

    /// <summary>The rotation of a quaternion, which is normalised first: [..., 4] → [..., 3, 3].</summary>
    /// <param name="quaternion">(w, x, y, z), not 0.</param>
    public static Tensor QuaternionToMatrix(Tensor quaternion)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref quaternion);
        (Tensor w, Tensor x, Tensor y, Tensor z) = Quaternion(Unit(quaternion), nameof(quaternion));
        Tensor ww = w * w, xx = x * x, yy = y * y, zz = z * z;
        return HalfPrecision.Return(Matrix(
            ww.Plus(xx) - yy - zz, Two * (x * y - w * z), Two * (x * z).Plus(w * y),
            Two * (x * y).Plus(w * z), (ww - xx).Plus(yy) - zz, Two * (y * z - w * x),
            Two * (x * z - w * y), Two * (y * z).Plus(w * x), (ww - xx - yy).Plus(zz)), type);
    }

    /// <summary>The quaternion with w ≥ 0 of a rotation: [..., 3, 3] → [..., 4].</summary>
    /// <param name="matrix">Rotations [..., 3, 3].</param>
    /// <exception cref="ArgumentException">Not rotations: another shape, not orthogonal, or determinant −1.</exception>
    public static Tensor MatrixToQuaternion(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        CheckRotation(matrix, nameof(matrix));
        ScalarType type = Widen(ref matrix);
        return HalfPrecision.Return(QuaternionOf(matrix), type);
    }

    private static Tensor QuaternionOf(Tensor matrix)
    {
        Tensor xx = Entry(matrix, 0, 0), yy = Entry(matrix, 1, 1), zz = Entry(matrix, 2, 2), one = ones_like(xx);
        Tensor odd = matrix - matrix.transpose(-1, -2), even = matrix.Plus(matrix.transpose(-1, -2));
        Tensor wx = Entry(odd, 2, 1), wy = Entry(odd, 0, 2), wz = Entry(odd, 1, 0);
        Tensor xy = Entry(even, 1, 0), xz = Entry(even, 0, 2), yz = Entry(even, 2, 1);
        // 4 q qᵀ. Every row is the quaternion times a number: the row of the largest component loses nothing (Shepperd 1978).
        Tensor outer = stack([
            stack([one.Plus(xx).Plus(yy).Plus(zz), wx, wy, wz], -1),
            stack([wx, one.Plus(xx) - yy - zz, xy, xz], -1),
            stack([wy, xy, (one - xx).Plus(yy) - zz, yz], -1),
            stack([wz, xz, yz, (one - xx - yy).Plus(zz)], -1)], -2);
        Tensor largest = outer.diagonal(0, -2, -1).argmax(-1, keepdim: true).unsqueeze(-1);
        Tensor quaternion = Unit(outer.take_along_dim(largest, -2).squeeze(-2));
        return where(quaternion.narrow(-1, 0, 1).lt(Zero), -quaternion, quaternion);
    }

    /// <summary>(cos φ/2, n sin φ/2) for the axis n, which is normalised first: [..., 3], [...] → [..., 4].</summary>
    /// <param name="axis">[..., 3], not 0.</param>
    /// <param name="angle">φ in radians, [...].</param>
    public static Tensor AxisAngleToQuaternion(Tensor axis, Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref axis, ref angle);
        CheckVectors(axis, nameof(axis));
        Tensor half = (Half * angle).unsqueeze(-1);
        Tensor vector = Unit(axis) * half.sin();
        Tensor scalar = half.cos().expand([.. vector.shape[..^1], 1]);
        return HalfPrecision.Return(cat([scalar, vector], -1), type);
    }

    /// <summary>Axis [..., 3] and angle [...] in [0, 2π] ([0, π] where w ≥ 0). The axis of no rotation is the zero vector.</summary>
    /// <param name="quaternion">(w, x, y, z), [..., 4].</param>
    public static (Tensor Axis, Tensor Angle) QuaternionToAxisAngle(Tensor quaternion)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref quaternion);
        CheckQuaternion(quaternion, nameof(quaternion));
        Tensor vector = quaternion.narrow(-1, 1, 3);
        Tensor angle = Two * Length(vector).atan2(quaternion.narrow(-1, 0, 1)).squeeze(-1);
        return Keep((Unit(vector), angle), type);
    }

    /// <summary>Rotation about an axis: [..., 3], [...] → [..., 3, 3].</summary>
    /// <inheritdoc cref="AxisAngleToQuaternion"/>
    public static Tensor AxisAngleToMatrix(Tensor axis, Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref axis, ref angle);
        return HalfPrecision.Return(QuaternionToMatrix(AxisAngleToQuaternion(axis, angle)), type);
    }

    /// <summary>Axis [..., 3] and angle [...] in [0, π] of a rotation. The axis of no rotation is the zero vector.</summary>
    /// <inheritdoc cref="MatrixToQuaternion"/>
    public static (Tensor Axis, Tensor Angle) MatrixToAxisAngle(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        CheckRotation(matrix, nameof(matrix));
        ScalarType type = Widen(ref matrix);
        return Keep(QuaternionToAxisAngle(QuaternionOf(matrix)), type);
    }

    /// <summary>The quaternion of three angles: [...] each → [..., 4]; smooth in the angles, hence of either sign.</summary>
    /// <inheritdoc cref="AnglesToMatrix"/>
    public static Tensor AnglesToQuaternion(Tensor alpha, Tensor beta, Tensor gamma)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta, ref gamma);
        Tensor x = tensor(new[] { 1.0, 0, 0 }, beta.dtype, beta.device), y = tensor(new[] { 0, 1.0, 0 }, beta.dtype, beta.device);
        Tensor first = AxisAngleToQuaternion(y, alpha), second = AxisAngleToQuaternion(x, beta), third = AxisAngleToQuaternion(y, gamma);
        return HalfPrecision.Return(ComposeQuaternion(first, ComposeQuaternion(second, third)), type);
    }

    /// <summary>The angles of a quaternion's rotation; see <see cref="MatrixToAngles"/>.</summary>
    /// <param name="quaternion">(w, x, y, z), [..., 4], not 0.</param>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) QuaternionToAngles(Tensor quaternion)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref quaternion);
        return Keep(MatrixToAngles(QuaternionToMatrix(quaternion)), type);
    }

    /// <summary>Axis [..., 3] and angle [...] of three angles.</summary>
    /// <inheritdoc cref="AnglesToMatrix"/>
    public static (Tensor Axis, Tensor Angle) AnglesToAxisAngle(Tensor alpha, Tensor beta, Tensor gamma)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta, ref gamma);
        return Keep(MatrixToAxisAngle(AnglesToMatrix(alpha, beta, gamma)), type);
    }

    /// <summary>The three angles of a rotation about an axis; see <see cref="MatrixToAngles"/>.</summary>
    /// <inheritdoc cref="AxisAngleToQuaternion"/>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) AxisAngleToAngles(Tensor axis, Tensor angle)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref axis, ref angle);
        return Keep(MatrixToAngles(AxisAngleToMatrix(axis, angle)), type);
    }

    /// <summary>The point of the unit sphere at the angles: (sin β sin α, cos β, sin β cos α), [...] each → [..., 3].</summary>
    /// <param name="alpha">Longitude, from z towards x.</param>
    /// <param name="beta">Angle to the polar axis y.</param>
    public static Tensor AnglesToXyz(Tensor alpha, Tensor beta)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref alpha, ref beta);
        Tensor sin = beta.sin();
        Tensor[] xyz = [.. broadcast_tensors(sin * alpha.sin(), beta.cos(), sin * alpha.cos())];
        return HalfPrecision.Return(stack(xyz, -1), type);
    }

    /// <summary>
    /// The direction of vectors of any length: α in (−π, π], β in [0, π]; [..., 3] → [...] each. No gradient on the polar axis.
    /// </summary>
    /// <param name="vectors">[..., 3].</param>
    public static (Tensor Alpha, Tensor Beta) XyzToAngles(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        ScalarType type = Widen(ref vectors);
        CheckVectors(vectors, nameof(vectors));
        Tensor x = vectors.select(-1, 0), y = vectors.select(-1, 1), z = vectors.select(-1, 2);
        Tensor alpha = x.atan2(z), beta = (x * x).Plus(z * z).sqrt().atan2(y);
        return Keep((alpha, beta), type);
    }
}

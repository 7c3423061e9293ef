using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

// Rotations of the Haar measure, which no rotation before or after them changes, in every parametrisation.
public static partial class O3
{
    private static readonly Scalar FullTurn = 2 * Math.PI;

    /// <summary>
    /// Uniformly distributed rotations (Haar measure) as unit quaternions [batch..., 4]: normalised Gaussian vectors (Muller 1959).
    /// </summary>
    /// <param name="batch">Leading axes; null or empty for a single one.</param>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make them; the CPU where null.</param>
    /// <param name="generator">Source of randomness, for reproducible results; torch's global one where null.</param>
    public static Tensor RandomQuaternion(
        long[]? batch = null, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        Tensor random = randn([.. batch ?? [], 4], dtype, device, generator: generator);
        ScalarType type = Widen(ref random);
        return HalfPrecision.Return(Unit(random), type);
    }

    /// <summary>Uniformly distributed rotation matrices [batch..., 3, 3] (determinant +1), as e3nn's <c>rand_matrix</c>.</summary>
    /// <inheritdoc cref="RandomQuaternion"/>
    public static Tensor RandomRotation(long[]? batch = null, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        return QuaternionToMatrix(RandomQuaternion(batch, dtype, device, generator)).MoveToOuterDisposeScope();
    }

    /// <summary>Angles of uniformly distributed rotations, each [batch...]: α and γ uniform in [0, 2π), cos β in [−1, 1), as e3nn's <c>rand_angles</c>.</summary>
    /// <inheritdoc cref="RandomQuaternion"/>
    public static (Tensor Alpha, Tensor Beta, Tensor Gamma) RandomAngles(
        long[]? batch = null, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        Tensor random = rand([3, .. batch ?? []], dtype, device, generator: generator);
        ScalarType type = Widen(ref random);
        return Keep((random[0] * FullTurn, (random[1] * Two - One).acos(), random[2] * FullTurn), type);
    }

    /// <summary>Axes [batch..., 3] and angles [batch...] in [0, π] of uniformly distributed rotations, as e3nn's <c>rand_axis_angle</c>.</summary>
    /// <inheritdoc cref="RandomQuaternion"/>
    public static (Tensor Axis, Tensor Angle) RandomAxisAngle(
        long[]? batch = null, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        return Keep(MatrixToAxisAngle(RandomRotation(batch, dtype, device, generator)));
    }
}

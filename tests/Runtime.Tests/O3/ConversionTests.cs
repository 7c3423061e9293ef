using E3Gen.Tests;
using TorchSharp;
using static E3Gen.Runtime.Tests.Rotations.O3Reference;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public class ConversionTests
{
    private const double Tolerance = 1e-10;

    private static Tensor Read(string key) => WignerD.Tensor(key);

    private static (Tensor, Tensor, Tensor) Angles => (Read("alpha"), Read("beta"), Read("gamma"));

    private static Tensor Stack((Tensor, Tensor, Tensor) angles) => stack([angles.Item1, angles.Item2, angles.Item3], -1);

    // Item i is composed with item i − 1.
    private static Tensor Previous(Tensor x) => x.roll([1], [0]);

    [Fact]
    public void MatricesOfAnglesAreThoseOfE3nn()
    {
        using var scope = NewDisposeScope();
        (Tensor alpha, Tensor beta, Tensor gamma) = Angles;
        AssertClose(Read("angles_to_matrix"), O3.AnglesToMatrix(alpha, beta, gamma), Tolerance);
        AssertClose(Read("matrix_x"), O3.MatrixX(alpha), Tolerance);
        AssertClose(Read("matrix_y"), O3.MatrixY(alpha), Tolerance);
        AssertClose(Read("matrix_z"), O3.MatrixZ(alpha), Tolerance);
        AssertClose(Read("angles_to_quaternion"), O3.AnglesToQuaternion(alpha, beta, gamma), Tolerance);
        (Tensor axis, Tensor angle) = O3.AnglesToAxisAngle(alpha, beta, gamma);
        AssertClose(Read("angles_to_axis_angle/axis"), axis, Tolerance);
        AssertClose(Read("angles_to_axis_angle/angle"), angle, Tolerance);
    }

    [Fact]
    public void ParametersOfMatricesAreThoseOfE3nn()
    {
        using var scope = NewDisposeScope();
        Tensor matrix = Read("R_proper");
        AssertClose(Stack(Angles), Stack(O3.MatrixToAngles(matrix)), Tolerance);
        AssertClose(Read("quaternion"), O3.MatrixToQuaternion(matrix), Tolerance);
        (Tensor axis, Tensor angle) = O3.MatrixToAxisAngle(matrix);
        AssertClose(Read("axis"), axis, Tolerance);
        AssertClose(Read("angle"), angle, Tolerance);
    }

    [Fact]
    public void QuaternionsAndAxesConvertAsInE3nn()
    {
        using var scope = NewDisposeScope();
        Tensor quaternion = Read("quaternion"), axis = Read("axis"), angle = Read("angle");
        AssertClose(Read("quaternion_to_matrix"), O3.QuaternionToMatrix(quaternion), Tolerance);
        AssertClose(Read("quaternion_to_angles"), Stack(O3.QuaternionToAngles(quaternion)), Tolerance);
        (Tensor axisBack, Tensor angleBack) = O3.QuaternionToAxisAngle(quaternion);
        AssertClose(Read("quaternion_to_axis_angle/axis"), axisBack, Tolerance);
        AssertClose(Read("quaternion_to_axis_angle/angle"), angleBack, Tolerance);
        AssertClose(Read("axis_angle_to_matrix"), O3.AxisAngleToMatrix(axis, angle), Tolerance);
        AssertClose(Read("axis_angle_to_quaternion"), O3.AxisAngleToQuaternion(axis, angle), Tolerance);
        AssertClose(Read("axis_angle_to_angles"), Stack(O3.AxisAngleToAngles(axis, angle)), Tolerance);
        (Tensor alpha, Tensor beta) = O3.XyzToAngles(Read("xyz"));
        AssertClose(Read("xyz_to_angles"), stack([alpha, beta], -1), Tolerance);
        AssertClose(Read("angles_to_xyz"), O3.AnglesToXyz(alpha, beta), Tolerance);   // of these angles, in the reference
    }

    [Fact]
    public void CompositionAndInverseAreThoseOfE3nn()
    {
        using var scope = NewDisposeScope();
        (Tensor alpha, Tensor beta, Tensor gamma) = Angles;
        Tensor quaternion = Read("quaternion"), axis = Read("axis"), angle = Read("angle");
        AssertClose(Read("compose_angles"),
            Stack(O3.ComposeAngles((alpha, beta, gamma), (Previous(alpha), Previous(beta), Previous(gamma)))), Tolerance);
        AssertClose(Read("compose_quaternion"), O3.ComposeQuaternion(quaternion, Previous(quaternion)), Tolerance);
        (Tensor composedAxis, Tensor composedAngle) = O3.ComposeAxisAngle((axis, angle), (Previous(axis), Previous(angle)));
        AssertClose(Read("compose_axis_angle/axis"), composedAxis, Tolerance);
        AssertClose(Read("compose_axis_angle/angle"), composedAngle, Tolerance);
        AssertClose(Read("inverse_angles"), Stack(O3.InverseAngles(alpha, beta, gamma)), Tolerance);
        AssertClose(Read("inverse_quaternion"), O3.InverseQuaternion(quaternion), Tolerance);
    }

    /// <summary>No rotation, half turns, tiny rotations, and β = 0 or π, where textbook formulas lose digits or divide by zero.</summary>
    [Fact]
    public void SpecialRotationsSurviveEveryRoundTrip()
    {
        using var scope = NewDisposeScope();
        double[] angles = [0, 1e-9, 1e-4, 1, Math.PI / 2, Math.PI - 1e-9, Math.PI];
        double[][] axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, -1, 0], [1, -2, 3]];
        foreach (double[] axis in axes)
        {
            Tensor angle = tensor(angles, float64), direction = tensor(axis, float64).expand(angles.Length, 3);
            Tensor matrix = O3.AxisAngleToMatrix(direction, angle);
            AssertClose(matrix, O3.QuaternionToMatrix(O3.MatrixToQuaternion(matrix)), 1e-14, "quaternion");
            (Tensor n, Tensor phi) = O3.MatrixToAxisAngle(matrix);
            AssertClose(angle, phi, 1e-14, "angle");
            AssertClose(matrix.narrow(0, 1, 6), O3.AxisAngleToMatrix(n, phi).narrow(0, 1, 6), 1e-14, "axis and angle");
            (Tensor alpha, Tensor beta, Tensor gamma) = O3.MatrixToAngles(matrix);
            AssertClose(matrix, O3.AnglesToMatrix(alpha, beta, gamma), 1e-14, "angles");
        }
    }

    [Fact]
    public void LeadingAxesBroadcast()
    {
        using var scope = NewDisposeScope();
        Tensor alpha = rand(2, 1, dtype: float64), beta = rand(3, dtype: float64), gamma = tensor(0.5, float64);
        Tensor matrix = O3.AnglesToMatrix(alpha, beta, gamma);
        Assert.Equal([2, 3, 3, 3], matrix.shape);
        AssertClose(matrix, O3.QuaternionToMatrix(O3.AnglesToQuaternion(alpha, beta, gamma)), 1e-14);
        Assert.Equal([2, 3, 3], O3.AnglesToXyz(alpha, beta).shape);
        Tensor single = matrix[1, 2];
        Assert.Equal([4], O3.MatrixToQuaternion(single).shape);
        Assert.Equal([5, 2, 4], O3.AxisAngleToQuaternion(rand(5, 1, 3), rand(2)).shape);
        Assert.Equal([0, 4], O3.MatrixToQuaternion(empty([0, 3, 3], float64)).shape);
    }

    [Fact]
    public void RandomRotationsAreUniformAndReproducible()
    {
        using var scope = NewDisposeScope();
        Tensor a = O3.RandomRotation([4000], float64, generator: new Generator(3));
        Tensor b = O3.RandomRotation([4000], float64, generator: new Generator(3));
        AssertClose(a, b, 0);
        AssertClose(eye(3, dtype: float64).expand(4000, 3, 3), matmul(a, a.transpose(-1, -2)), 1e-14);
        AssertClose(ones(4000, float64), a.det(), 1e-14);
        // Means over the group: ⟨R⟩ = 0 and ⟨R_ij²⟩ = 1/3, to about 1/√4000.
        AssertClose(zeros([3, 3], float64), a.mean([0]), 0.05);
        AssertClose(full([3, 3], 1.0 / 3, float64), a.square().mean([0]), 0.03);
        Assert.Equal([3, 3], O3.RandomRotation().shape);
        Assert.Equal(ScalarType.Float32, O3.RandomQuaternion([2, 2]).dtype);
    }

    [Fact]
    public void RandomAnglesAndAxesAreUniformAndReproducible()
    {
        using var scope = NewDisposeScope();
        (Tensor alpha, Tensor beta, Tensor gamma) = O3.RandomAngles([4000], float64, generator: new Generator(3));
        (Tensor axis, Tensor angle) = O3.RandomAxisAngle([4000], float64, generator: new Generator(3));
        AssertClose(Stack((alpha, beta, gamma)), Stack(O3.RandomAngles([4000], float64, generator: new Generator(3))), 0);
        AssertClose(axis, O3.RandomAxisAngle([4000], float64, generator: new Generator(3)).Axis, 0);
        foreach (Tensor matrix in new[] { O3.AnglesToMatrix(alpha, beta, gamma), O3.AxisAngleToMatrix(axis, angle) })
        {
            AssertClose(zeros([3, 3], float64), matrix.mean([0]), 0.05);
            AssertClose(full([3, 3], 1.0 / 3, float64), matrix.square().mean([0]), 0.03);
        }
        Assert.Empty(O3.RandomAngles().Alpha.shape);
        Assert.Equal([2, 3], O3.RandomAxisAngle([2]).Axis.shape);
        Assert.Equal(ScalarType.Float16, O3.RandomAngles([2], float16).Beta.dtype);
    }

    [Fact]
    public void IdentitiesAreNoRotation()
    {
        using var scope = NewDisposeScope();
        Tensor one = eye(3, dtype: float64).expand(2, 3, 3);
        (Tensor alpha, Tensor beta, Tensor gamma) = O3.IdentityAngles([2], float64);
        AssertClose(one, O3.AnglesToMatrix(alpha, beta, gamma), 0);
        AssertClose(one, O3.QuaternionToMatrix(O3.IdentityQuaternion([2], float64)), 0);
        Assert.Equal([4], O3.IdentityQuaternion().shape);
    }

    /// <summary>Every conversion, at a generic rotation, against differences.</summary>
    [Fact]
    public void DerivativesOfConversionsAreRight()
    {
        using var scope = NewDisposeScope();
        Tensor alpha = tensor(new[] { 0.4, -2.1 }), beta = tensor(new[] { 1.1, 0.3 }), gamma = tensor(new[] { -1.3, 2.2 });
        Tensor quaternion = tensor(new[] { 0.9, 0.2, -0.5, 0.3, 0.4, -0.8, 0.1, 0.7 }).reshape(2, 4), axis = tensor(new[] { 0.3, -1.2, 0.5, 1, 2, -0.4 }).reshape(2, 3);
        Support.GradientCheck.First(a => O3.AnglesToQuaternion(a[0], a[1], a[2]), [alpha, beta, gamma]);
        Support.GradientCheck.First(a => Stack(O3.MatrixToAngles(O3.AnglesToMatrix(a[0], a[1], a[2]))), [alpha, beta, gamma]);
        Support.GradientCheck.First(a => cat([O3.AnglesToAxisAngle(a[0], a[1], a[2]).Axis, O3.AnglesToAxisAngle(a[0], a[1], a[2]).Angle.unsqueeze(-1)], -1), [alpha, beta, gamma]);
        Support.GradientCheck.First(a => O3.MatrixToQuaternion(O3.QuaternionToMatrix(a[0])), [quaternion]);
        Support.GradientCheck.First(a => Stack(O3.QuaternionToAngles(a[0])), [quaternion]);
        Support.GradientCheck.First(a => cat([O3.QuaternionToAxisAngle(a[0]).Axis, O3.QuaternionToAxisAngle(a[0]).Angle.unsqueeze(-1)], -1), [quaternion]);
        Support.GradientCheck.First(a => O3.AxisAngleToMatrix(a[0], a[1]), [axis, alpha]);
        Support.GradientCheck.First(a => Stack(O3.AxisAngleToAngles(a[0], a[1])), [axis, beta]);
        Support.GradientCheck.First(a => O3.ComposeQuaternion(a[0], O3.InverseQuaternion(a[1])), [quaternion, quaternion.flip(0)]);
        Support.GradientCheck.First(a => Stack(O3.ComposeAngles((a[0], a[1], a[2]), O3.InverseAngles(a[2], a[1], a[0]))), [alpha, beta, gamma]);
        Support.GradientCheck.First(a => stack([O3.XyzToAngles(a[0]).Alpha, O3.XyzToAngles(a[0]).Beta]), [axis]);
        Support.GradientCheck.First(a => O3.AnglesToXyz(a[0], a[1]), [alpha, beta]);
    }

    [Fact]
    public void MatricesThatAreNoRotationsAreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("not [3]",
            Assert.Throws<ArgumentException>(() => O3.MatrixToAngles(zeros([3], float64))).Message, StringComparison.Ordinal);
        Assert.Contains("differs from the unit matrix by up to 3",
            Assert.Throws<ArgumentException>(() => O3.MatrixToQuaternion(2 * eye(3, dtype: float64))).Message, StringComparison.Ordinal);
        Assert.Contains("determinant is -1",
            Assert.Throws<ArgumentException>(() => O3.MatrixToAngles(-eye(3, dtype: float64))).Message, StringComparison.Ordinal);
        Assert.Contains("quaternions",
            Assert.Throws<ArgumentException>(() => O3.QuaternionToMatrix(zeros([3], float64))).Message, StringComparison.Ordinal);
        Assert.Contains("Int64",
            Assert.Throws<ArgumentException>(() => O3.XyzToAngles(zeros([3], int64))).Message, StringComparison.Ordinal);
        Assert.Contains("by up to NaN",
            Assert.Throws<ArgumentException>(() => O3.MatrixToAngles(full([3, 3], double.NaN, float64))).Message, StringComparison.Ordinal);
    }
}

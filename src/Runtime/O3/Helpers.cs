using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
    // A shorter vector counts as 0 (e3nn's limit). Its square is representable in single precision.
    private static readonly Scalar ShortestSquare = 1e-24;

    // How far R Rᵀ may be from 1: rotations computed in single precision pass, other matrices do not.
    private const double OrthogonalityTolerance = 1e-4;

    /// <summary>
    /// x/|x| along the last axis, and 0 for the zero vector, with gradient 0 there. Every derivative is finite: nothing is divided by 0.
    /// </summary>
    private static Tensor Unit(Tensor x)
    {
        Tensor square = (x * x).sum(-1, keepdim: true);
        Tensor isZero = square.lt(ShortestSquare);
        return (x / square.masked_fill(isZero, One).sqrt()).masked_fill(isZero, Zero);
    }

    /// <summary>|x| along the last axis, which is kept; gradient 0 at 0.</summary>
    private static Tensor Length(Tensor x)
    {
        Tensor square = (x * x).sum(-1, keepdim: true);
        Tensor isZero = square.lt(ShortestSquare);
        return square.masked_fill(isZero, One).sqrt().masked_fill(isZero, Zero);
    }

    /// <summary>Nine entries [...] row by row → [..., 3, 3].</summary>
    private static Tensor Matrix(params Tensor[] entries) => stack(entries, -1).reshape([.. entries[0].shape, 3, 3]);

    private static Tensor Entry(Tensor matrix, int row, int column) => matrix.select(-2, row).select(-1, column);

    private static (Tensor W, Tensor X, Tensor Y, Tensor Z) Quaternion(Tensor quaternion, string name)
    {
        CheckQuaternion(quaternion, name);
        return (quaternion.select(-1, 0), quaternion.select(-1, 1), quaternion.select(-1, 2), quaternion.select(-1, 3));
    }

    private static (Tensor, Tensor) Keep((Tensor, Tensor) pair)
        => (pair.Item1.MoveToOuterDisposeScope(), pair.Item2.MoveToOuterDisposeScope());

    private static (Tensor, Tensor, Tensor) Keep((Tensor, Tensor, Tensor) triple)
        => (triple.Item1.MoveToOuterDisposeScope(), triple.Item2.MoveToOuterDisposeScope(), triple.Item3.MoveToOuterDisposeScope());

    private static void CheckVectors(Tensor x, string name) => CheckLastAxes(x, [3], "vectors (x, y, z)", name);

    private static void CheckQuaternion(Tensor x, string name) => CheckLastAxes(x, [4], "quaternions (w, x, y, z)", name);

    /// <summary>Matrices of O(3): 3×3 and orthogonal.</summary>
    private static void CheckOrthogonal(Tensor matrix, string name)
    {
        CheckLastAxes(matrix, [3, 3], "3×3 matrices", name);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (matrix.numel() == 0)
            return;
        Tensor difference = matmul(matrix, matrix.transpose(-1, -2)) - eye(3, dtype: matrix.dtype, device: matrix.device);
        double worst = difference.abs().max().to(float64).item<double>();
        if (!(worst <= OrthogonalityTolerance))
        {
            throw new ArgumentException($"These are not rotations: R·Rᵀ differs from the unit matrix by up to {worst:g3} (at most "
                + $"{OrthogonalityTolerance:g1} is allowed).", name);
        }
    }

    /// <summary>Matrices of SO(3): orthogonal with determinant +1.</summary>
    private static void CheckRotation(Tensor matrix, string name)
    {
        CheckOrthogonal(matrix, name);
        using var scope = NewDisposeScope();
        if (matrix.numel() > 0 && Determinant(matrix).lt(Zero).any().item<bool>())
        {
            throw new ArgumentException("These are not all proper rotations: a determinant is -1. Multiply by the determinant to split off "
                + "the inversion, or use WignerD, which takes all of O(3).", name);
        }
    }

    /// <summary>r_0 · (r_1 × r_2) of the rows, [..., 3, 3] → [..., 1, 1].</summary>
    private static Tensor Determinant(Tensor matrix)
    {
        Tensor cross = linalg.cross(matrix.select(-2, 1), matrix.select(-2, 2));
        return (matrix.select(-2, 0) * cross).sum(-1, keepdim: true).unsqueeze(-1);
    }

    private static void CheckLastAxes(Tensor x, long[] axes, string what, string name)
    {
        ArgumentNullException.ThrowIfNull(x, name);
        long[] shape = x.shape;
        if (shape.Length < axes.Length || !shape.AsSpan(shape.Length - axes.Length).SequenceEqual(axes))
            throw new ArgumentException(
                $"Expected {what}: shape [..., {string.Join(", ", axes)}], not [{string.Join(", ", shape)}].", name);
        if (!x.is_floating_point())
            throw new ArgumentException($"Expected {what} of a floating-point type, not {x.dtype}; convert with .to(torch.float64).", name);
    }
}

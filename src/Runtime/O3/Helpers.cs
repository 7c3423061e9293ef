using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

public static partial class O3
{
    // A shorter vector counts as 0 (e3nn's limit). Its square is representable in single precision.
    private static readonly Scalar ShortestSquare = 1e-24;

    /// <summary>How far R·Rᵀ may be from 1: rotations computed in single precision pass, and rounded ones of shorter types; other matrices do not.</summary>
    private static double OrthogonalityTolerance(ScalarType type) => type switch
    {
        ScalarType.Float16 => 4e-3,
        ScalarType.BFloat16 => 3e-2,
        _ => 1e-4,
    };

    /// <summary>Arguments in the type to compute in.</summary>
    /// <returns>The type that they had, and that results get.</returns>
    private static ScalarType Widen(ref Tensor argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        ScalarType type = argument.dtype;
        argument = HalfPrecision.Widen(argument);
        return type;
    }

    private static ScalarType Widen(ref Tensor first, ref Tensor second)
    {
        ScalarType type = Common(first, second);
        (first, second) = (HalfPrecision.Widen(first.to(type)), HalfPrecision.Widen(second.to(type)));
        return type;
    }

    private static ScalarType Widen(ref Tensor first, ref Tensor second, ref Tensor third)
    {
        ScalarType type = Common(first, second, third);
        (first, second, third) = (HalfPrecision.Widen(first.to(type)), HalfPrecision.Widen(second.to(type)), HalfPrecision.Widen(third.to(type)));
        return type;
    }

    /// <summary>The type of results of several tensors, which must be floating-point numbers on one device.</summary>
    private static ScalarType Common(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            if (!tensor.is_floating_point())
                throw new ArgumentException($"Expected floating-point tensors, not {tensor.dtype}; convert with .to(torch.float64).");
            if (tensor.device_type != tensors[0].device_type || tensor.device_index != tensors[0].device_index)
                throw new ArgumentException($"The tensors are on {tensors[0].device} and {tensor.device}; move one with .to(…).");
        }

        ScalarType type = tensors[0].dtype;
        foreach (Tensor tensor in tensors) type = promote_types(type, tensor.dtype);
        return type;
    }

    /// <summary>A product of matrices whose leading axes may not fit each other: libtorch's own check would end the process.</summary>
    private static Tensor Product(Tensor a, Tensor b)
    {
        long[] x = a.shape[..^2], y = b.shape[..^2];
        for (int i = 1; i <= Math.Min(x.Length, y.Length); i++)
        {
            if (x[^i] != y[^i] && x[^i] != 1 && y[^i] != 1)
                throw new ArgumentException($"Leading axes [{string.Join(", ", x)}] and [{string.Join(", ", y)}] do not fit: an axis must have the same length in both, or length 1 in one.");
        }

        return matmul(a, b);
    }

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
    internal static Tensor Length(Tensor x)
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

    private static (Tensor, Tensor) Keep((Tensor, Tensor) pair, ScalarType? type = null)
        => (Return(pair.Item1, type), Return(pair.Item2, type));

    private static (Tensor, Tensor, Tensor) Keep((Tensor, Tensor, Tensor) triple, ScalarType? type = null)
        => (Return(triple.Item1, type), Return(triple.Item2, type), Return(triple.Item3, type));

    private static Tensor Return(Tensor result, ScalarType? type) => HalfPrecision.Return(result, type ?? result.dtype);

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
        double allowed = OrthogonalityTolerance(matrix.dtype);
        Tensor wide = HalfPrecision.Widen(matrix), difference = matmul(wide, wide.transpose(-1, -2)) - eye(3, dtype: wide.dtype, device: wide.device);
        double worst = difference.abs().max().to(float64).item<double>();
        if (!(worst <= allowed))
        {
            throw new ArgumentException($"These are not rotations: R·Rᵀ differs from the unit matrix by up to {worst:g3} (at most "
                + $"{allowed:g1} is allowed).", name);
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

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>An observer: everything that is given is rotated, inverted and moved for him. A program under construction runs before several at once.</summary>
internal sealed class Frame
{
    private readonly Dictionary<Irrep, double[,]> _matrices = [];
    private readonly Dictionary<Irreps, Tensor> _actions = [];
    private readonly Tensor _rotation, _shift;

    private Frame(Tensor rotation, double[] shift) => (_rotation, _shift, Shift) = (rotation.DetachFromDisposeScope(), tensor(shift).DetachFromDisposeScope(), shift);

    public double[] Shift { get; }

    /// <summary>The frame of the numbers as drawn, a rotated and moved one, and one inverted in addition.</summary>
    public static Frame[] Three(Dice dice) => [Rotated(dice, null), Rotated(dice, 1), Rotated(dice, -1)];

    /// <summary>Frames that find most errors: moved, inverted, and rotated ones.</summary>
    public static Frame[] Several(Dice dice) =>
        [new Frame(eye(3, dtype: ScalarType.Float64), [1.3, -0.4, 0.7]), new Frame(-eye(3, dtype: ScalarType.Float64), [0, 0, 0]), Rotated(dice, 1), Rotated(dice, -1), Rotated(dice, 1)];

    /// <summary>A random rotation with this determinant and a translation, or nothing at all.</summary>
    private static Frame Rotated(Dice dice, int? sign)
    {
        if (sign is null)
        {
            return new Frame(eye(3, dtype: ScalarType.Float64), [0, 0, 0]);
        }

        using var scope = NewDisposeScope();
        Tensor quaternion = tensor(Enumerable.Range(0, 4).Select(_ => dice.Normal()).ToArray());
        return new Frame(O3.QuaternionToMatrix(quaternion / quaternion.norm()) * sign.Value, [dice.Normal(), dice.Normal(), dice.Normal()]);
    }

    /// <summary>D of this frame.</summary>
    public double[,] Matrix(Irrep irrep)
    {
        if (!_matrices.TryGetValue(irrep, out var matrix))
        {
            double[] entries = O3.WignerD(irrep, _rotation).contiguous().data<double>().ToArray();
            matrix = new double[irrep.Dim, irrep.Dim];
            Buffer.BlockCopy(entries, 0, matrix, 0, entries.Length * sizeof(double));
            _matrices[irrep] = matrix;
        }

        return matrix;
    }

    public Tensor Act(Irreps irreps, Tensor features)
    {
        if (!_actions.TryGetValue(irreps, out var transposed))
        {
            using var scope = NewDisposeScope();
            transposed = O3.WignerD(irreps, _rotation).t().contiguous().DetachFromDisposeScope();
            _actions[irreps] = transposed;
        }

        return features.matmul(transposed);
    }

    public Tensor Move(Tensor points) => points.matmul(_rotation.t()) + _shift;
}

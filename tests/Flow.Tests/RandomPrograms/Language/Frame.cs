using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>An observer: everything that is given is rotated, inverted and moved for him. A program under construction runs before several at once.</summary>
internal sealed class Frame
{
    private readonly Dictionary<Irrep, double[,]> _matrices = [];
    private readonly Tensor _rotation;

    private Frame(Tensor rotation, double[] shift) => (_rotation, Shift) = (rotation, shift);

    public double[] Shift { get; }

    /// <summary>The frame of the numbers as drawn, a rotated and moved one, and one inverted in addition.</summary>
    public static Frame[] Three(Dice dice)
    {
        return [new Frame(eye(3, dtype: ScalarType.Float64), [0, 0, 0]), Random(1), Random(-1)];

        Frame Random(int sign)
        {
            using var quaternion = tensor(Enumerable.Range(0, 4).Select(_ => dice.Normal()).ToArray());
            return new Frame(O3.QuaternionToMatrix(quaternion / quaternion.norm()) * sign, [dice.Normal(), dice.Normal(), dice.Normal()]);
        }
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

    public Tensor Act(Irreps irreps, Tensor features) => features.matmul(O3.WignerD(irreps, _rotation).t());

    public Tensor Move(Tensor points) => points.matmul(_rotation.t()) + tensor(Shift);
}

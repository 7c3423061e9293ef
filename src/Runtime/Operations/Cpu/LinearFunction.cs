using System.Numerics;
using E3Gen.Autograd;
using E3Gen.Kernels;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>
/// (x, W) → y, or (y's cotangent, W) → x's: bilinear, so that all derivatives are this, its transpose and
/// <see cref="LinearWeightGradient"/> again.
/// </summary>
/// <param name="paths">The map.</param>
/// <param name="isTranspose">Which of the two.</param>
internal sealed class LinearFunction(LinearProgram paths, bool isTranspose) : DifferentiableFunction
{
    /// <summary>x → y.</summary>
    public static Tensor Map(LinearProgram paths, Tensor x, Tensor weights, Tensor? bias) =>
        new LinearFunction(paths, isTranspose: false).Apply(bias is null ? [x, weights] : [x, weights, bias])[0];

    protected internal override Tensor[] Forward(Tensor[] inputs)
    {
        var bias = inputs.Length > 2 ? inputs[2] : null;
        return [inputs[0].dtype == ScalarType.Float32
            ? Forward<float>(inputs[0], inputs[1], bias)
            : Forward<double>(inputs[0], inputs[1], bias)];
    }

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
    {
        var results = new Tensor?[inputs.Length];
        if (gradients[0] is not { } g)
        {
            return results;
        }

        var (x, weights) = (inputs[0], inputs[1]);
        results[0] = needed[0] ? new LinearFunction(paths, !isTranspose).Apply(g, weights)[0] : null;
        results[1] = needed[1] ? new LinearWeightGradient(paths, weights.shape).Apply(isTranspose ? [g, x] : [x, g])[0] : null;
        if (inputs.Length > 2 && needed[2])
        {
            results[2] = BiasGradient(g);
        }

        return results;
    }

    private unsafe Tensor Forward<T>(Tensor x, Tensor weights, Tensor? bias)
        where T : unmanaged, INumber<T>
    {
        using var scope = NewDisposeScope();
        var program = paths.Program<T>();
        var direction = isTranspose ? program.Transpose : program.Map;
        (x, weights, bias) = (Readable(x), weights.contiguous(), bias?.contiguous());
        var y = Matrix(x.size(0), direction.Columns, x.dtype);
        new LinearKernel<T>(direction, checked((int)x.size(0))).Map(
            Rows<T>(x), Numbers<T>(weights), bias is null ? null : Numbers<T>(bias), Rows<T>(y));
        KeepAlive(x, weights, bias);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The sums over rows of the biased segments.</summary>
    private Tensor BiasGradient(Tensor g)
    {
        var sums = new List<Tensor>();
        long column = 0;
        for (int s = 0; s < paths.Y.Count; s++)
        {
            var (copies, l) = paths.Y[s];
            if (paths.Biased.Contains(s))
            {
                sums.Add(g.narrow(1, column, copies).sum(0L));
            }

            column += copies * ((2 * l) + 1);
        }

        return sums.Count == 1 ? sums[0] : cat(sums);
    }
}

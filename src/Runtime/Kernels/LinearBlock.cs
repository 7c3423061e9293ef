using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>One path of a linear map: <c>y[w,i] = Scale · Σ_u W[u,w] x[u,i]</c>.</summary>
public sealed class LinearBlock
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _dimension;
    private readonly Scalar _scale;

    /// <summary>Describes the block.</summary>
    /// <param name="inputs">Copies u.</param>
    /// <param name="outputs">Copies w.</param>
    /// <param name="dimension">Components i.</param>
    /// <param name="scale">The constant in front.</param>
    public LinearBlock(int inputs, int outputs, int dimension, double scale) => (_inputs, _outputs, _dimension, _scale) = (inputs, outputs, dimension, scale);

    /// <summary>Order of the columns of argument and result; mul_ir unless told otherwise.</summary>
    public Layout Layout { get; init; }

    /// <summary>Applies the weights.</summary>
    /// <param name="segment">[rows, columns of u copies].</param>
    /// <param name="weights">[u·w].</param>
    /// <returns>[rows, columns of w copies].</returns>
    public Tensor Apply(Tensor segment, Tensor weights)
    {
        var w = weights.view(_inputs, _outputs).mul(_scale);
        if (_dimension == 1)
        {
            return segment.matmul(w);
        }

        return Layout == Layout.IrMul
            ? segment.reshape(-1, _inputs).matmul(w).view(segment.size(0), _dimension * _outputs)
            : Layouts.ToMulIr(Layouts.ToIrMul(segment, _inputs, _dimension).matmul(w));
    }
}

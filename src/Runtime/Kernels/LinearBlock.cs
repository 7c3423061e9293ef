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

    /// <summary>Applies the weights.</summary>
    /// <param name="segment">[rows, u·i] in mul_ir.</param>
    /// <param name="weights">[u·w].</param>
    /// <returns>[rows, w·i] in mul_ir.</returns>
    public Tensor Apply(Tensor segment, Tensor weights)
    {
        var w = weights.view(_inputs, _outputs).mul(_scale);
        return _dimension == 1 ? segment.matmul(w) : Layouts.ToMulIr(Layouts.ToIrMul(segment, _inputs, _dimension).matmul(w));
    }
}

using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>
/// The rows of a tensor in another order. The derivative puts rows back, which is one copy; the derivative of <c>index_select</c>, where a row may be taken
/// twice or never, makes a tensor of zeros and adds rows to it.
/// </summary>
internal sealed class Permutation : DifferentiableFunction
{
    /// <summary>y[i] = x[order[i]].</summary>
    /// <param name="x">[N, …].</param>
    /// <param name="order">Every number from 0 to N − 1, once: int64 [N].</param>
    /// <param name="inverse">inverse[order[i]] = i: int64 [N].</param>
    public static Tensor Of(Tensor x, Tensor order, Tensor inverse) => new Permutation().Apply(x, order, inverse)[0];

    protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0].index_select(0, inputs[1])];

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        [gradients[0] is { } g ? Of(g, inputs[2], inputs[1]) : null, null, null];
}

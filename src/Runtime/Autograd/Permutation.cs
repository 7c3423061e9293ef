using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>
/// (x, order, inverse) → rows of x in another order: of each row of the result the row of x, each once, and of each row of x that of the result. The derivative
/// is the inverse order, a copy; that of <c>index_select</c>, which knows nothing of the numbers it is given, is a tensor of zeros to which rows are added.
/// </summary>
internal sealed class Permutation : DifferentiableFunction
{
    /// <summary>Rows of x in another order.</summary>
    public static Tensor Of(Tensor x, Tensor order, Tensor inverse) => new Permutation().Apply(x, order, inverse)[0];

    protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0].index_select(0, inputs[1])];

    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
        [gradients[0] is { } g ? Of(g, inputs[2], inputs[1]) : null, null, null];
}

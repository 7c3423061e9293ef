using E3Gen.Autograd;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>
/// The identity, which shows the gradients that pass through it. Not those of passes that build a graph: what they yield is
/// differentiated further and no gradient of a loss, as forces of an energy are. (<c>retain_grad</c> would add both up, and keep
/// tensors until someone reads them.)
/// </summary>
/// <param name="show">Gets the gradient of each backward pass, on the thread of the pass.</param>
internal sealed class GradientProbe(Action<Tensor> show) : DifferentiableFunction
{
    /// <summary>The same values in another tensor.</summary>
    public Tensor Of(Tensor x) => Apply(x)[0];

    /// <inheritdoc/>
    protected internal override bool SavesInputs => false;

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0].detach()];

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
    {
        if (gradients[0] is { } gradient && !is_grad_enabled())
        {
            show(gradient);
        }

        return [gradients[0]];
    }
}

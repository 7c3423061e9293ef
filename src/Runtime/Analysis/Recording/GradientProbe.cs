using E3Gen.Autograd;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>
/// The identity, which reports the gradients that pass through it, except those of passes that build a graph: such gradients
/// are differentiated further and are not gradients of a loss, e.g. forces. (<c>retain_grad</c> would sum both, and keep
/// tensors until they are read.)
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

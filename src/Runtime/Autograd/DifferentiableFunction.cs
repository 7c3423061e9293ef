using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>
/// A function of tensors with its own derivative, like torch.autograd.Function in Python. An object is one call: its fields hold everything
/// except tensors. Only inputs are saved, never intermediates, and while a graph is being recorded <see cref="Backward"/> consists of
/// differentiable functions, so derivatives of any order are correct.
/// </summary>
internal abstract class DifferentiableFunction
{
    /// <summary>
    /// Makes this thread record with <see cref="FunctionAdapter"/>: for tests, which run with only one version of TorchSharp.
    /// </summary>
    [ThreadStatic]
    internal static bool TakesAdapter;

    /// <summary>
    /// Whether the derivative needs the inputs. If not, they are not saved and may be changed in place;
    /// <see cref="Backward"/> gets none.
    /// </summary>
    protected internal virtual bool SavesInputs => true;

    /// <summary>Computes the results; nothing is recorded.</summary>
    /// <param name="inputs">The inputs.</param>
    protected internal abstract Tensor[] Forward(Tensor[] inputs);

    /// <summary>Computes the cotangents of the inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="gradients">Cotangents of the results; null where nothing depends on one.</param>
    /// <param name="needed">Which inputs need one.</param>
    /// <returns>A cotangent for each input, or null.</returns>
    protected internal abstract Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed);

    /// <summary>Calls the function.</summary>
    /// <param name="inputs">The inputs, all of them defined.</param>
    /// <returns>The results, in the scope of the caller.</returns>
    public Tensor[] Apply(params Tensor[] inputs)
    {
        bool recording = is_grad_enabled();
        var needed = new bool[inputs.Length];
        bool any = false;
        for (int i = 0; recording && i < inputs.Length; i++)
        {
            any |= needed[i] = inputs[i].requires_grad;
        }

        if (!any)
        {
            return Compute(inputs, recording);
        }

        // A node keeps references to the tensors it returns until the next call, so libtorch would copy them into a leaf's
        // gradient; a view avoids the copy.
        var views = new Tensor?[inputs.Length];
        var passed = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            views[i] = needed[i] && inputs[i].is_leaf ? inputs[i].view_as(inputs[i]) : null;
            passed[i] = views[i] ?? inputs[i];
        }

        try
        {
            return AutogradNode.IsSupported && !TakesAdapter
                ? AutogradNode.Record(this, passed, needed)
                : FunctionAdapter.Record(this, passed, needed);
        }
        finally
        {
            foreach (var view in views)
            {
                view?.Dispose();
            }
        }
    }

    /// <summary>Computes without recording.</summary>
    internal Tensor[] Compute(Tensor[] inputs, bool recording)
    {
        if (!recording)
        {
            return Forward(inputs);
        }

        using var off = no_grad();
        return Forward(inputs);
    }
}

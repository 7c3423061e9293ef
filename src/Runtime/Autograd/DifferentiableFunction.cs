using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>
/// A function of tensors with its own derivative, as torch.autograd.Function is in Python. An object is one call: its fields hold what is
/// no tensor. Only inputs are saved, never intermediates, and <see cref="Backward"/> is made of differentiable functions where a graph is
/// being recorded, so that derivatives of any order are right.
/// </summary>
internal abstract class DifferentiableFunction
{
    /// <summary>
    /// Makes this thread record with <see cref="FunctionAdapter"/>: for tests, which have one version of TorchSharp only.
    /// </summary>
    [ThreadStatic]
    internal static bool TakesAdapter;

    /// <summary>
    /// Whether the derivative wants the inputs. If not they are not saved, so that they may be changed in place;
    /// <see cref="Backward"/> gets none.
    /// </summary>
    protected internal virtual bool SavesInputs => true;

    /// <summary>Computes the results; nothing is recorded.</summary>
    /// <param name="inputs">The inputs.</param>
    protected internal abstract Tensor[] Forward(Tensor[] inputs);

    /// <summary>Computes the cotangents of the inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="gradients">Cotangents of the results; null where nothing depends on one.</param>
    /// <param name="needed">Which inputs want one.</param>
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

        // What a node returns is in its hands until the next call, so that libtorch would copy it into a leaf's gradient;
        // behind a view it is taken as it is.
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

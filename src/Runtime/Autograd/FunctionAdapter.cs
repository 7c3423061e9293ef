using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>The same over TorchSharp's public class, for versions whose native entry points we do not know.</summary>
internal sealed class FunctionAdapter : autograd.MultiTensorFunction<FunctionAdapter>
{
    /// <inheritdoc/>
    public override string Name => "E3Gen";

    public static Tensor[] Record(DifferentiableFunction function, Tensor[] inputs, bool[] needed) =>
        [.. apply([function, needed, .. inputs])];

    /// <inheritdoc/>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (function, needed) = ((DifferentiableFunction)vars[0], (bool[])vars[1]);
        var inputs = vars.Skip(2).Cast<Tensor>().ToArray();
        ctx.save_data("function", function);
        ctx.save_data("needed", needed);
        ctx.save_for_backward(function.SavesInputs ? [.. inputs] : []);
        ctx.set_materialize_grads(false);
        return [.. function.Forward(inputs)];
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var needed = (bool[])ctx.get_data("needed");
        try
        {
            var function = (DifferentiableFunction)ctx.get_data("function");
            var gradients = grad_outputs.Select(g => g is null || g.IsInvalid ? null : g).ToArray();
            var results = function.Backward([.. ctx.get_saved_variables()], gradients, needed);
            return [null!, null!, .. results.Select(r => r!)];
        }
        catch (Exception error)
        {
            // It would end the process. A gradient without axes fits no input, which libtorch reports to the caller.
            BackwardError.Keep(error);
            return [null!, null!, .. needed.Select(_ => zeros([]))];
        }
    }
}

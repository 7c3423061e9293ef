using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Derivatives with a graph of functions of one argument whose kernels have two orders: third ones are too rare for kernels.
/// </summary>
internal static class PortableDerivatives
{
    /// <summary>The derivatives of ⟨a, cotangent of x⟩ by x and by the cotangent of f(x).</summary>
    /// <param name="f">The function out of differentiable operations.</param>
    /// <param name="x">Its argument.</param>
    /// <param name="g">The cotangent of its result.</param>
    /// <param name="a">What the cotangent of x is multiplied with.</param>
    /// <param name="needed">Which derivatives are wanted.</param>
    public static Tensor?[] Second(Func<Tensor, Tensor> f, Tensor x, Tensor g, Tensor a, bool[] needed)
    {
        using var scope = NewDisposeScope();
        using var portably = Backends.Use(Backend.Portable);

        // Other tensors with the same numbers: g may itself depend on x, and that dependence is not meant here.
        var point = needed[0] ? x.view_as(x) : x.detach().requires_grad_();
        var cotangent = needed[1] ? g.view_as(g) : g.detach().requires_grad_();
        var gx = autograd.grad([f(point)], [point], [cotangent], retain_graph: true, create_graph: true)[0];
        var found = autograd.grad([gx], [point, cotangent], [a], retain_graph: true, create_graph: true, allow_unused: true);
        return Outside([needed[0] && found[0] is { IsInvalid: false } byPoint ? byPoint : null, needed[1] ? found[1] : null]);
    }
}

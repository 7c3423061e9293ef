using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>A kernel whose derivatives beyond the second are those of the same function out of differentiable operations: too rare for kernels of their own.</summary>
internal abstract class ComposedKernel : DifferentiableKernel
{
    /// <summary>f out of differentiable operations.</summary>
    protected abstract Tensor Portable(Tensor[] inputs);

    protected sealed override Tensor?[] Third(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();

        // Other tensors with the same numbers: g may itself depend on the inputs, and that dependence is not meant here.
        Tensor[] points = [.. inputs.Append(g).Select((t, i) => wanted[i] ? t.view_as(t) : t.detach().requires_grad_())];
        int[] along = [.. Enumerable.Range(0, inputs.Length).Where(i => tangents[i] is not null)];
        var cotangents = autograd.grad(
            [Portable(points[..^1])], [.. along.Select(i => points[i])], [points[^1]], retain_graph: true, create_graph: true);
        int[] by = [.. Enumerable.Range(0, points.Length).Where(i => wanted[i])];
        if (by.Length == 0)
        {
            return new Tensor?[points.Length];
        }

        var found = autograd.grad(
            cotangents, [.. by.Select(i => points[i])], [.. along.Select(i => tangents[i]!)], retain_graph: true, create_graph: true, allow_unused: true);
        var results = new Tensor?[points.Length];
        for (int i = 0; i < by.Length; i++)
        {
            results[by[i]] = found[i] is { IsInvalid: false } derivative ? derivative : null;
        }

        return Outside(results);
    }
}

using E3Gen.Autograd;
using static E3Gen.Kernels.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// A function of matrices in CPU memory with kernels for its value, its gradient, and the derivatives of both in a direction. This makes it a function
/// that can be differentiated any number of times: twice by kernels, beyond that by the same function out of differentiable operations, since third
/// derivatives are too rare for kernels.
/// </summary>
internal abstract class DifferentiableKernel
{
    /// <summary>f.</summary>
    public abstract Tensor Forward(Tensor[] inputs);

    /// <summary>The cotangents of the inputs, as far as they are wanted.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="g">The cotangent of f.</param>
    /// <param name="wanted">Which are wanted.</param>
    public abstract Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted);

    /// <summary>
    /// The derivatives of Σ ⟨tangent, cotangent of an input⟩: by each input, that of <see cref="Gradient"/> in the direction of the tangents; by g, that
    /// of <see cref="Forward"/> (the Jacobian-vector product).
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="tangents">A tangent for each input; null for none.</param>
    /// <param name="g">The cotangent of f.</param>
    /// <param name="wanted">Which are wanted: by each input, then by g.</param>
    public abstract Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted);

    /// <summary>f out of differentiable operations.</summary>
    public abstract Tensor Portable(Tensor[] inputs);

    /// <summary>f as a differentiable function.</summary>
    public Tensor Apply(params Tensor[] inputs) => new Function(this).Apply(inputs)[0];

    private sealed class Function(DifferentiableKernel kernel) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [kernel.Forward(inputs)];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
        {
            var results = new Tensor?[inputs.Length];
            if (gradients[0] is { } g)
            {
                var found = new GradientFunction(kernel, needed).Apply([.. inputs, g]);
                for (int i = 0, next = 0; i < results.Length; i++)
                {
                    results[i] = needed[i] ? found[next++] : null;
                }
            }

            return results;
        }
    }

    /// <summary>(inputs, cotangent of f) → the wanted cotangents of the inputs.</summary>
    private sealed class GradientFunction(DifferentiableKernel kernel, bool[] wanted) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) =>
            [.. kernel.Gradient(inputs[..^1], inputs[^1], wanted).Where(t => t is not null).Select(t => t!)];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
        {
            var tangents = new Tensor?[wanted.Length];
            for (int i = 0, next = 0; i < wanted.Length; i++)
            {
                tangents[i] = wanted[i] ? gradients[next++] : null;
            }

            return tangents.All(t => t is null) ? new Tensor?[inputs.Length]
                : is_grad_enabled() ? Compose(inputs[..^1], tangents, inputs[^1], needed)
                : kernel.Second(inputs[..^1], tangents, inputs[^1], needed);
        }

        /// <summary>The same with a graph.</summary>
        private Tensor?[] Compose(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] needed)
        {
            using var scope = NewDisposeScope();
            using var portably = Backends.Use(Backend.Portable);

            // Other tensors with the same numbers: g may itself depend on the inputs, and that dependence is not meant here.
            Tensor[] points = [.. inputs.Append(g).Select((t, i) => needed[i] ? t.view_as(t) : t.detach().requires_grad_())];
            int[] along = [.. Enumerable.Range(0, inputs.Length).Where(i => tangents[i] is not null)];
            var cotangents = autograd.grad(
                [kernel.Portable(points[..^1])], [.. along.Select(i => points[i])], [points[^1]], retain_graph: true, create_graph: true);
            int[] by = [.. Enumerable.Range(0, points.Length).Where(i => needed[i])];
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
}

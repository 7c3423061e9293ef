using System.Numerics;
using E3Gen.Autograd;
using E3Gen.Operations.Gpu;
using static E3Gen.Operations.Cpu.RawTensor;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>
/// A function of matrices with kernels for its value, its gradient, and the derivatives of both in a direction. This makes it a function
/// that can be differentiated any number of times: twice by kernels, beyond that as <see cref="Third"/> says.
/// </summary>
internal abstract class DifferentiableKernel
{
    /// <summary>The same function as kernels of a device; null for CPU tensors.</summary>
    public DeviceCall? Device { get; init; }

    /// <summary>f.</summary>
    public Tensor Forward(Tensor[] inputs) => Device is { } device ? device.Forward(inputs) : IsSingle(inputs) ? Forward<float>(inputs) : Forward<double>(inputs);

    /// <summary>The cotangents of the inputs, as far as they are wanted.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="g">The cotangent of f.</param>
    /// <param name="wanted">Which are wanted.</param>
    public Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted) => Device is { } device ? device.Gradient(inputs, g, wanted)
        : IsSingle(inputs) ? Gradient<float>(inputs, g, wanted) : Gradient<double>(inputs, g, wanted);

    /// <summary>
    /// The derivatives of Σ ⟨tangent, cotangent of an input⟩: by each input, that of <see cref="Gradient(Tensor[], Tensor, bool[])"/> in the direction of the tangents; by g, that
    /// of <see cref="Forward(Tensor[])"/> (the Jacobian-vector product).
    /// </summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="tangents">A tangent for each input; null for none.</param>
    /// <param name="g">The cotangent of f.</param>
    /// <param name="wanted">Which are wanted: by each input, then by g.</param>
    public Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted) => Device is { } device ? device.Second(inputs, tangents, g, wanted)
        : IsSingle(inputs) ? Second<float>(inputs, tangents, g, wanted) : Second<double>(inputs, tangents, g, wanted);

    /// <summary>f as a differentiable function.</summary>
    public Tensor Apply(params Tensor[] inputs) => new Function(this).Apply(inputs)[0];

    /// <summary><see cref="Forward(Tensor[])"/> of numbers of a type.</summary>
    protected abstract Tensor Forward<T>(Tensor[] inputs)
        where T : unmanaged, INumber<T>;

    /// <summary><see cref="Gradient(Tensor[], Tensor, bool[])"/> of numbers of a type.</summary>
    protected abstract Tensor?[] Gradient<T>(Tensor[] inputs, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>;

    /// <summary><see cref="Second(Tensor[], Tensor?[], Tensor, bool[])"/> of numbers of a type.</summary>
    protected abstract Tensor?[] Second<T>(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
        where T : unmanaged, INumber<T>;

    /// <summary>The same as <see cref="Second(Tensor[], Tensor?[], Tensor, bool[])"/> with a graph, for derivatives beyond the second.</summary>
    protected abstract Tensor?[] Third(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted);

    /// <summary><see cref="Gradient(Tensor[], Tensor, bool[])"/> as a differentiable function; null where a cotangent is not wanted.</summary>
    protected Tensor?[] DifferentiableGradient(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        var results = new Tensor?[inputs.Length];
        if (wanted.Contains(true))
        {
            var found = new GradientFunction(this, wanted).Apply([.. inputs, g]);
            for (int i = 0, next = 0; i < results.Length; i++)
            {
                results[i] = wanted[i] ? found[next++] : null;
            }
        }

        return results;
    }

    private static bool IsSingle(Tensor[] inputs) => inputs[0].dtype == ScalarType.Float32;

    private sealed class Function(DifferentiableKernel kernel) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [kernel.Forward(inputs)];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
            gradients[0] is { } g ? kernel.DifferentiableGradient(inputs, g, needed) : new Tensor?[inputs.Length];
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
                : is_grad_enabled() ? kernel.Third(inputs[..^1], tangents, inputs[^1], needed)
                : kernel.Second(inputs[..^1], tangents, inputs[^1], needed);
        }
    }
}

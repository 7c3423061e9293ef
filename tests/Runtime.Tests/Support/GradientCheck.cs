using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>
/// Compares derivatives by autograd with central differences, in float64. The function must be smooth around the inputs and give the same
/// result each time.
/// </summary>
public static class GradientCheck
{
    private const double Step = 1e-5;

    /// <summary>First derivatives of Σ cotangent·f by every element of every input.</summary>
    /// <param name="f">The function; its result may have any shape.</param>
    /// <param name="inputs">float64 tensors.</param>
    /// <param name="tolerance">Allowed error relative to max(1, largest derivative); central differences reach about 1e-9.</param>
    public static void First(Func<Tensor[], Tensor> f, Tensor[] inputs, double tolerance = 1e-7)
    {
        using var scope = NewDisposeScope();
        Tensor cotangent = Random(f(inputs), 1);
        Check(inputs, x => f(x).mul(cotangent).sum(), tolerance, "first derivative");
    }

    /// <summary>
    /// Second derivatives: first derivatives of Σ tangent·∂(Σ cotangent·f)/∂input by every element of every input. Call <see cref="First"/>
    /// too.
    /// </summary>
    /// <param name="f">The function; its result may have any shape.</param>
    /// <param name="inputs">float64 tensors.</param>
    /// <param name="tolerance">Allowed error relative to max(1, largest derivative).</param>
    public static void Second(Func<Tensor[], Tensor> f, Tensor[] inputs, double tolerance = 1e-7)
    {
        using var scope = NewDisposeScope();
        Tensor cotangent = Random(f(inputs), 1);
        Tensor[] tangents = [.. inputs.Select((x, i) => Random(x, 2 + i))];
        Check(inputs, SlopeAlongTangents, tolerance, "second derivative");

        Tensor SlopeAlongTangents(Tensor[] x)
        {
            // Finite differences come with plain tensors, which must be tracked for the inner derivative.
            Tensor[] tracked = [.. x.Select(t => t.requires_grad ? t : t.detach().requires_grad_())];
            Tensor[] gradients = Gradients(f(tracked).mul(cotangent).sum(), tracked, createGraph: true);
            return gradients.Select((g, i) => g.mul(tangents[i]).sum()).Aggregate((a, b) => a.add(b));
        }
    }

    /// <summary>Derivatives of a scalar by the inputs; zeros for an input that it does not depend on.</summary>
    public static Tensor[] Gradients(Tensor scalar, Tensor[] inputs, bool createGraph = false)
    {
        if (!scalar.requires_grad) return [.. inputs.Select(x => zeros_like(x))];
        IList<Tensor> gradients = autograd.grad([scalar], inputs, retain_graph: createGraph, create_graph: createGraph, allow_unused: true);
        return [.. gradients.Select((g, i) => g is null || g.IsInvalid ? zeros_like(inputs[i]) : g)];
    }

    private static void Check(Tensor[] inputs, Func<Tensor[], Tensor> scalar, double tolerance, string what)
    {
        Assert.All(inputs, x => Assert.Equal(ScalarType.Float64, x.dtype));
        Tensor[] tracked = [.. inputs.Select(x => x.detach().clone().requires_grad_())];
        Tensor[] expected = Gradients(scalar(tracked), tracked);
        for (int i = 0; i < inputs.Length; i++)
            Near.Equal(Differences(scalar, inputs, i), expected[i], tolerance, $"{what} by input {i}");
    }

    private static Tensor Differences(Func<Tensor[], Tensor> scalar, Tensor[] inputs, int which)
    {
        Tensor[] moved = [.. inputs.Select(x => x.detach().clone())];
        double[] x0 = moved[which].data<double>().ToArray(), result = new double[x0.Length];
        double At(int k, double value)
        {
            using var scope = NewDisposeScope();
            double[] x = [.. x0];
            x[k] = value;
            moved[which] = tensor(x).reshape(inputs[which].shape);
            return scalar(moved).item<double>();
        }
        for (int k = 0; k < x0.Length; k++) result[k] = (At(k, x0[k] + Step) - At(k, x0[k] - Step)) / (2 * Step);
        return tensor(result).reshape(inputs[which].shape);
    }

    private static Tensor Random(Tensor like, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn(like.shape, dtype: ScalarType.Float64, generator: generator);
    }
}

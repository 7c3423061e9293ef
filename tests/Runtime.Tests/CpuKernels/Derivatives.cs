using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Values and derivatives of an operation by all its arguments, and what backends must have in common.</summary>
internal static class Derivatives
{
    /// <summary>Float64: differences come from the order of sums alone.</summary>
    public static double Tolerance(ScalarType type) => type == ScalarType.Float64 ? 1e-12 : 1e-5;

    /// <summary>
    /// The value, then for each order the derivatives by every tracked tensor, the higher ones along fixed random directions. A square in the scalar makes the cotangent depend on
    /// the arguments.
    /// </summary>
    /// <param name="f">The operation.</param>
    /// <param name="arguments">Its arguments; their strides are kept.</param>
    /// <param name="needed">Which of them are tracked; all if null.</param>
    /// <param name="parameters">Tracked tensors beside the arguments.</param>
    /// <param name="orders">How many derivatives.</param>
    public static Tensor[][] Of(Func<Tensor[], Tensor> f, Tensor[] arguments, bool[]? needed = null, Tensor[]? parameters = null, int orders = 2)
    {
        Tensor[] leaves = [.. arguments.Select((a, i) => a.detach().requires_grad_(needed is null || needed[i]))];
        Tensor[] tracked = [.. leaves.Where(leaf => leaf.requires_grad), .. parameters ?? []];
        Tensor z = f(leaves);
        var results = new List<Tensor[]> { new[] { z.detach() } };
        Assert.Equal(tracked.Length > 0, z.requires_grad);
        Tensor scalar = (z * Like(z, 1)).sum() + 0.1 * z.square().sum();
        for (int order = 1; order <= orders && tracked.Length > 0; order++)
        {
            Tensor[] gradients = GradientCheck.Gradients(scalar, tracked, createGraph: order < orders);
            results.Add([.. gradients.Select(g => g.detach())]);
            scalar = gradients.Select((g, i) => (g * Like(g, 10 * order + i)).sum()).Aggregate((a, b) => a + b);
        }

        return [.. results];
    }

    /// <summary>Checks that CPU kernels give what the portable backend does.</summary>
    public static void Agree(
        Func<Tensor[], Tensor> f, Tensor[] arguments, bool[]? needed = null, Tensor[]? parameters = null, int orders = 2, string what = "") =>
        Agree(Backend.Cpu, f, arguments, needed, parameters, orders, what);

    /// <summary>Checks that the kernels of a backend give what the portable one does.</summary>
    public static void Agree(
        Backend backend, Func<Tensor[], Tensor> f, Tensor[] arguments, bool[]? needed = null, Tensor[]? parameters = null, int orders = 2, string what = "")
    {
        Tensor[][] expected, actual;
        using (Backends.Use(Backend.Portable)) expected = Of(f, arguments, needed, parameters, orders);
        using (Backends.Use(backend))
        {
            Assert.Equal(backend, Backends.Of(arguments[0]));
            actual = Of(f, arguments, needed, parameters, orders);
        }

        Assert.Equal(expected.Length, actual.Length);
        for (int order = 0; order < expected.Length; order++)
        {
            for (int i = 0; i < expected[order].Length; i++)
            {
                Close(expected[order][i], actual[order][i], Tolerance(arguments[0].dtype), $"{what}: derivative {order} by tracked tensor {i}");
            }
        }
    }

    /// <summary>Relative to the largest expected element; where nothing but zeros is expected, to one.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance, string what)
    {
        double largest = expected.numel() == 0 ? 0 : expected.abs().max().to(ScalarType.Float64).item<double>(), scale = largest > 0 ? largest : 1;
        Assert.Equal(expected.dtype, actual.dtype);
        Near.Equal(expected.to(ScalarType.Float64) / scale, actual.to(ScalarType.Float64) / scale, tolerance, what);
    }

    private static Tensor Like(Tensor tensor, int seed)
    {
        using var random = new Generator((ulong)seed);
        return randn(tensor.shape, ScalarType.Float64, generator: random).to(tensor.dtype);
    }
}

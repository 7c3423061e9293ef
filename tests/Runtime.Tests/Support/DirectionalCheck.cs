using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>
/// As <see cref="GradientCheck"/> for many parameters: compares gradients with finite differences along random directions, so that each tensor costs four calls. A wrong component
/// of a gradient is wrong along almost every direction. Differences over four points with steps h have an error of h⁴/30 times the fifth derivative.
/// </summary>
public static class DirectionalCheck
{
    private const double Step = 2e-4;
    private const double Tolerance = 1e-8;

    /// <summary>The gradient of a scalar by every leaf.</summary>
    /// <param name="scalar">Computes the scalar of the leaves' present values.</param>
    /// <param name="leaves">Float64 tensors that require gradients.</param>
    public static void First(Func<Tensor> scalar, params Tensor[] leaves) => Check(scalar, leaves, "gradient");

    /// <summary>Second derivatives: the gradient of the first derivative along a random direction.</summary>
    /// <param name="scalar">Computes the scalar of the leaves' present values.</param>
    /// <param name="leaves">Float64 tensors that require gradients.</param>
    public static void Second(Func<Tensor> scalar, params Tensor[] leaves)
    {
        Tensor[] directions = Directions(leaves, seed: 2);
        Check(
            () => Sum(Gradients(scalar(), leaves, create: true).Zip(directions, (gradient, direction) => gradient is null ? null : (gradient * direction).sum())),
            leaves,
            "second derivative");
    }

    private static void Check(Func<Tensor> scalar, Tensor[] leaves, string what)
    {
        using var scope = NewDisposeScope();
        Tensor?[] gradients = Gradients(scalar(), leaves, create: false);
        Tensor[] directions = Directions(leaves, seed: 1);
        for (int i = 0; i < leaves.Length; i++)
        {
            Tensor leaf = leaves[i], direction = directions[i];
            double analytic = gradients[i] is { } gradient ? (gradient * direction).sum().item<double>() : 0;
            double numeric = (8 * (At(1) - At(-1)) - (At(2) - At(-2))) / (12 * Step);
            double error = Math.Abs(analytic - numeric) / Math.Max(1, Math.Abs(numeric));
            Assert.True(error <= Tolerance, $"{what} by argument {i}: {analytic}, but finite differences give {numeric} (relative error {error:E1})");

            double At(int steps)
            {
                using var inner = NewDisposeScope();
                Tensor saved = leaf.detach().clone();
                using (no_grad()) leaf.add_(direction * (steps * Step));
                double value = scalar().item<double>();
                using (no_grad()) leaf.copy_(saved);
                return value;
            }
        }
    }

    private static Tensor[] Directions(Tensor[] leaves, ulong seed)
    {
        using var random = new Generator(seed);
        return [.. leaves.Select(leaf => randn(leaf.shape, ScalarType.Float64, generator: random))];
    }

    /// <summary>Null where the scalar does not depend on a leaf.</summary>
    private static Tensor?[] Gradients(Tensor scalar, Tensor[] leaves, bool create)
    {
        if (!scalar.requires_grad) return new Tensor?[leaves.Length];
        return [.. autograd.grad([scalar], leaves, retain_graph: create, create_graph: create, allow_unused: true).Select(g => g is null || g.IsInvalid ? null : g)];
    }

    private static Tensor Sum(IEnumerable<Tensor?> terms) => terms.OfType<Tensor>().Aggregate(zeros(1, ScalarType.Float64).sum(), (sum, term) => sum + term);
}

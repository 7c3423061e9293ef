using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>
/// As <see cref="GradientCheck"/> for many parameters: compares gradients with finite differences along random directions, so that a group of
/// tensors costs four calls. A wrong component of a gradient is wrong along almost every direction.
/// Differences over four points with steps h have an error of h⁴/30 times the fifth derivative.
/// </summary>
public static class DirectionalCheck
{
    private const double Step = 2e-4;
    private const double Tolerance = 1e-8;

    /// <summary>The derivative of a scalar along a direction in each group of tensors.</summary>
    /// <param name="scalar">Computes the scalar of the tensors' present values.</param>
    /// <param name="groups">Float64 tensors that require gradients.</param>
    public static void First(Func<Tensor> scalar, params Tensor[][] groups) => Check(scalar, groups, "first derivative");

    /// <summary>Second derivatives: the derivative of the first derivative along one random direction of all tensors.</summary>
    /// <param name="scalar">Computes the scalar of the tensors' present values.</param>
    /// <param name="groups">Float64 tensors that require gradients.</param>
    public static void Second(Func<Tensor> scalar, params Tensor[][] groups)
    {
        Tensor[] all = [.. groups.SelectMany(g => g)], directions = Directions(all, seed: 2);
        Check(() => Along(directions, GradientCheck.Gradients(scalar(), all, createGraph: true)), groups, "second derivative");
    }

    private static void Check(Func<Tensor> scalar, Tensor[][] groups, string what)
    {
        using var scope = NewDisposeScope();
        for (int i = 0; i < groups.Length; i++)
        {
            Tensor[] group = groups[i], directions = Directions(group, seed: 1);
            double analytic = Along(directions, GradientCheck.Gradients(scalar(), group)).item<double>();
            double numeric = (8 * (At(1) - At(-1)) - (At(2) - At(-2))) / (12 * Step);
            double error = Math.Abs(analytic - numeric) / Math.Max(1, Math.Abs(numeric));
            Assert.True(
                error <= Tolerance,
                $"{what} by group {i}: {analytic}, but finite differences give {numeric} (relative error {error:E1})");

            double At(int steps)
            {
                using var inner = NewDisposeScope();
                Tensor[] saved = [.. group.Select(t => t.detach().clone())];
                Set(group.Zip(directions, (tensor, direction) => tensor + direction * (steps * Step)));
                double value = scalar().item<double>();
                Set(saved);
                return value;
            }

            void Set(IEnumerable<Tensor> values)
            {
                using var noGrad = no_grad();
                foreach (var (tensor, value) in group.Zip([.. values])) tensor.copy_(value);
            }
        }
    }

    private static Tensor Along(Tensor[] directions, Tensor[] gradients) =>
        gradients.Zip(directions, (gradient, direction) => (gradient * direction).sum()).Aggregate((a, b) => a + b);

    private static Tensor[] Directions(Tensor[] tensors, ulong seed)
    {
        using var random = new Generator(seed);
        return [.. tensors.Select(t => randn(t.shape, ScalarType.Float64, generator: random))];
    }
}

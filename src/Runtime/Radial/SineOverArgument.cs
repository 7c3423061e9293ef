using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>sin(x)/x with all its derivatives, also at 0, where those of libtorch's <c>sinc</c> beyond the first are not numbers.</summary>
internal static class SineOverArgument
{
    /// <summary>Below this |x| the series is taken; its next term is 1e-19, and its second derivative is as exact.</summary>
    private const double SeriesEnd = 0.5;

    private static readonly Scalar End = SeriesEnd;
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar One = 1.0;

    /// <summary>(−1)^k/(2k+1)! of Σ (−1)^k x^(2k)/(2k+1)!, from k = 7 down.</summary>
    private static readonly Scalar[] Coefficients =
        [.. Enumerable.Range(0, 8).Reverse().Select(k => (Scalar)((k % 2 == 0 ? 1 : -1) / Enumerable.Range(1, (2 * k) + 1).Aggregate(1.0, (f, i) => f * i)))];

    /// <summary>sin(x)/x, and 1 at 0.</summary>
    public static Tensor Of(Tensor x)
    {
        Tensor isNear = x.abs().lt(End), square = x.masked_fill(isNear.logical_not(), Zero).square(), far = x.masked_fill(isNear, One);
        Tensor series = zeros_like(x).Plus(Coefficients[0]);
        foreach (Scalar coefficient in Coefficients.Skip(1))
        {
            series = series.mul(square).Plus(coefficient);
        }

        // Each branch is finite where the other one is taken, so that nothing that is not a number is multiplied by zero.
        return where(isNear, series, far.sin().div(far));
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// exp(−½ (r − μ)²/Δ²) with centres μ, evenly from 0 to the cutoff radius at first and then perhaps trained, and their initial distance Δ: MACE's
/// <c>GaussianBasis</c>, and SchNet's (Schütt et al. 2017). The functions do not vanish anywhere: multiply by a cutoff. Infinitely differentiable.
/// State: <c>gaussian_weights</c> [number], the centres, a parameter if they are trained and a buffer if not.
/// </summary>
public sealed class GaussianBasis : RadialModule
{
    /// <summary>Where a function is zero; the square of a huge distance would not be finite.</summary>
    private static readonly Scalar Far = 1e3, FarBelow = -1e3;

    private static readonly Scalar MinusHalf = -0.5;

    private readonly double _perStep;

    /// <summary>Makes the basis.</summary>
    /// <param name="radius">The cutoff radius, in the unit of the lengths.</param>
    /// <param name="number">Number of functions, at least 2.</param>
    /// <param name="trainable">Whether the centres are a parameter.</param>
    /// <param name="dtype">Type of the centres; torch's default type if not given.</param>
    /// <param name="device">Device of the centres; torch's default device if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not positive, or the number less than 2.</exception>
    public GaussianBasis(double radius, int number = 128, bool trainable = false, ScalarType? dtype = null, Device? device = null)
        : base(nameof(GaussianBasis), "gaussian_weights", Centres(radius, number), trainable, dtype, device) => _perStep = (number - 1) / radius;

    private protected override Tensor Functions(Tensor lengths, Tensor weights)
    {
        using Scalar perStep = _perStep;
        return lengths.sub(weights).mul(perStep).clamp(FarBelow, Far).square().mul(MinusHalf).exp();
    }

    private static double[] Centres(double radius, int number)
    {
        ExpectRadius(radius);
        ExpectNumber(number, 2);
        return [.. Enumerable.Range(0, number).Select(k => radius * k / (number - 1))];
    }
}

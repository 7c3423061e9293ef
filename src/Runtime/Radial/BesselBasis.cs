using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// sin(w r)/r with frequencies w that may be trained: the radial basis of DimeNet (Gasteiger et al. 2020), NequIP and MACE. With the initial
/// frequencies nπ/c the functions vanish at the cutoff radius c, but not beyond, and trained ones do not: multiply by a cutoff such as <see cref="Cutoff.Polynomial"/>. All derivatives are finite,
/// at r = 0 too. State: <c>bessel_weights</c> [number], a parameter if it is trained and a buffer if not, and the buffers of the convention.
/// </summary>
public sealed class BesselBasis : RadialModule
{
    private readonly double _perLength;
    private readonly double? _prefactor;

    /// <summary>Makes the basis.</summary>
    /// <param name="radius">The cutoff radius c, in the unit of the lengths.</param>
    /// <param name="number">Number of functions.</param>
    /// <param name="convention">Whose factors and names.</param>
    /// <param name="trainable">Whether the frequencies are a parameter; by default as there: NequIP's are, MACE's are not.</param>
    /// <param name="dtype">Type of the frequencies; torch's default type if not given.</param>
    /// <param name="device">Device of the frequencies; torch's default device if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not positive, the number less than 1, or the convention none.</exception>
    public BesselBasis(
        double radius,
        int number = 8,
        BesselConvention convention = BesselConvention.Mace,
        bool? trainable = null,
        ScalarType? dtype = null,
        Device? device = null)
        : base(nameof(BesselBasis), "bessel_weights", Frequencies(radius, number, convention), trainable ?? convention == BesselConvention.Nequip, dtype, device)
    {
        bool isMace = convention == BesselConvention.Mace;
        (_perLength, _prefactor) = (isMace ? 1 : 1 / radius, isMace ? null : 2 / radius);
        if (isMace)
        {
            AddBuffer("r_max", Number(radius));
            AddBuffer("prefactor", Number(Math.Sqrt(2 / radius)));
        }

        Tensor Number(double value) => tensor(value, dtype: Weights.dtype, device: Weights.device);
    }

    private protected override Tensor Functions(Tensor lengths, Tensor weights)
    {
        using Scalar perLength = _perLength;
        Tensor frequencies = weights.mul(perLength), waves = SineOverArgument.Of(lengths.mul(frequencies)).mul(frequencies);
        if (_prefactor is not { } factor)
        {
            return waves.mul(HalfPrecision.Widen(get_buffer("prefactor")!));
        }

        using Scalar scale = factor;
        return waves.mul(scale);
    }

    private static double[] Frequencies(double radius, int number, BesselConvention convention)
    {
        ExpectRadius(radius);
        ExpectNumber(number, 1);
        if (!Enum.IsDefined(convention)) throw new ArgumentOutOfRangeException(nameof(convention), convention, "Unknown convention.");
        double unit = convention == BesselConvention.Mace ? Math.PI / radius : Math.PI;
        return [.. Enumerable.Range(1, number).Select(n => n * unit)];
    }
}

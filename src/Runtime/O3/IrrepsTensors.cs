using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Tensors that carry irreps.</summary>
public static class IrrepsTensors
{
    /// <summary>Random features, as <c>Irreps.randn</c> of e3nn makes them.</summary>
    /// <param name="irreps">What the last axis carries.</param>
    /// <param name="batch">Shape before the last axis; none if null.</param>
    /// <param name="normalization">
    /// <see cref="Normalization.Component"/>: every component has unit variance. <see cref="Normalization.Norm"/>: every copy has length 1, in a random direction.
    /// </param>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make it; the CPU where null.</param>
    /// <param name="generator">Source of random numbers; torch's own where null.</param>
    /// <returns>[batch…, irreps].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The normalisation is none of the two.</exception>
    public static Tensor Randn(
        this Irreps irreps, long[]? batch = null, Normalization normalization = Normalization.Component, ScalarType? dtype = null, Device? device = null, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        if (normalization is not (Normalization.Component or Normalization.Norm))
            throw new ArgumentOutOfRangeException(nameof(normalization), normalization, "Random features are normalised by Component or Norm.");
        using var scope = NewDisposeScope();
        Tensor x = randn([.. batch ?? [], irreps.Dim], dtype ?? get_default_dtype(), device ?? CPU, generator: generator);
        if (normalization == Normalization.Norm && irreps.Dim > 0)
        {
            Tensor[] segments = x.split([.. irreps.Select(e => (long)e.Dim)], -1);
            x = cat([.. irreps.Zip(segments, (e, s) => s.reshape([.. s.shape[..^1], e.Multiplicity, e.Irrep.Dim]) is var copies ? copies.div(copies.norm(-1, true)).flatten(-2, -1) : s)], -1);
        }

        return x.MoveToOuterDisposeScope();
    }
}

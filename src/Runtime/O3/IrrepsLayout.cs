using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Changes the order of the columns of features. All arguments and results of this library are <see cref="Layout.MulIr"/>, e3nn's
/// order; other libraries, and generated networks internally, use <see cref="Layout.IrMul"/>.
/// </summary>
public static class IrrepsLayout
{
    /// <summary>The same features with the columns of each entry of the irreps in another order. Differentiable.</summary>
    /// <param name="x">Features; the last axis carries the irreps.</param>
    /// <param name="irreps">
    /// The irreps, entry by entry as in memory: in ir_mul <c>2x1o+3x1o</c> is a different order from <c>5x1o</c>.
    /// </param>
    /// <param name="from">Order of <paramref name="x"/>.</param>
    /// <param name="to">Order of the result.</param>
    /// <returns>The features, in a tensor of the same shape; <paramref name="x"/> itself where both orders are equal.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="irreps"/> is null.</exception>
    /// <exception cref="ArgumentException">The last axis does not carry the irreps, or a layout is none.</exception>
    public static Tensor Convert(Tensor x, Irreps irreps, Layout from, Layout to)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(irreps);
        CheckDefined(from, nameof(from));
        CheckDefined(to, nameof(to));
        if (x.dim() == 0 || x.shape[^1] != irreps.Dim)
        {
            throw new ArgumentException(
                $"The last axis must have {irreps.Dim} entries ({irreps}), but the shape is [{string.Join(", ", x.shape)}].", nameof(x));
        }

        if (from == to || !irreps.Any(Differs))
        {
            return x;
        }

        using var scope = NewDisposeScope();
        var segments = x.split([.. irreps.Select(e => (long)e.Dim)], -1);
        var converted = segments.Zip(irreps, (segment, entry) => Differs(entry) ? Transpose(segment, entry, to) : segment).ToArray();
        return (converted.Length == 1 ? converted[0] : cat(converted, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>Whether the orders of an entry's columns differ: not for scalars and single copies.</summary>
    private static bool Differs(MulIrrep entry) => entry.Multiplicity > 1 && entry.Irrep.L > 0;

    private static Tensor Transpose(Tensor segment, MulIrrep entry, Layout to)
    {
        long copies = entry.Multiplicity, components = entry.Irrep.Dim;
        long[] leading = segment.shape[..^1], order = to == Layout.IrMul ? [copies, components] : [components, copies];
        return segment.reshape([.. leading, .. order]).transpose(-1, -2).reshape(segment.shape);
    }

    internal static void CheckDefined(Layout layout, string name)
    {
        if (!Enum.IsDefined(layout))
        {
            throw new ArgumentException($"{layout} is no layout; there are {nameof(Layout.MulIr)} and {nameof(Layout.IrMul)}.", name);
        }
    }
}

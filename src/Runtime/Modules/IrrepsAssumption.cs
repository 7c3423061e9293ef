using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The explicit escape hatch of the compile-time checks.</summary>
public static class IrrepsAssumption
{
    /// <summary>
    /// States that the last axis of a tensor carries these irreps, where the compiler cannot see it: after an operation that it does not
    /// know, the statement is trusted. At run time it only checks the number of columns.
    /// </summary>
    /// <param name="x">[..., dim].</param>
    /// <param name="irreps">What the last axis carries.</param>
    /// <returns><paramref name="x"/> itself.</returns>
    /// <exception cref="ArgumentException">The last axis has another number of entries than the irreps.</exception>
    /// <exception cref="FormatException">The irreps cannot be read.</exception>
    public static Tensor AssumeIrreps(this Tensor x, [StringSyntax("Irreps")] string irreps)
    {
        ArgumentNullException.ThrowIfNull(x);
        var parsed = Irreps.Parse(irreps);
        return x.dim() > 0 && x.size(-1) == parsed.Dim
            ? x
            : throw new ArgumentException(
                $"AssumeIrreps(\"{irreps}\"): the last axis must have {parsed.Dim} entries, but the shape is [{string.Join(", ", x.shape)}].",
                nameof(irreps));
    }
}

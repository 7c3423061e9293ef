using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Normalisation of each row by one root mean square over all degrees, which keeps their relative sizes, as in EquiformerV2 (Liao, Wood, Das and Smidt, arXiv:2306.12059). The
/// method takes <c>Tensor x</c> of shape [..., irreps] and returns the same shape. Even scalars are centred over the copies of their entry, then
/// <c>y[u] = w[u] x[u] / √(1/E Σ_e ⟨|x|²⟩_e + ε) + b[u]</c>. The sum runs over the E entries of the irreps, and <c>⟨|x|²⟩_e</c> is the mean square over the copies and components of
/// entry e: each degree weighs the same, whatever its multiplicity and dimension. Only even scalars have a bias b.
/// </summary>
/// <remarks>State-dict names below the method's: <c>weight</c> [copies], <c>bias</c> [even scalars].</remarks>
/// <param name="irreps">Irreps of the argument and the result.</param>
public sealed class RmsNormAttribute([StringSyntax("Irreps")] string irreps) : OperationAttribute
{
    /// <summary>Irreps of the argument and the result.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>ε, added to the mean square before the root; from 1e-15 to 1e15.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>A weight for each copy, initially 1, and biases.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>A bias, initially 0, for each even scalar; none without <see cref="Affine"/>.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Subtracts from even scalars their mean over the copies of the entry, as EquiformerV2 does.</summary>
    public bool Centering { get; set; } = true;

    /// <summary><see cref="Normalization.Component"/>: components get a mean square of 1; <see cref="Normalization.Norm"/>: irreps do.</summary>
    public Normalization Normalization { get; set; }
}

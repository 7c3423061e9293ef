using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Layer normalisation of irreps, each row by itself, as in Equiformer (Liao and Smidt, arXiv:2206.11990). The method takes <c>Tensor x</c> of shape [..., irreps] and returns
/// the same shape. Each entry of the irreps is normalised over its copies: even scalars are centred, then
/// <c>y[u] = w[u] x[u] / √(⟨|x|²⟩ + ε) + b[u]</c>, where <c>⟨|x|²⟩</c> is the mean over the copies of the entry of the squared length (or, by default, of that length divided by the
/// number of components). Only even scalars have a bias b; odd scalars are not centred, since their mean changes sign under inversion.
/// </summary>
/// <remarks>State-dict names below the method's: <c>weight</c> [copies], <c>bias</c> [even scalars]. An entry that consists of one even scalar is centred to 0 and becomes its bias.</remarks>
/// <param name="irreps">Irreps of the argument and the result.</param>
public sealed class LayerNormAttribute([StringSyntax("Irreps")] string irreps) : OperationAttribute
{
    /// <summary>Irreps of the argument and the result.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>ε, added to mean squares before the root; from 1e-15 to 1e15.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>A weight for each copy, initially 1, and biases.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>A bias, initially 0, for each even scalar; none without <see cref="Affine"/>.</summary>
    public bool Bias { get; set; } = true;

    /// <summary><see cref="Normalization.Component"/>: components get a mean square of 1; <see cref="Normalization.Norm"/>: irreps do.</summary>
    public Normalization Normalization { get; set; }
}

using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The length of every irrep, one even scalar a copy, as in <c>e3nn.o3.Norm</c>: <c>z[u] = √(Σ_i x[i,u]²)</c>. The method takes <c>Tensor x</c> of shape [..., in] and returns
/// [..., copies]. Where a copy is shorter than 1e-12 its length is 0, with derivatives of 0 (e3nn's gradient there is not a number).
/// </summary>
/// <param name="input">Irreps of the argument.</param>
public sealed class NormAttribute([StringSyntax("Irreps")] string input) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Squared lengths, <c>z[u] = Σ_i x[i,u]²</c>, which are smooth everywhere.</summary>
    public bool Squared { get; set; }
}

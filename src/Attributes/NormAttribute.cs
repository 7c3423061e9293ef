using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The norm of every irrep, one even scalar per copy, as in <c>e3nn.o3.Norm</c>: <c>z[u] = √(Σ_i x[i,u]²)</c>. The method takes <c>Tensor x</c> of
/// shape [..., in] and returns [..., copies]. Norms below 1e-12 are replaced by 0, with zero derivatives (e3nn's gradient there is NaN).
/// </summary>
/// <param name="input">Irreps of the argument.</param>
public sealed class NormAttribute([StringSyntax("Irreps")] string input) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Squared norms, <c>z[u] = Σ_i x[i,u]²</c>, which are smooth everywhere.</summary>
    public bool Squared { get; set; }
}

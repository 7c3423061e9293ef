using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The equivariant linear map: mixes the copies of equal irreps and nothing else, <c>y[w] = 1/√n Σ_u W[u,w] x[u]</c> with n the number of copies of the
/// irrep in the input, weights drawn from a standard normal, as in <c>e3nn.o3.Linear</c>.
/// The method takes <c>Tensor x</c> of shape [..., in] and returns [..., out].
/// </summary>
/// <param name="input">Irreps of the argument.</param>
/// <param name="output">Irreps of the result.</param>
public sealed class LinearAttribute([StringSyntax("Irreps")] string input, [StringSyntax("Irreps")] string output) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Irreps of the result.</summary>
    public string Output { get; } = output;

    /// <summary>Adds a bias, initially zero, to every even scalar of the output (state-dict name <c>&lt;Method&gt;.bias</c>).</summary>
    public bool Bias { get; set; }
}

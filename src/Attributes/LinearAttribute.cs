using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The equivariant linear map, which mixes only copies of equal irreps, as in <c>e3nn.o3.Linear</c>. The method takes <c>Tensor x</c> of shape
/// [..., in] and returns [..., out].
/// </summary>
/// <remarks>
/// Each path connects a segment s of the input to a segment o of the output with the same irrep. With copies u and w, and components i,
/// <c>y[o][w,i] = Σ_s 1/√n Σ_u W[s,o][u,w] x[s][u,i]</c>. Here n is the number of copies of that irrep in the whole input, i.e. the number of terms
/// in the double sum. Weights are drawn from a standard normal, so inputs of unit variance give outputs of unit variance.
/// </remarks>
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

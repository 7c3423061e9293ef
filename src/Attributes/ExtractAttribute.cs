using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Picks whole entries of the input irreps, as in <c>e3nn.nn.Extract</c>. The method takes <c>Tensor x</c> of shape [..., in] and returns [..., out]. Each entry of the output is, in its
/// order, the first entry of the input that equals it and was not picked before; <see cref="Entries"/> says which entries instead, and may pick one more than once.
/// </summary>
/// <remarks>Entries that lie side by side are not copied: where all do, the result lies in the memory of x.</remarks>
/// <param name="input">Irreps of the argument.</param>
/// <param name="output">Irreps of the result.</param>
public sealed class ExtractAttribute([StringSyntax("Irreps")] string input, [StringSyntax("Irreps")] string output) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Irreps of the result.</summary>
    public string Output { get; } = output;

    /// <summary>For each entry of the output the index of the entry of the input that it is (e3nn's instruction).</summary>
    public int[]? Entries { get; set; }
}

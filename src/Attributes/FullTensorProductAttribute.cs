using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The full tensor product: every irrep in the product of every pair of copies, each kept separately and without weights, as in
/// <c>e3nn.o3.FullTensorProduct</c>. The output is sorted; consecutive equal irreps form one entry. The method takes
/// <c>Tensor x, Tensor y</c> of shapes [..., in1], [..., in2] (leading axes broadcast) and returns [..., out].
/// </summary>
/// <param name="input1">Irreps of the first argument.</param>
/// <param name="input2">Irreps of the second argument.</param>
public sealed class FullTensorProductAttribute([StringSyntax("Irreps")] string input1, [StringSyntax("Irreps")] string input2)
    : OperationAttribute
{
    /// <summary>Irreps of the first argument.</summary>
    public string Input1 { get; } = input1;

    /// <summary>Irreps of the second argument.</summary>
    public string Input2 { get; } = input2;

    /// <summary>Output irreps to keep (multiplicities are ignored); by default, all of them.</summary>
    [StringSyntax("Irreps")]
    public string? Keep { get; set; }

    /// <summary>Normalisation of irreps in the path constants.</summary>
    public IrrepNormalization IrrepNormalization { get; set; } = IrrepNormalization.Component;
}

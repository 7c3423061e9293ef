using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The tensor product copy by copy: the first irrep of one argument with the first of the other, the second with the second, and so on, without
/// weights, as in <c>e3nn.o3.ElementwiseTensorProduct</c>. Both arguments have the same total number of copies. The output follows the order of the
/// inputs, with degrees ascending within each pair. The method takes <c>Tensor x, Tensor y</c> of shapes [..., in1], [..., in2] (leading axes
/// broadcast) and returns [..., out].
/// </summary>
/// <param name="input1">Irreps of the first argument.</param>
/// <param name="input2">Irreps of the second argument.</param>
public sealed class ElementwiseTensorProductAttribute([StringSyntax("Irreps")] string input1, [StringSyntax("Irreps")] string input2)
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

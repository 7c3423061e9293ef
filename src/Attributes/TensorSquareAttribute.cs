using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The tensor product of an argument with itself, as in <c>e3nn.o3.TensorSquare</c>: what is the same for x[u] x[v] and x[v] x[u] is computed once, and
/// what is always zero (the antisymmetric part of a copy with itself) not at all. Without an output it is every irrep of the square, sorted, on its own and
/// without weights; with an output the pairs are mixed by weights. The method takes <c>Tensor x</c> of shape [..., in], with
/// <see cref="WeightKind.Shared"/> or <see cref="WeightKind.PerSample"/> also <c>Tensor weights</c> of shape [weights] or [..., weights], and returns
/// [..., out].
/// </summary>
/// <param name="input">Irreps of the argument.</param>
/// <param name="output">Irreps of the result; null for every irrep of the square.</param>
public sealed class TensorSquareAttribute([StringSyntax("Irreps")] string input, [StringSyntax("Irreps")] string? output = null) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Irreps of the result; null for every irrep of the square.</summary>
    public string? Output { get; } = output;

    /// <summary>Irreps of the square to keep (multiplicities are ignored); every one where it is not set. Without an output only.</summary>
    [StringSyntax("Irreps")]
    public string? Keep { get; set; }

    /// <summary>Where the weights come from. With an output only.</summary>
    public WeightKind Weights { get; set; } = WeightKind.Internal;

    /// <summary>Normalisation of irreps in the path constants.</summary>
    public IrrepNormalization IrrepNormalization { get; set; } = IrrepNormalization.Component;

    /// <summary>Normalisation of paths that share an output. With an output only.</summary>
    public PathNormalization PathNormalization { get; set; } = PathNormalization.Element;
}

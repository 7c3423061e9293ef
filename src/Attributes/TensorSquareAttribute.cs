using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The tensor product of an argument with itself, as in <c>e3nn.o3.TensorSquare</c>: terms that agree for x[u] x[v] and x[v] x[u] are computed once, and
/// terms that vanish identically (the antisymmetric part of a copy with itself) are omitted. Without an output, the result has every irrep of the square,
/// sorted, separately and without weights; with an output, weights mix the pairs. The method takes <c>Tensor x</c> of shape [..., in], with
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

    /// <summary>Irreps of the square to keep (multiplicities are ignored); by default, all of them. Only without an output.</summary>
    [StringSyntax("Irreps")]
    public string? Keep { get; set; }

    /// <summary>Where the weights come from. Only with an output.</summary>
    public WeightKind Weights { get; set; } = WeightKind.Internal;

    /// <summary>Normalisation of irreps in the path constants.</summary>
    public IrrepNormalization IrrepNormalization { get; set; } = IrrepNormalization.Component;

    /// <summary>Normalisation of paths that share an output. Only with an output.</summary>
    public PathNormalization PathNormalization { get; set; } = PathNormalization.Element;

    /// <summary>
    /// Lets outputs that no path reaches stay zero and inputs that no path reads be ignored, as e3nn does; otherwise both are reported. <c>&lt;Method&gt;OutputMask</c> is then written too.
    /// Only with an output.
    /// </summary>
    public bool AllowMissingPaths { get; set; }
}

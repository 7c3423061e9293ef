using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The weighted tensor product of two inputs: a sum over paths (irrep of input 1) × (irrep of input 2) → (irrep of output), each the
/// Wigner 3j contraction times a constant and weights, as in <c>e3nn.o3.TensorProduct</c>. Without a <see cref="PathAttribute"/>
/// every allowed path is used. The method takes <c>Tensor x, Tensor y</c> of shapes [..., in1], [..., in2] (leading axes broadcast),
/// with <see cref="WeightKind.Shared"/> or <see cref="WeightKind.PerSample"/> also <c>Tensor weights</c> of shape [weights] or
/// [..., weights], and returns [..., out].
/// </summary>
/// <remarks>
/// The matrix of the product for a given second argument (e3nn's <c>right</c>) is the product with all unit vectors: <c>Product(eye(n), y.unsqueeze(-2))</c> with n columns of the first argument
/// gives [..., in1, out]. The block of weights of each path is a view: <c>RecordableOperation.Find(module, "Product").Paths[i].View(weights)</c>.
/// </remarks>
/// <param name="input1">Irreps of the first argument.</param>
/// <param name="input2">Irreps of the second argument.</param>
/// <param name="output">Irreps of the result.</param>
public sealed class TensorProductAttribute(
    [StringSyntax("Irreps")] string input1,
    [StringSyntax("Irreps")] string input2,
    [StringSyntax("Irreps")] string output) : OperationAttribute
{
    /// <summary>Irreps of the first argument.</summary>
    public string Input1 { get; } = input1;

    /// <summary>Irreps of the second argument.</summary>
    public string Input2 { get; } = input2;

    /// <summary>Irreps of the result.</summary>
    public string Output { get; } = output;

    /// <summary>How multiplicities are connected, for every path without its own mode.</summary>
    public ConnectionMode Mode { get; set; } = ConnectionMode.UVW;

    /// <summary>Where the weights come from.</summary>
    public WeightKind Weights { get; set; } = WeightKind.Internal;

    /// <summary>Normalisation of irreps in the path constants.</summary>
    public IrrepNormalization IrrepNormalization { get; set; } = IrrepNormalization.Component;

    /// <summary>Normalisation of paths that share an output.</summary>
    public PathNormalization PathNormalization { get; set; } = PathNormalization.Element;

    /// <summary>Variance of the components of each entry of the first argument (e3nn's <c>in1_var</c>); 1 for all where it is not set. The path constants make up for it.</summary>
    public double[]? Input1Variances { get; set; }

    /// <summary>Variance of the components of each entry of the second argument (e3nn's <c>in2_var</c>).</summary>
    public double[]? Input2Variances { get; set; }

    /// <summary>Variance that the components of each entry of the result are to have (e3nn's <c>out_var</c>).</summary>
    public double[]? OutputVariances { get; set; }

    /// <summary>
    /// Lets outputs that no path reaches stay zero and inputs that no path reads be ignored, as e3nn does; otherwise both are reported. <c>&lt;Method&gt;OutputMask</c> is then written too.
    /// </summary>
    public bool AllowMissingPaths { get; set; }
}

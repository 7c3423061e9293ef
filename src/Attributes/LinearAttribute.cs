using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The equivariant linear map, which mixes only copies of equal irreps, as in <c>e3nn.o3.Linear</c>. The method takes <c>Tensor x</c> of shape
/// [..., in] and returns [..., out]; with <see cref="WeightKind.Shared"/> or <see cref="WeightKind.PerSample"/> weights also <c>Tensor weights</c> of shape [weights] or [..., weights] and, with
/// biases, <c>Tensor bias</c> of shape [biases] or [..., biases].
/// </summary>
/// <remarks>
/// Each path connects a segment s of the input to a segment o of the output with the same irrep. With copies u and w, and components i,
/// <c>y[o][w,i] = Σ_s 1/√n Σ_u W[s,o][u,w] x[s][u,i]</c>. Here n is the number of copies that the paths of o sum, i.e. the number of terms
/// in the double sum. Weights are drawn from a standard normal, so inputs of unit variance give outputs of unit variance. With <see cref="PathAttribute"/>s such as <c>[Path(0, 1)]</c>, input
/// segment 0 to output segment 1, only these paths are used.
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

    /// <summary>Positions of the output's segments that get a bias, each of even scalars; instead of <see cref="Bias"/>, which is for all of them.</summary>
    public int[]? BiasEntries { get; set; }

    /// <summary>Where weights and biases come from: the module, or the caller.</summary>
    public WeightKind Weights { get; set; } = WeightKind.Internal;

    /// <summary>Normalisation of paths that share an output: n counts the copies that all of them sum, or those of one path times the number of paths.</summary>
    public PathNormalization PathNormalization { get; set; } = PathNormalization.Element;

    /// <summary>
    /// Channels of the input, an axis before the last whose channels are mixed too (e3nn's <c>f_in</c>): x is [..., InputChannels, in] and weights are [InputChannels, OutputChannels, weights].
    /// 0 for no such axes; otherwise <see cref="OutputChannels"/> is at least 1, too.
    /// </summary>
    public int InputChannels { get; set; }

    /// <summary>Channels of the result (e3nn's <c>f_out</c>): it is [..., OutputChannels, out], and biases are [OutputChannels, biases].</summary>
    public int OutputChannels { get; set; }

    /// <summary>
    /// Lets outputs that no path reaches stay zero and inputs that no path reads be ignored, as e3nn does; otherwise both are reported. <c>&lt;Method&gt;OutputMask</c> is then written too.
    /// </summary>
    public bool AllowMissingPaths { get; set; }
}

using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Batch normalisation, as in <c>e3nn.nn.BatchNorm</c>. The method takes <c>Tensor x</c> of shape [batch, ..., irreps] and returns the same shape; the axes between
/// are the samples of a row. Even scalars are centred: their mean over rows and samples is subtracted (odd scalars are not, since the mean of an odd scalar changes sign under
/// inversion). Then each copy u is divided by the root mean square of its length,
/// <c>y[u] = w[u] x[u] / √(n[u] + ε) + b[u]</c>, where <c>n[u]</c> is the squared length of copy u, reduced over the samples of a row and averaged over the rows. Only even scalars have a
/// bias b.
/// </summary>
/// <remarks>
/// <para>
/// In training mode, means and squared lengths are those of the batch, and the running ones move towards them: <c>(1 − Momentum)·old + Momentum·new</c>. In evaluation mode
/// (<c>module.eval()</c>) the running ones are used. State-dict names are e3nn's below the method's name: parameters <c>weight</c> [copies] and <c>bias</c> [even scalars], buffers
/// <c>running_mean</c> [even scalars] and <c>running_var</c> [copies].
/// </para>
/// <para>
/// A batch without rows, or without samples, has no statistics: it gives an empty result and leaves the running ones as they are. A single row is taken as any other batch, as
/// in e3nn: its even scalars, centred over nothing but their own samples, become the bias where each row has one sample. An x without leading axes, [irreps], is one row.
/// </para>
/// </remarks>
/// <param name="irreps">Irreps of the argument and the result.</param>
public sealed class BatchNormAttribute([StringSyntax("Irreps")] string irreps) : OperationAttribute
{
    /// <summary>Irreps of the argument and the result.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>ε, added to squared lengths before the root; from 1e-15 to 1e15.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>How far the running statistics move towards those of a batch, from 0 to 1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>A weight for each copy, initially 1, and biases.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>A bias, initially 0, for each even scalar (e3nn's <c>include_bias</c>); none without <see cref="Affine"/>.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the squared lengths in the samples of a row become one.</summary>
    public SampleReduction Reduce { get; set; }

    /// <summary><see cref="Normalization.Component"/>: every component gets a mean square of 1; <see cref="Normalization.Norm"/>: every irrep does.</summary>
    public Normalization Normalization { get; set; }

    /// <summary>Statistics of each row by itself, over its samples, in both modes; there are no running ones.</summary>
    public bool Instance { get; set; }
}

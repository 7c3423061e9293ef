using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Does the work of <see cref="RmsNormAttribute"/>, which says what it computes.</summary>
/// <param name="label">The operation's name in messages.</param>
/// <param name="irreps">Irreps of argument and result.</param>
/// <param name="epsilon">Added to the mean square.</param>
/// <param name="affine">Whether it has weights.</param>
/// <param name="bias">Whether it has biases, too.</param>
/// <param name="centering">Whether even scalars are centred.</param>
/// <param name="normalization">Whether components or irreps get a mean square of 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RmsNorm(
    string label, Irreps irreps, double epsilon = 1e-5, bool affine = true, bool bias = true, bool centering = true, Normalization normalization = Normalization.Component)
    : RowNorm(label, irreps, epsilon, affine, bias, normalization, centering)
{
    private protected override Tensor Common(Tensor squares) => squares.mean([-1], keepdim: true);
}

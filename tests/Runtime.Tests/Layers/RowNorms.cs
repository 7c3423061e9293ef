using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>Normalisations of single rows.</summary>
[EquivariantModule]
public sealed partial class RowNorms : nn.Module
{
    public const string In = "4x0e + 3x0o + 3x1o + 2x2e + 2x0e";

    [LayerNorm(In)]
    public partial Tensor Layer(Tensor x);

    [LayerNorm(In, Normalization = Normalization.Norm, Bias = false, Epsilon = 1e-3)]
    public partial Tensor LayerOfNorms(Tensor x);

    [LayerNorm(In, Affine = false)]
    public partial Tensor LayerPlain(Tensor x);

    [RmsNorm(In)]
    public partial Tensor Rms(Tensor x);

    [RmsNorm(In, Normalization = Normalization.Norm, Centering = false, Bias = false)]
    public partial Tensor RmsOfNorms(Tensor x);

    [RmsNorm("1e + 0x0e")]
    public partial Tensor RmsOfOne(Tensor x);

    [LayerNorm("0x0e")]
    public partial Tensor LayerOfNothing(Tensor x);
}

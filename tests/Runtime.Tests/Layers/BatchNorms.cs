using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>The reference cases batchnorm.*, with names that say which.</summary>
[EquivariantModule]
public sealed partial class BatchNorms : nn.Module
{
    public const string In = "3x0e + 2x0o + 2x1o + 1x2e";

    [BatchNorm(In)]
    public partial Tensor ComponentMean(Tensor x);

    [BatchNorm(In, Affine = false)]
    public partial Tensor ComponentMeanNoaffine(Tensor x);

    [BatchNorm(In, Instance = true)]
    public partial Tensor ComponentMeanInstance(Tensor x);

    [BatchNorm(In, Bias = false)]
    public partial Tensor ComponentMeanNobias(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max)]
    public partial Tensor ComponentMax(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Affine = false)]
    public partial Tensor ComponentMaxNoaffine(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Instance = true)]
    public partial Tensor ComponentMaxInstance(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Bias = false)]
    public partial Tensor ComponentMaxNobias(Tensor x);

    [BatchNorm(In, Normalization = Normalization.Norm)]
    public partial Tensor NormMean(Tensor x);

    [BatchNorm(In, Normalization = Normalization.Norm, Affine = false)]
    public partial Tensor NormMeanNoaffine(Tensor x);

    [BatchNorm(In, Normalization = Normalization.Norm, Instance = true)]
    public partial Tensor NormMeanInstance(Tensor x);

    [BatchNorm(In, Normalization = Normalization.Norm, Bias = false)]
    public partial Tensor NormMeanNobias(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Normalization = Normalization.Norm)]
    public partial Tensor NormMax(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Normalization = Normalization.Norm, Affine = false)]
    public partial Tensor NormMaxNoaffine(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Normalization = Normalization.Norm, Instance = true)]
    public partial Tensor NormMaxInstance(Tensor x);

    [BatchNorm(In, Reduce = SampleReduction.Max, Normalization = Normalization.Norm, Bias = false)]
    public partial Tensor NormMaxNobias(Tensor x);

    [BatchNorm("2x1o + 0x0e + 3x0e + 2x2e + 1x0e", Momentum = 0.25, Epsilon = 1e-3)]
    public partial Tensor Apart(Tensor x);

    [BatchNorm("2x1o")]
    public partial Tensor Vectors(Tensor x);
}

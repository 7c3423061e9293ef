using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Linear maps: the reference cases linear.*, twice without their output 1x3o, which no path reaches, and others.</summary>
[EquivariantModule]
public sealed partial class LinearMaps : nn.Module
{
    public const string In = "3x0e + 2x0e + 2x1o + 1x2e + 2x1e";
    public const string Out = "4x0e + 1x1o + 2x2e + 1x0e + 2x1e";

    [Linear(In, Out)]
    public partial Tensor Plain(Tensor x);

    [Linear(In, Out, Bias = true)]
    public partial Tensor Biases(Tensor x);

    private const string Unreached = "4x0e + 1x1o + 2x2e + 1x0e + 1x3o + 2x1e";

    [Linear(In, Unreached, AllowMissingPaths = true)]
    public partial Tensor WithUnreached(Tensor x);

    [Linear(In, Unreached, BiasEntries = [0], AllowMissingPaths = true)]
    public partial Tensor BiasesList(Tensor x);

    [Linear(In, Unreached, Bias = true, Weights = WeightKind.Shared, AllowMissingPaths = true)]
    public partial Tensor ExternalShared(Tensor x, Tensor weights, Tensor bias);

    [Linear(In, Unreached, Weights = WeightKind.PerSample, AllowMissingPaths = true)]
    public partial Tensor PerSample(Tensor x, Tensor weights);

    [Linear(In, Out, Bias = true, Weights = WeightKind.PerSample)]
    public partial Tensor PerSampleBiases(Tensor x, Tensor weights, Tensor bias);

    [Linear(In, Unreached, Bias = true, InputChannels = 3, OutputChannels = 2, AllowMissingPaths = true)]
    public partial Tensor FInFOut(Tensor x);

    [Linear(In, Out, Bias = true, InputChannels = 3, OutputChannels = 2, Weights = WeightKind.Shared)]
    public partial Tensor ChannelsShared(Tensor x, Tensor weights, Tensor bias);

    [Linear(In, Out, Bias = true, InputChannels = 3, OutputChannels = 2, Weights = WeightKind.PerSample)]
    public partial Tensor ChannelsPerSample(Tensor x, Tensor weights, Tensor bias);

    [Linear(In, Unreached, AllowMissingPaths = true)]
    [Path(0, 0), Path(1, 3), Path(1, 0), Path(2, 1)]
    public partial Tensor Instructions(Tensor x);

    [Linear(In, Unreached, PathNormalization = PathNormalization.Path, AllowMissingPaths = true)]
    public partial Tensor Path(Tensor x);

    [Linear("2x0o", "2x0e + 2x1o", Bias = true, AllowMissingPaths = true)]
    public partial Tensor NothingButBias(Tensor x);

    [Linear("4x1o", "2x0e", Bias = true, AllowMissingPaths = true)]
    public partial Tensor BiasOnly(Tensor x);

    /// <summary>Scalars that consist of a bias alone, before, between and after others.</summary>
    [Linear("2x1o + 2x0o", "2x0e + 3x1o + 1x0o + 1x0e", Bias = true)]
    public partial Tensor BiasAlone(Tensor x);

    [Linear("0x0e + 2x1e + 0x2o", "0x1o + 3x1e + 0x0e")]
    public partial Tensor WithEmptySegments(Tensor x);

    [Linear("48x0e + 32x1o + 16x0e + 24x2e", "64x0e + 40x1o + 48x2e")]
    public partial Tensor Wide(Tensor x);
}

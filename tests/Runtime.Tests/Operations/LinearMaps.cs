using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>
/// Linear maps: the reference cases linear.*, without their output 1x3o, which no path reaches (a compile-time error here), and others.
/// </summary>
[EquivariantModule]
public sealed partial class LinearMaps : nn.Module
{
    public const string In = "3x0e + 2x0e + 2x1o + 1x2e + 2x1e";
    public const string Out = "4x0e + 1x1o + 2x2e + 1x0e + 2x1e";

    [Linear(In, Out)]
    public partial Tensor Plain(Tensor x);

    [Linear(In, Out, Bias = true)]
    public partial Tensor Biases(Tensor x);

    /// <summary>Scalars that consist of a bias alone, before, between and after others.</summary>
    [Linear("2x1o + 2x0o", "2x0e + 3x1o + 1x0o + 1x0e", Bias = true)]
    public partial Tensor BiasAlone(Tensor x);

    [Linear("0x0e + 2x1e + 0x2o", "0x1o + 3x1e + 0x0e")]
    public partial Tensor WithEmptySegments(Tensor x);

    [Linear("48x0e + 32x1o + 16x0e + 24x2e", "64x0e + 40x1o + 48x2e")]
    public partial Tensor Wide(Tensor x);
}

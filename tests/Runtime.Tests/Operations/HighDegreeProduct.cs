using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Degrees up to the largest there are couplings for, 11.</summary>
[EquivariantModule]
public sealed partial class HighDegreeProduct : nn.Module
{
    public const string X = "2x5o + 1x7e";
    public const string Y = "6e + 2x3o";
    public const string Out = "2x11o + 3x8e + 1x4o";

    [TensorProduct(X, Y, Out)]
    public partial Tensor Product(Tensor x, Tensor y);
}

using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>The reference cases norm.*.</summary>
[EquivariantModule]
public sealed partial class Norms : nn.Module
{
    public const string In = "3x0e + 2x1o + 1x2e + 2x0o + 1x3o";

    [Norm(In)]
    public partial Tensor Plain(Tensor x);

    [Norm(In, Squared = true)]
    public partial Tensor Squared(Tensor x);

    [Norm("2x1o + 0x2e")]
    public partial Tensor Vectors(Tensor x);
}

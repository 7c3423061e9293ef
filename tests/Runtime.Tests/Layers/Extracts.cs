using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>The reference case extract, a declaration for each of its outputs.</summary>
[EquivariantModule]
public sealed partial class Extracts : nn.Module
{
    public const string In = "2x1o + 3x0e + 1x2e + 2x0o";

    [Extract(In, "3x0e + 2x0o", Entries = [1, 3])]
    public partial Tensor Out0(Tensor x);

    [Extract(In, "2x1o", Entries = new[] { 0 })]
    public partial Tensor Out1(Tensor x);

    [Extract(In, "1x2e + 3x0e")]
    public partial Tensor Out2(Tensor x);

    [Extract("2x1o + 2x1o + 1x0e", "1x0e + 2x1o + 2x1o")]
    public partial Tensor Equal(Tensor x);

    [Extract("2x1o + 1x0e", "1x0e + 1x0e + 2x1o", Entries = [1, 1, 0])]
    public partial Tensor Twice(Tensor x);

    [Extract("2x1o + 1x0e", "")]
    public partial Tensor None(Tensor x);
}

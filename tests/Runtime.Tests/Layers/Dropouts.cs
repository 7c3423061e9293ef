using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>The reference case dropout, and the ends of the range.</summary>
[EquivariantModule]
public sealed partial class Dropouts : nn.Module
{
    public const string In = "3x0e + 2x1o + 1x2e";

    [Dropout(In, 0.4)]
    public partial Tensor Drop(Tensor x);

    [Dropout(In, 0)]
    public partial Tensor Nothing(Tensor x);

    [Dropout(In, 1)]
    public partial Tensor Everything(Tensor x);
}

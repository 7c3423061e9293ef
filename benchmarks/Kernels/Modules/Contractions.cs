using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Modules;

/// <summary>The symmetric contraction of a MACE of medium size.</summary>
[EquivariantModule]
internal sealed partial class Contractions : nn.Module
{
    public const int Elements = 3;

    [SymmetricContraction("128x0e + 128x1o + 128x2e + 128x3o", "128x0e + 128x1o", Elements = Elements)]
    public partial Tensor Apply(Tensor x, Tensor species);
}

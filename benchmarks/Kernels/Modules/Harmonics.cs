using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Modules;

/// <summary>Spherical harmonics of directions.</summary>
[EquivariantModule]
internal sealed partial class Harmonics : nn.Module
{
    [SphericalHarmonics("0e + 1o + 2e + 3o + 4e")]
    public partial Tensor Apply(Tensor vectors);
}

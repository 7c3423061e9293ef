using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Spherical and solid harmonics of the reference data.</summary>
[EquivariantModule]
public sealed partial class HarmonicsModule : nn.Module
{
    private const string To4 = "0e + 1o + 2e + 3o + 4e";
    private const string To6 = To4 + "+ 5o + 6e";
    private const string To11 = To6 + "+ 7o + 8e + 9o + 10e + 11o";

    [SphericalHarmonics(To11)]
    public partial Tensor Component(Tensor vectors);

    [SphericalHarmonics(To11, Normalization = Normalization.Norm)]
    public partial Tensor Norm(Tensor vectors);

    [SphericalHarmonics(To11, Normalization = Normalization.Integral)]
    public partial Tensor Integral(Tensor vectors);

    [SphericalHarmonics(To4)]
    public partial Tensor Component4(Tensor vectors);

    [SphericalHarmonics(To4, Normalization = Normalization.Norm)]
    public partial Tensor Norm4(Tensor vectors);

    [SphericalHarmonics(To4, Normalization = Normalization.Integral)]
    public partial Tensor Integral4(Tensor vectors);

    [SphericalHarmonics(To4, Normalize = false)]
    public partial Tensor SolidComponent4(Tensor vectors);

    [SphericalHarmonics(To4, Normalize = false, Normalization = Normalization.Norm)]
    public partial Tensor SolidNorm4(Tensor vectors);

    [SphericalHarmonics(To4, Normalize = false, Normalization = Normalization.Integral)]
    public partial Tensor SolidIntegral4(Tensor vectors);

    [SphericalHarmonics(To6)]
    public partial Tensor Component6(Tensor vectors);

    [SphericalHarmonics(To6, Normalize = false)]
    public partial Tensor SolidComponent6(Tensor vectors);

    [SphericalHarmonics("2x1o + 0e + 3o")]
    public partial Tensor Irreps0(Tensor vectors);

    [SphericalHarmonics("2e + 0e")]
    public partial Tensor Irreps1(Tensor vectors);

    /// <summary>Of a pseudovector.</summary>
    [SphericalHarmonics("0e + 1e + 2e")]
    public partial Tensor Irreps2(Tensor vectors);

    [SphericalHarmonics("3o + 1o + 2x2e + 0e + 3o + 1o")]
    public partial Tensor Repeated(Tensor vectors);

    [SphericalHarmonics("1o")]
    public partial Tensor VectorAlone(Tensor vectors);

    [SphericalHarmonics("0x1o + 2x0e", Normalize = false)]
    public partial Tensor ScalarsAlone(Tensor vectors);
}

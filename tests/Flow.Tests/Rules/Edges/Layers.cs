using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Modules with weights that stay the same: code of the tests, and text for the analysis.</summary>
internal static class Layers
{
    private static readonly Linear Mix = nn.Linear(3, 2, hasBias: false, dtype: ScalarType.Float64);
    private static readonly Linear Shift = nn.Linear(3, 2, hasBias: true, dtype: ScalarType.Float64);
    private static readonly Linear Rows = nn.Linear(4, 2, hasBias: true, dtype: ScalarType.Float64);
    private static readonly LayerNorm Normalized = nn.LayerNorm(3, dtype: ScalarType.Float64);
    private static readonly Embedding Kinds = nn.Embedding(4, 3, dtype: ScalarType.Float64);
    private static readonly Sequential Odd = nn.Sequential(nn.Linear(3, 2, hasBias: false, dtype: ScalarType.Float64), nn.Tanh());
    private static readonly Sequential Even = nn.Sequential(nn.Linear(3, 2, hasBias: false, dtype: ScalarType.Float64), nn.ReLU());
    private static readonly FullyConnectedNetwork Network = new([3, 5, 2], ActivationFunction.Sigmoid, dtype: ScalarType.Float64);

    private static readonly BesselBasis Bessel = new(3.0, 3, BesselConvention.Nequip, dtype: ScalarType.Float64);
    private static readonly GaussianBasis Gaussian = new(3.0, 4, dtype: ScalarType.Float64);

    /// <summary>Other weights than those of the beginning, which are ones and zeros.</summary>
    public static void Learn()
    {
        using var _ = no_grad();
        Normalized.weight!.copy_(torch.tensor(new[] { 0.5, 2.0, 1.0 }));
        Normalized.bias!.fill_(0.5);
    }

    public static Tensor Mixed(Tensor x) => Mix.call(x);

    public static Tensor Shifted(Tensor x) => Shift.call(x);

    public static Tensor RowsShifted(Tensor x) => Rows.call(x);

    public static Tensor Normed(Tensor x) => Normalized.call(x);

    public static Tensor Embedded(Tensor x) => Kinds.call(x);

    public static Tensor OddParts(Tensor x) => Odd.call(x);

    public static Tensor Parts(Tensor x) => Even.call(x);

    public static Tensor Waves(Tensor x) => Bessel.call(x);

    public static Tensor Bells(Tensor x) => Gaussian.call(x);

    public static Tensor Connected(Tensor x) => Network.call(x);
}

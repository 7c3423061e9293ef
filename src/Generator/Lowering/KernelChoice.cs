using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Lowering;

/// <summary>Selects the kernel of an operation from its plan; printers and descriptions read the result.</summary>
internal static class KernelChoice
{
    /// <summary>Beyond so many copies of y, coupling each by itself makes more than what contracting all copies at once needs.</summary>
    private const int MostCopies = 8;

    /// <summary>The kernel of an operation.</summary>
    public static Kernel Of(OperationModel operation) => operation switch
    {
        GateModel { Input.Dim: > 0 } or ActivationModel { Input.Dim: > 0 } => Kernel.Gate,
        NormActivationModel { Input.Dim: > 0 } => Kernel.Elementwise,
        SymmetricContractionModel => Kernel.SymmetricContraction,
        RuntimeModuleModel => Kernel.Torch,
        LinearModel { Plan.Paths.Count: > 0, Weights: not WeightKind.PerSample } => Kernel.Linear,
        SphericalHarmonicsModel harmonics when harmonics.Output.Any(e => e is { Multiplicity: > 0, Irrep.L: > 0 }) => Kernel.Harmonics,
        ConvolutionModel convolution when ProductPath.Of(convolution.Plan).Count > 0 => Kernel.Convolution,
        TensorProductModel product => OfProduct(product.Plan, product.Weights),
        _ => Kernel.None,
    };

    private static Kernel OfProduct(SegmentedPolynomial plan, WeightKind weights)
    {
        var paths = ProductPath.Of(plan);
        return paths.Count == 0 ? Kernel.None
            : weights is WeightKind.Internal or WeightKind.Shared && paths.All(p => p.Mode == ConnectionMode.UVW && p.YSegment.Multiplicity <= MostCopies) ? Kernel.FullyConnected
            : paths.All(p => p.Mode == ConnectionMode.UVU) ? Kernel.Channelwise
            : paths.All(p => p.PairsCopies) ? Kernel.Elementwise
            : Kernel.Coupling;
    }
}

using System.Runtime.CompilerServices;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Lowering;

/// <summary>
/// What computes an operation where there are kernels for its tensors, read off its plan. Here it is decided; printers and descriptions read the result.
/// </summary>
/// <param name="Kernel">Name of the runtime's <c>OperationKernel</c>.</param>
internal abstract record KernelProgram(string Kernel)
{
    private static readonly ConditionalWeakTable<OperationModel, KernelProgram> Made = new();

    /// <summary>The program of an operation.</summary>
    public static KernelProgram Of(OperationModel operation) => Made.GetValue(operation, Lower);

    private static KernelProgram Lower(OperationModel operation) => operation switch
    {
        GateModel { Input.Dim: > 0 } => new OneKernel("Gate"),
        SymmetricContractionModel => new OneKernel("SymmetricContraction"),
        LinearModel { Plan.Paths.Count: > 0 } => new OneKernel("Linear"),
        SphericalHarmonicsModel harmonics when harmonics.Output.Any(e => e is { Multiplicity: > 0, Irrep.L: > 0 }) => new OneKernel("Harmonics"),
        ConvolutionModel { Plan: { Paths.Count: > 0 } plan } => Channelwise.Recognise(plan, "Convolution") ?? Coupled,
        TensorProductModel { Plan: { Paths.Count: > 0 } plan } product =>
            FullyConnected.Recognise(plan, product.Weights) ?? Channelwise.Recognise(plan, "Channelwise") ?? Coupled,
        _ => new OneKernel("None"),
    };

    /// <summary>A kernel couples; TorchSharp operations mix or pair the copies.</summary>
    private static KernelProgram Coupled => new OneKernel("Coupling");

    /// <summary>A program that follows from the operation as it stands.</summary>
    private sealed record OneKernel(string Kernel) : KernelProgram(Kernel);
}

/// <summary>A product that keeps the copies of its first argument apart.</summary>
/// <param name="Kernel">For rows, or for the edges of a graph.</param>
/// <param name="Paths">Its paths.</param>
internal sealed record Channelwise(string Kernel, IReadOnlyList<ChannelwisePath> Paths) : KernelProgram(Kernel)
{
    /// <summary>The program; null where a path mixes or pairs copies.</summary>
    public static Channelwise? Recognise(SegmentedPolynomial plan, string kernel) => ChannelwisePath.Of(plan) is { } paths ? new Channelwise(kernel, paths) : null;
}

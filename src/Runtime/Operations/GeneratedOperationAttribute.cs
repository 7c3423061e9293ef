using System.ComponentModel;
using E3Gen.Kernels;
namespace E3Gen.Operations;

/// <summary>What computes an operation where there are kernels for its tensors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OperationKernel
{
    /// <summary>TorchSharp operations, everywhere.</summary>
    None,

    /// <summary>One kernel gathers, couples, weighs and sums.</summary>
    Convolution,

    /// <summary>One kernel couples and weighs the rows of a tensor product that keeps the copies of its first argument apart.</summary>
    Channelwise,

    /// <summary>One kernel couples, a second one mixes the copies.</summary>
    FullyConnected,

    /// <summary>A kernel couples; TorchSharp operations mix or pair the copies.</summary>
    Coupling,

    /// <summary>TorchSharp operations multiply copy by copy, everywhere.</summary>
    Elementwise,

    /// <summary>One kernel climbs from degree to degree.</summary>
    Harmonics,

    /// <summary>One kernel activates scalars and multiplies what they gate.</summary>
    Gate,

    /// <summary>One kernel mixes copies, all paths in one pass over the rows.</summary>
    Linear,

    /// <summary>One kernel multiplies components, product after product, and sums what they contribute.</summary>
    SymmetricContraction,

    /// <summary>TorchSharp operations, everywhere, which a module of ours calls.</summary>
    Torch,
}

/// <summary>
/// Describes an operation of a generated class to <see cref="Backends.Explain"/> and
/// <see cref="Analysis.Recorder"/>. Written by the generator.
/// </summary>
/// <param name="name">Its name in messages, such as "Interaction.Convolve".</param>
/// <param name="kind">The attribute that declares it, such as "Convolution"; empty where its declaration has errors.</param>
/// <param name="irreps">What it maps to what.</param>
/// <param name="kernel">What computes it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GeneratedOperationAttribute(string name, string kind, string irreps, OperationKernel kernel) : Attribute
{
    /// <summary>Its name in messages, such as "Interaction.Convolve".</summary>
    public string Name { get; } = name;

    /// <summary>The attribute that declares it, such as "Convolution"; empty where its declaration has errors.</summary>
    public string Kind { get; } = kind;

    /// <summary>What it maps to what.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>What computes it.</summary>
    public OperationKernel Kernel { get; } = kernel;

    /// <summary>Name of the component that holds its parameters; null where it has none of its own.</summary>
    public string? Component { get; init; }

    /// <summary>Its couplings whose loops are not unrolled; null where all are.</summary>
    public string? Tables { get; init; }

    /// <summary>Order of the columns of its first argument and of its result.</summary>
    public Layout Layout { get; init; }

    /// <summary>Its paths that have weights, such as "4x0e → 4x0e", in the order in which the weights lie.</summary>
    public string[] Paths { get; init; } = [];

    /// <summary>The shape of the block of weights of each of <see cref="Paths"/>, slowest axis first: "4,2".</summary>
    public string[] Shapes { get; init; } = [];
}

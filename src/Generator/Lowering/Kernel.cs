namespace E3Gen.Generator.Lowering;

/// <summary>What computes an operation where there are kernels for its tensors; the runtime's <c>OperationKernel</c> has the same names.</summary>
internal enum Kernel
{
    /// <summary>TorchSharp operations, everywhere.</summary>
    None,

    /// <summary>One kernel gathers, couples, weighs and sums.</summary>
    Convolution,

    /// <summary>One kernel couples and weighs the rows of a product that keeps the copies of its first argument apart.</summary>
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

    /// <summary>A module of the runtime, which is made of TorchSharp operations, everywhere.</summary>
    Torch,
}

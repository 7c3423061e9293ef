using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Spherical harmonics of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HarmonicProgramExtensions
{
    /// <summary>The harmonics on the CPU.</summary>
    /// <param name="program">The harmonics.</param>
    /// <param name="vectors">[rows, 3].</param>
    /// <param name="portable">The same out of differentiable operations, for derivatives beyond the second.</param>
    /// <returns>[rows, columns].</returns>
    public static Tensor Apply(this HarmonicProgram program, Tensor vectors, Func<Tensor, Tensor> portable) => new HarmonicFunction(program, portable).Apply(vectors);
}

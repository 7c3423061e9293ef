using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Gates of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GateProgramExtensions
{
    /// <summary>Applies a gate on the CPU.</summary>
    /// <param name="program">The gate.</param>
    /// <param name="x">[rows, columns].</param>
    /// <param name="portable">The same out of differentiable operations, for derivatives beyond the second.</param>
    /// <returns>[rows, results].</returns>
    public static Tensor Apply(this GateProgram program, Tensor x, Func<Tensor, Tensor> portable) => new GateFunction(program, portable).Apply(x);
}

using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Gates of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GateProgramExtensions
{
    /// <summary>Activates the scalars, and multiplies the rest by activated gates.</summary>
    /// <param name="program">The gate.</param>
    /// <param name="x">[rows, columns].</param>
    /// <returns>[rows, results].</returns>
    public static Tensor Apply(this GateProgram program, Tensor x) =>
        program.Columns == 0 ? PortableGate.Apply(program, x)
        : DeviceOperations.Gate(program, x) is { } device ? new GateFunction(program) { Device = device }.Apply(x)
        : Backends.TakesKernels(x, program.Name) ? new GateFunction(program).Apply(x)
        : PortableGate.Apply(program, x);
}

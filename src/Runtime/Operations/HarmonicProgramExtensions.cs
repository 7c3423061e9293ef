using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Spherical harmonics of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HarmonicProgramExtensions
{
    /// <summary>The harmonics of vectors.</summary>
    /// <param name="program">The harmonics.</param>
    /// <param name="vectors">[rows, 3].</param>
    /// <returns>[rows, columns].</returns>
    public static Tensor Apply(this HarmonicProgram program, Tensor vectors) =>
        !program.HasDirections ? PortableHarmonics.Apply(program.Degrees, program.Normalize, vectors)
        : DeviceOperations.Harmonics(program, vectors) is { } device ? new HarmonicFunction(program) { Device = device }.Apply(vectors)
        : Backends.TakesKernels(vectors, program.Name) ? new HarmonicFunction(program).Apply(vectors)
        : PortableHarmonics.Apply(program.Degrees, program.Normalize, vectors);
}

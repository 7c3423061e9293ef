using E3Gen.Operations.Cpu;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Small arguments to try kernels with, float64 on the CPU, and the CPU kernel that they are compared with.</summary>
/// <param name="Names">Which operand each argument is.</param>
/// <param name="Sizes">Sizes that launches take.</param>
/// <param name="Indices">Indices that launches take.</param>
/// <param name="Inputs">The arguments.</param>
/// <param name="Reference">The same operation.</param>
internal sealed record DeviceSample(
    string[] Names, Dictionary<string, long> Sizes, IReadOnlyDictionary<string, Tensor> Indices, Tensor[] Inputs, DifferentiableKernel Reference);

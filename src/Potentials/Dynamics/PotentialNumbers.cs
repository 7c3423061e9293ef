using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>The numbers that a potential computes with.</summary>
internal static class PotentialNumbers
{
    /// <summary>Type and device of the first parameter or buffer of a module; float64 on the CPU for a potential without any.</summary>
    public static (ScalarType Type, Device Device) Of(IPotential potential)
    {
        IEnumerable<Tensor> numbers = potential is nn.Module module ? module.parameters().Concat<Tensor>(module.buffers()) : [];
        return numbers.FirstOrDefault(x => x.is_floating_point()) is { } first ? (first.dtype, first.device) : (float64, CPU);
    }
}

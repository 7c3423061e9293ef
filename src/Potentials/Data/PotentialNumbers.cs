using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>The numbers that a potential computes with.</summary>
internal static class PotentialNumbers
{
    /// <summary>Type and device of the first parameter of a module, or of its first buffer; float64 on the CPU for a potential without any.</summary>
    /// <exception cref="ArgumentException">The type is neither float32 nor float64.</exception>
    public static (ScalarType Type, Device Device) Of(IPotential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        IEnumerable<Tensor> numbers = potential is nn.Module module ? module.parameters().Concat<Tensor>(module.buffers()) : [];
        if (numbers.FirstOrDefault(x => x.is_floating_point()) is not { } first) return (float64, CPU);
        return first.dtype is ScalarType.Float32 or ScalarType.Float64
            ? (first.dtype, first.device)
            : throw new ArgumentException(
                $"The numbers of {potential.GetType().Name} are {first.dtype}; expected float32 or float64: convert the potential with .to(torch.float32).", nameof(potential));
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Conversion of a module's own parameters and buffers by name. TorchSharp finds them by reflection over fields, which trimmed or ahead-of-time compiled programs do not support.
/// </summary>
internal static class NamedTensors
{
    /// <summary>Converts and moves the parameters and buffers of a module; those that already have that type and device stay the same objects.</summary>
    /// <param name="module">The module; not those in it.</param>
    /// <param name="dtype">The new type; null for the old one.</param>
    /// <param name="device">The new device; null for the old one.</param>
    /// <param name="nonBlocking">Whether copies may be asynchronous.</param>
    /// <param name="setParameter">Puts a parameter in the place of the old one.</param>
    /// <param name="setBuffer">Puts a buffer in the place of the old one.</param>
    public static void Convert(
        nn.Module module, ScalarType? dtype, Device? device, bool nonBlocking, Action<string, Parameter> setParameter, Action<string, Tensor> setBuffer)
    {
        using var _ = no_grad();
        foreach (var (name, old) in module.named_parameters(recurse: false).ToList())
        {
            if (Converted(old) is { } values)
            {
                var parameter = new Parameter(values, old.requires_grad);
                parameter.DetachFromDisposeScope();
                setParameter(name, parameter);
            }
        }

        foreach (var (name, old) in module.named_buffers(recurse: false).ToList())
        {
            if (Converted(old) is { } values)
            {
                setBuffer(name, values.DetachFromDisposeScope());
            }
        }

        // Null where nothing changes: whoever trains a parameter holds on to this very one.
        Tensor? Converted(Tensor old)
        {
            var type = dtype ?? old.dtype;
            var place = device ?? old.device; // null: TorchSharp's way to leave it where it is
            return type == old.dtype && place.type == old.device_type && Index(place) == Index(old.device) ? null : old.to(type, place, non_blocking: nonBlocking);
        }
    }

    /// <summary>A device without a number is the first of its kind; the CPU has none.</summary>
    private static int Index(Device device) => device.type == DeviceType.CPU ? -1 : Math.Max(device.index, 0);
}

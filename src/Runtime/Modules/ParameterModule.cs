using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// A module that only holds parameters by name. TorchSharp finds parameters, and replaces them when a module changes dtype or
/// device, by reflection over fields, which trimmed or ahead-of-time compiled programs do not support. Here they are registered,
/// and replaced, by name.
/// </summary>
public abstract class ParameterModule : nn.Module
{
    private protected ParameterModule(string name)
        : base(Libtorch.Needed(name))
    {
    }

    /// <summary>Registers a parameter, which outlives the dispose scope in which it was created.</summary>
    private protected void Add(string name, Tensor values)
    {
        var parameter = values as Parameter ?? nn.Parameter(values);
        parameter.DetachFromDisposeScope();
        register_parameter(name, parameter);
    }

    /// <summary>Does nothing: parameters are registered when they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Converts and moves the parameters; those that already have that type and device stay the same objects.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        foreach (var (name, old) in named_parameters(recurse: false).ToList())
        {
            var type = dtype ?? old.dtype;
            var place = device ?? old.device; // null: TorchSharp's way to leave it where it is
            if (type == old.dtype && place.type == old.device_type && Index(place) == Index(old.device))
            {
                continue; // whoever trains it holds on to this very parameter
            }

            using var _ = no_grad();
            var parameter = new Parameter(old.to(type, place, non_blocking: non_blocking), old.requires_grad);
            parameter.DetachFromDisposeScope();
            ConditionallyRegisterParameter(name, parameter);
        }
    }

    /// <summary>A device without a number is the first of its kind; the CPU has none.</summary>
    private static int Index(Device device) => device.type == DeviceType.CPU ? -1 : Math.Max(device.index, 0);
}

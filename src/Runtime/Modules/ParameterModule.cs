using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// A module that only holds parameters and buffers by name. TorchSharp finds them, and replaces them when a module changes dtype or
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

    /// <summary>Registers numbers that no optimizer trains, but that files hold and that move with the module. They outlive the dispose scope in which they were created.</summary>
    private protected void AddBuffer(string name, Tensor values)
    {
        values.DetachFromDisposeScope();
        register_buffer(name, values);
    }

    /// <summary>Does nothing: parameters and buffers are registered when they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>
    /// Converts and moves the parameters and buffers; those that already have that type and device stay the same objects. TorchSharp leaves parts to a module that says itself how it is converted.
    /// </summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        NamedTensors.Convert(this, dtype, device, non_blocking, ConditionallyRegisterParameter, (name, values) => ConditionallyRegisterBuffer(name, values, true));
        foreach (var (_, part) in named_children())
        {
            if (dtype is { } type && device is not null) part.to(device, type, non_blocking: non_blocking);
            else if (dtype is { } only) part.to(only, non_blocking: non_blocking);
            else if (device is not null) part.to(device, non_blocking: non_blocking);
        }
    }
}

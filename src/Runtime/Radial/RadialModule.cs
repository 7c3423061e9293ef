using E3Gen.Operations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>A radial basis as a module: lengths […] → […, number], with numbers that may be trained under names of its own.</summary>
public abstract class RadialModule : nn.Module<Tensor, Tensor>
{
    private readonly string _weights;

    /// <summary>Registers the trained numbers.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="weights">Name of the numbers in the state dict.</param>
    /// <param name="values">Their initial values.</param>
    /// <param name="trainable">Whether they are a parameter, or a buffer.</param>
    /// <param name="dtype">Their type; torch's default type if not given.</param>
    /// <param name="device">Their device; torch's default device if not given.</param>
    private protected RadialModule(string name, string weights, double[] values, bool trainable, ScalarType? dtype, Device? device)
        : base(Libtorch.Needed(name))
    {
        _weights = weights;
        Tensor numbers = tensor(values, dtype: dtype ?? get_default_dtype(), device: device ?? get_default_device());
        if (trainable)
        {
            var parameter = nn.Parameter(numbers);
            parameter.DetachFromDisposeScope();
            register_parameter(weights, parameter);
        }
        else
        {
            AddBuffer(weights, numbers);
        }
    }

    private protected Tensor Weights => has_parameter(_weights) ? get_parameter(_weights)! : get_buffer(_weights)!;

    /// <summary>Registers numbers that are not trained.</summary>
    private protected void AddBuffer(string name, Tensor values)
    {
        values.DetachFromDisposeScope();
        register_buffer(name, values);
    }

    /// <summary>Expands lengths.</summary>
    /// <param name="input">Lengths, of any shape […], in the type and on the device of the module.</param>
    /// <returns>[…, number].</returns>
    /// <exception cref="ArgumentException">Number type or device are not those of the module.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check.Alike(input, Weights, GetName(), "lengths and module");
        using var scope = NewDisposeScope();
        return HalfPrecision.Return(Functions(HalfPrecision.Widen(input).unsqueeze(-1), HalfPrecision.Widen(Weights)), input.dtype);
    }

    /// <summary>The functions of lengths […, 1].</summary>
    private protected abstract Tensor Functions(Tensor lengths, Tensor weights);

    /// <summary>Does nothing: parameters and buffers are registered by the constructor.</summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Converts and moves the parameters and buffers; those that already have that type and device stay the same objects.</summary>
    protected sealed override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking) => NamedTensors.Convert(
        this, dtype, device, non_blocking, ConditionallyRegisterParameter, (name, values) => ConditionallyRegisterBuffer(name, values, true));

    private protected static void ExpectRadius(double radius)
    {
        if (!(radius > 0 && double.IsFinite(radius)))
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "The cutoff radius must be positive and finite.");
    }

    private protected static void ExpectNumber(int number, int least)
    {
        if (number < least)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"The basis needs at least {least} function{(least > 1 ? "s" : "")}.");
    }
}

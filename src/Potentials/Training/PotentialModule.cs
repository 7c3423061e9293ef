using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>A potential as the module that holds its parameters.</summary>
internal static class PotentialModule
{
    public static nn.Module Of(IPotential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        return potential as nn.Module
            ?? throw new ArgumentException($"{potential.GetType().Name} is no nn.Module, whose parameters could be trained, saved or loaded.", nameof(potential));
    }

    /// <summary>Makes a module whose numbers have a type: by torch's default type, so that buffers which are to be float64 in any case stay so.</summary>
    public static IPotential Create(Func<IPotential> create, ScalarType dtype, Device? device)
    {
        ScalarType before = get_default_dtype();
        IPotential potential;
        try
        {
            set_default_dtype(dtype);
            potential = create();
        }
        finally
        {
            set_default_dtype(before);
        }

        nn.Module module = Of(potential);
        if (module.parameters().Any(p => p.is_floating_point() && p.dtype != dtype)) module.to(dtype);
        if (device is not null) module.to(device);
        return potential;
    }
}

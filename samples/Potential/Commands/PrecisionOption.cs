using System.CommandLine;
using E3Gen;
using TorchSharp;

namespace Potential.Commands;

/// <summary>Number types that potentials are run in.</summary>
internal enum Precision
{
    /// <summary>Double, where energies are conserved to many digits and faults are not hidden by rounding.</summary>
    Float64,

    /// <summary>Single, faster on GPUs.</summary>
    Float32,
}

/// <summary>The option that picks one.</summary>
internal static class PrecisionOption
{
    public static Option<Precision> Create()
    {
        var option = new Option<Precision>("--dtype") { Description = "float64, or float32.", DefaultValueFactory = _ => Precision.Float64 };
        option.AcceptOnlyFromAmong("float64", "float32");
        return option;
    }

    /// <summary>The potential, a module, in this type and in evaluation mode.</summary>
    public static IPotential Apply(IPotential potential, Precision precision)
    {
        if (potential is torch.nn.Module module)
        {
            module.to(precision == Precision.Float64 ? torch.float64 : torch.float32);
            module.eval();
        }

        return potential;
    }
}

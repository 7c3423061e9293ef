using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>
/// Prints what an operation is, for <c>Backends.Explain</c>: an attribute of its class. Attributes cost nothing until they are asked for, have no names that could meet the user's, and those
/// of a base class stand beside those of a derived one.
/// </summary>
internal static class OperationDescription
{
    private const string Kernels = "global::E3Gen.Kernels";

    /// <param name="operation">The operation.</param>
    /// <param name="label">Its name in messages.</param>
    /// <param name="component">Name of the component that holds its parameters, if it has any.</param>
    public static string Attribute(OperationModel operation, string label, string component)
    {
        var arguments = new List<string> { $"\"{label}\"", $"\"{Kind(operation)}\"", $"\"{Map(operation)}\"", $"{Kernels}.OperationKernel.{Kernel(operation)}" };
        if (operation.Parameters != (0, 0))
        {
            arguments.Add($"Component = \"{component}\"");
        }

        string tables = string.Join(", ", operation.Couplings.Distinct().Where(c => !CouplingEmitter.IsUnrolled(c)).OrderBy(c => c).Select(c => $"{c.L1} × {c.L2} → {c.L3}"));
        if (tables.Length > 0)
        {
            arguments.Add($"Tables = \"{tables}\"");
        }

        return $"[{Kernels}.GeneratedOperation({string.Join(", ", arguments)})]";
    }

    private static string Kind(OperationModel operation) => operation switch
    {
        LinearModel => "Linear",
        TensorProductModel => "TensorProduct",
        ConvolutionModel => "Convolution",
        SphericalHarmonicsModel => "SphericalHarmonics",
        GateModel => "Gate",
        _ => "",
    };

    private static string Map(OperationModel operation) => operation switch
    {
        InvalidOperationModel => "",
        TensorProductModel product => $"{product.Input1} ⊗ {product.Input2} → {product.Output}",
        ConvolutionModel convolution => $"{convolution.Nodes} ⊗ {convolution.Edges} → {convolution.Output}",
        _ => $"{operation.Input} → {operation.Output}",
    };

    /// <summary>Name of the runtime's OperationKernel.</summary>
    private static string Kernel(OperationModel operation) => operation switch
    {
        ConvolutionModel { Plan.Paths.Count: > 0 } => "Convolution",
        TensorProductModel { Plan.Paths.Count: > 0 } product => CoupledPlanPath.Of(product.Plan) is null ? "Coupling" : "Product",
        SphericalHarmonicsModel harmonics when harmonics.Output.Any(e => e is { Multiplicity: > 0, Irrep.L: > 0 }) => "Harmonics",
        _ => "None",
    };
}

using E3Gen.Generator.Lowering;
using E3Gen.Generator.Model;

namespace E3Gen.Generator.Emission;

/// <summary>
/// Prints the description of an operation for <c>Backends.Explain</c> and recorders: an attribute of its class. Attributes cost nothing until they are read, have no names that could collide
/// with the user's, and those of base and derived classes coexist.
/// </summary>
internal static class OperationDescription
{
    private const string Kernels = "global::E3Gen.Operations";

    /// <param name="operation">The operation.</param>
    /// <param name="label">Its name in messages.</param>
    /// <param name="component">Name of the component that holds its parameters, if it has any.</param>
    public static string Attribute(OperationModel operation, string label, string component)
    {
        var arguments = new List<string> { $"\"{label}\"", $"\"{operation.Kind}\"", $"\"{operation.Map}\"", $"{Kernels}.OperationKernel.{KernelChoice.Of(operation)}" };
        if (operation.HasModule)
        {
            arguments.Add($"Component = \"{component}\"");
        }

        var walked = operation.Couplings.Where(c => c.HasLoops && !CouplingEmitter.IsUnrolled(c.Key)).Select(c => c.Key).Distinct().OrderBy(c => c);
        string tables = string.Join(", ", walked.Select(c => $"{c.L1} × {c.L2} → {c.L3}"));
        if (tables.Length > 0)
        {
            arguments.Add($"Tables = \"{tables}\"");
        }

        if (LayoutText.Matters(operation.Layout, operation.Output))
        {
            arguments.Add($"Layout = {LayoutText.IrMul}");
        }

        var weighted = WeightedPaths(operation).ToList();
        if (weighted.Count > 0)
        {
            arguments.Add($"Paths = new[] {{ {string.Join(", ", weighted.Select(p => $"\"{p.Path}\""))} }}");
            arguments.Add($"Shapes = new[] {{ {string.Join(", ", weighted.Select(p => $"\"{p.Shape}\""))} }}");
        }

        return $"[{Kernels}.GeneratedOperation({string.Join(", ", arguments)})]";
    }

    /// <summary>The paths that have weights, in the order in which these lie, and the extents of their blocks: "4,2".</summary>
    private static IEnumerable<(string Path, string Shape)> WeightedPaths(OperationModel operation)
    {
        if (operation.Plan is not { } plan || !operation.WeightsLiePathByPath)
        {
            return [];
        }

        return
            from path in plan.Paths.Take(plan.Paths.Count / (operation.Channels is { } c ? c.Input * c.Output : 1)) // channels are axes in front
            from block in path.Factors.Select(plan.InputSegment)
            where block.Irrep is null
            select (Formula.Path(plan, path), string.Join(",", block.Multiplicities));
    }
}

using E3Gen.Generator.Lowering;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Prints a tensor product as data: its segments, and each path beside its formula.</summary>
internal static class ProductTable
{
    /// <summary>Declares the table and returns its name.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="plan">Its product.</param>
    /// <param name="runs">How many segments of the result make up each of its irreps.</param>
    /// <param name="context">Where it is written.</param>
    public static string Declare(OperationModel operation, SegmentedPolynomial plan, IEnumerable<int> runs, EmissionContext context)
    {
        string program = KernelChoice.Of(operation) switch
        {
            Kernel.Channelwise => "ChannelwiseProgram",
            Kernel.FullyConnected => "FullyConnectedProgram",
            _ => operation is ConvolutionModel ? "ChannelwiseProgram" : "ProductProgram",
        };
        var layout = new List<string>();
        if (LayoutText.Matters(operation.Layout, operation.Input))
        {
            layout.Add("InputLayout = Layout.IrMul");
        }

        if (LayoutText.Matters(operation.Layout, operation.Output))
        {
            layout.Add("OutputLayout = Layout.IrMul");
            if (runs.Any(r => r > 1))
            {
                layout.Add($"OutputRuns = [{string.Join(", ", runs)}]");
            }
        }

        bool isSquare = plan.Inputs.Count == 2;
        return context.Kernels.Field(
            program,
            $"{context.Prefix}Program",
            isSquare ? "x ⊗ x → z: copies and degree of each segment, and the paths between them" : "x ⊗ y → z: copies and degree of each segment, and the paths between them",
            layout,
            [
                $"\"{context.Label}\"",
                $"x: {SegmentText.Of(plan.Inputs[0])}",
                $"y: {SegmentText.Of(plan.Inputs[plan.Inputs.Count - 2])}",
                $"weights: {plan.Inputs[plan.Inputs.Count - 1].Dimension}",
                $"z: {SegmentText.Of(plan.Outputs[0])}",
                .. ProductPath.Of(plan).Select(p => Row(p, context)),
            ]);
    }

    private static string Row(ProductPath path, EmissionContext context)
    {
        string[] arguments =
        [
            context.Kernels.Coupling(path.Coupling),
            $"X: {path.X.Segment}",
            $"Y: {path.Y.Segment}",
            $"Z: {path.Z.Segment}",
            $"Scale: {context.Kernels.Surd(path.Path.Scale)}",
            .. path.WSegment is { } weights ? [$"Weight: {weights.Offset}"] : Array.Empty<string>(),
            .. path.Mode == ConnectionMode.UVU ? Array.Empty<string>() : [$"Mode: ConnectionMode.{path.Mode}"],
        ];
        return $"// {Formula.Path(path.Polynomial, path.Path)}: {Formula.Couple(path)}\nnew ProductPath({string.Join(", ", arguments)})";
    }
}

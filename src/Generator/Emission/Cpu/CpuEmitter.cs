using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Cpu;

/// <summary>Prints what CPU tensors of float32 and float64 take: one call with a table of paths.</summary>
internal static class CpuEmitter
{
    private const string Takes = "global::E3Gen.Backends.TakesKernels";

    public static void Convolution(ConvolutionModel model, EmissionContext context)
    {
        if (Table(model, model.Plan, model.Runs, context) is { } table)
        {
            string arguments = string.Join(", ", Enumerable.Range(0, 4).Select(context.Argument));
            Return(context, context.Result($"{table}.Convolve({arguments})"));
        }
    }

    public static void TensorProduct(TensorProductModel model, EmissionContext context, string rows)
    {
        if (Table(model, model.Plan, model.Output.Select(_ => 1), context) is not { } table)
        {
            return;
        }

        string x = context.Argument(0);
        string weights = model.Plan.Operands[BilinearPlanner.Weights].Dimension == 0 ? "null" : model.Weights switch
        {
            WeightKind.PerSample => context.Argument(2),
            WeightKind.Shared => $"{context.Argument(2)}.expand({x}.size(0), -1)",
            _ => $"{context.Weights}.Weight.expand({x}.size(0), -1)",
        };
        ReturnFromScope(context, $"{rows}.Restore({table}.Apply({x}, {context.Argument(1)}, {weights}))");
    }

    /// <param name="model">The operation.</param>
    /// <param name="context">Where it is written.</param>
    /// <param name="rows">Restores the leading axes.</param>
    /// <param name="entries">The irreps of the result.</param>
    /// <param name="length">An expression for |Y_l| of a unit vector.</param>
    public static void Harmonics(SphericalHarmonicsModel model, EmissionContext context, string rows, IEnumerable<MulIrrep> entries, Func<int, string> length)
    {
        string ladder = context.Kernels.Field(
            "HarmonicLadder",
            $"{context.Prefix}Ladder",
            "Harmonics for the CPU kernel: copies, degree and length for a unit vector of each irrep",
            [
                $"normalize: {(model.Normalize ? "true" : "false")}",
                .. entries.Select(e => $"({e.Multiplicity}, {e.Irrep.L}, {length(e.Irrep.L)})"),
            ]);
        ReturnFromScope(context, $"{rows}.Restore({ladder}.Apply({context.Argument(0)}, this.{Identifiers.Escape(context.Method.Name)}))");
    }

    private static void ReturnFromScope(EmissionContext context, string value) => Return(context, $"{context.Result(value)}.MoveToOuterDisposeScope()");

    private static void Return(EmissionContext context, string value)
    {
        using (context.Writer.Braces($"if ({Takes}({context.Argument(0)}, \"{context.Label}\"))"))
        {
            context.Writer.Line($"return {value};");
        }

        context.Writer.Line();
    }

    /// <summary>Declares the table of paths; null where there are none, or kernels do not take them.</summary>
    private static string? Table(OperationModel model, MultilinearPlan plan, IEnumerable<int> runs, EmissionContext context)
    {
        if (plan.Paths.Count == 0 || CoupledPlanPath.Of(plan) is not { } paths)
        {
            return null;
        }

        string Segments(int operand) => "[" + string.Join(", ", plan.Operands[operand].Segments.Select(s => $"({s.Multiplicity}, {s.Irrep!.Value.L})")) + "]";
        var lines = paths.Select(p =>
        {
            var l = p.Path.Coupling.Degrees;
            var arguments = new List<string>
            {
                context.Kernels.Coupling(l[0], l[1], l[2]),
                $"Input: {p.Path.Slots[BilinearPlanner.Input1].Segment}",
                $"Column: {p.Column}",
                $"Output: {p.Path.Slots[BilinearPlanner.Output].Segment}",
                $"Scale: {context.Kernels.Surd(p.Path.Scale)}",
            };
            if (p.Weight >= 0)
            {
                arguments.Add($"Weight: {p.Weight}");
            }

            if (p.Weight >= 0 && p.WeightStep > 1)
            {
                arguments.Add($"WeightStep: {p.WeightStep}");
            }

            return $"new global::E3Gen.Kernels.CoupledPath({string.Join(", ", arguments)})";
        });
        var layout = new List<string>();
        if (LayoutText.Matters(model.Layout, model.Input))
        {
            layout.Add($"InputLayout = {LayoutText.IrMul}");
        }

        if (LayoutText.Matters(model.Layout, model.Output))
        {
            layout.Add($"OutputLayout = {LayoutText.IrMul}");
            if (runs.Any(r => r > 1))
            {
                layout.Add($"OutputRuns = [{string.Join(", ", runs)}]");
            }
        }

        return context.Kernels.Field(
            "CoupledPaths",
            $"{context.Prefix}Paths",
            "Paths for CPU kernels: x's copies and degree of each segment, y's columns, weights, z's segments",
            layout,
            [
                $"\"{context.Label}\"",
                $"x: {Segments(BilinearPlanner.Input1)}",
                $"columns: {plan.Operands[BilinearPlanner.Input2].Dimension}",
                $"weights: {plan.Operands[BilinearPlanner.Weights].Dimension}",
                $"z: {Segments(BilinearPlanner.Output)}",
                .. lines,
            ]);
    }
}

using E3Gen.Generator.Lowering;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

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
        int second = model.Plan.Inputs.Count - 2, weightArgument = second + 1; // a square has one argument
        string x = context.Argument(0), y = context.Argument(second);
        if (KernelProgram.Of(model) is FullyConnected mixed)
        {
            string own = model.Weights == WeightKind.Shared ? context.Argument(weightArgument) : $"{context.Weights}.Weight";
            string coupled = context.Locals.Name("coupled");
            using (context.Writer.Braces($"if ({Takes}({x}, \"{context.Label}\"))"))
            {
                context.Writer.Line($"var {coupled} = {Coupled(model, mixed, context)}.Apply({x}, {y}, null); // every path and copy of {y} by itself");
                context.Writer.Line($"return {FromScope(context, $"{rows}.Restore({Mix(model, mixed, context)}.Apply({coupled}, {own}))")};");
            }

            context.Writer.Line();
            return;
        }

        if (Table(model, model.Plan, model.Product.Output.Select(_ => 1), context) is not { } table)
        {
            return;
        }

        string weights = model.Plan.Inputs[weightArgument].Dimension == 0 ? "null" : model.Weights switch
        {
            WeightKind.PerSample => context.Argument(weightArgument),
            WeightKind.Shared => $"{context.Argument(weightArgument)}.expand({x}.size(0), -1)",
            _ => $"{context.Weights}.Weight.expand({x}.size(0), -1)",
        };
        ReturnFromScope(context, $"{rows}.Restore({table}.Apply({x}, {y}, {weights}))");
    }

    /// <param name="model">The operation.</param>
    /// <param name="plan">Where its parts lie.</param>
    /// <param name="context">Where it is written.</param>
    /// <param name="rows">Restores the leading axes.</param>
    public static void Gate(GateModel model, GatePlan plan, EmissionContext context, string rows)
    {
        if (model.Input.Dim == 0)
        {
            return;
        }

        bool innermost = LayoutText.Matters(model.Layout, model.Input);
        var paths = plan.Paths(model).Select(p =>
        {
            var arguments = new List<string> { $"ActivationFunction.{p.Function}", $"Column: {p.Column}", $"Copies: {p.Copies}", $"Result: {p.Result}" };
            if (p.Gated is { } gated)
            {
                arguments.AddRange([$"Segment: {gated.Column}", $"L: {gated.L}"]);
                if (gated.Pitch != p.Copies)
                {
                    arguments.Add($"Pitch: {gated.Pitch}");
                }
            }

            return $"new GatePath({string.Join(", ", arguments)})";
        });
        string table = context.Kernels.Field(
            "GateProgram",
            $"{context.Prefix}Program",
            "Paths for CPU kernels: scalars that are activated, and those that gate a segment",
            innermost ? ["Layout = Layout.IrMul"] : [],
            [$"columns: {model.Input.Dim}", $"results: {model.Output.Dim}", $"MomentConstants.{model.Functions.Constants}", .. paths]);
        ReturnFromScope(context, $"{rows}.Restore({table}.Apply({context.Argument(0)}, this.{Identifiers.Escape(context.Method.Name)}))");
    }

    /// <param name="model">The operation.</param>
    /// <param name="context">Where it is written.</param>
    /// <param name="rows">Restores the leading axes.</param>
    /// <param name="entries">The irreps of the result.</param>
    /// <param name="length">An expression for |Y_l| of a unit vector.</param>
    public static void Harmonics(SphericalHarmonicsModel model, EmissionContext context, string rows, IEnumerable<MulIrrep> entries, Func<int, string> length)
    {
        string program = context.Kernels.Field(
            "HarmonicProgram",
            $"{context.Prefix}Program",
            "Harmonics for the CPU kernel: copies, degree and length for a unit vector of each irrep",
            [
                $"normalize: {(model.Normalize ? "true" : "false")}",
                .. entries.Select(e => $"({e.Multiplicity}, {e.Irrep.L}, {length(e.Irrep.L)})"),
            ]);
        ReturnFromScope(context, $"{rows}.Restore({program}.Apply({context.Argument(0)}, this.{Identifiers.Escape(context.Method.Name)}))");
    }

    private static void ReturnFromScope(EmissionContext context, string value) => Return(context, FromScope(context, value));

    private static string FromScope(EmissionContext context, string value) => $"{context.Result(value)}.MoveToOuterDisposeScope()";

    private static void Return(EmissionContext context, string value)
    {
        using (context.Writer.Braces($"if ({Takes}({context.Argument(0)}, \"{context.Label}\"))"))
        {
            context.Writer.Line($"return {value};");
        }

        context.Writer.Line();
    }

    /// <summary>Declares the table of paths; null where there are none, or kernels do not take them.</summary>
    private static string? Table(OperationModel model, SegmentedPolynomial plan, IEnumerable<int> runs, EmissionContext context)
    {
        if (KernelProgram.Of(model) is not Channelwise { Paths: var paths })
        {
            return null;
        }

        var lines = paths.Select(p => Path(context, p.Path, p.Column, p.Path.Z.Segment, [
            .. p.Weight >= 0 ? [$"Weight: {p.Weight}"] : Array.Empty<string>(),
            .. p.Weight >= 0 && p.WeightStep > 1 ? [$"WeightStep: {p.WeightStep}"] : Array.Empty<string>(),
        ]));
        var layout = new List<string>();
        if (LayoutText.Matters(model.Layout, model.Input))
        {
            layout.Add("InputLayout = Layout.IrMul");
        }

        if (LayoutText.Matters(model.Layout, model.Output))
        {
            layout.Add("OutputLayout = Layout.IrMul");
            if (runs.Any(r => r > 1))
            {
                layout.Add($"OutputRuns = [{string.Join(", ", runs)}]");
            }
        }

        return context.Kernels.Field(
            "ChannelwiseProgram",
            $"{context.Prefix}Program",
            "Paths for CPU kernels: x's copies and degree of each segment, y's columns, weights, z's segments",
            layout,
            [
                $"\"{context.Label}\"",
                $"x: {SegmentText.Of(plan.Inputs[0])}",
                $"columns: {plan.Inputs[plan.Inputs.Count - 2].Dimension}",
                $"weights: {plan.Inputs[plan.Inputs.Count - 1].Dimension}",
                $"z: {SegmentText.Of(plan.Outputs[0])}",
                .. lines,
            ]);
    }

    /// <summary>Declares the table of the paths of a product that keeps all copies apart: what it couples is mixed afterwards.</summary>
    private static string Coupled(TensorProductModel model, FullyConnected mixed, EmissionContext context) => context.Kernels.Field(
        "ChannelwiseProgram",
        $"{context.Prefix}Program",
        "Paths for CPU kernels: x's copies and degree of each segment, y's columns, what is to be mixed",
        [.. LayoutText.Matters(model.Layout, model.Input) ? ["InputLayout = Layout.IrMul"] : Array.Empty<string>(), "OutputLayout = Layout.IrMul"],
        [
            $"\"{context.Label}\"",
            $"x: {SegmentText.Of(model.Plan.Inputs[0])}",
            $"columns: {model.Plan.Inputs[model.Plan.Inputs.Count - 2].Dimension}",
            "weights: 0",
            $"z: {SegmentText.Of(mixed.Segments)}",
            .. mixed.Terms.Select((t, z) => Path(context, t.Path, t.Column, z)),
        ]);

    /// <summary>Declares the table of the linear map that mixes them.</summary>
    private static string Mix(TensorProductModel model, FullyConnected mixed, EmissionContext context) => context.Kernels.Field(
        "LinearProgram",
        $"{context.Prefix}Mix",
        "Mixes what was coupled: its and the result's copies and degree of each segment",
        ["InputLayout = Layout.IrMul", .. LayoutText.Matters(model.Layout, model.Output) ? ["OutputLayout = Layout.IrMul"] : Array.Empty<string>()],
        [
            $"\"{context.Label}\"",
            $"x: {SegmentText.Of(mixed.Segments)}",
            $"y: {SegmentText.Of(model.Plan.Outputs[0])}",
            .. mixed.Terms.Select((t, z) =>
                $"new LinearPath(Input: {z}, Output: {t.Path.Z.Segment}, Scale: 1.0, Weight: {t.Weight}, WeightStep: {t.WeightStep})"),
        ]);

    private static string Path(EmissionContext context, ProductPath path, int column, int output, params string[] weights)
    {
        string[] arguments =
        [
            context.Kernels.Coupling(path.Coupling),
            $"Input: {path.X.Segment}",
            $"Column: {column}",
            $"Output: {output}",
            $"Scale: {context.Kernels.Surd(path.Path.Scale)}",
            .. weights,
        ];
        return $"new ChannelwisePath({string.Join(", ", arguments)})";
    }
}

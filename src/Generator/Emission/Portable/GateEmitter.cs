using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Gates: activate the scalars, multiply the rest by activated gates.</summary>
internal static class GateEmitter
{
    public static void Emit(GateModel model, EmissionContext context)
    {
        var (writer, locals) = (context.Writer, context.Locals);
        string x = context.Argument(0), rows = locals.Name("rows"), xs = locals.Name("xs");
        context.CheckFeatures(0, model.Input);
        context.Scope();
        writer.Line($"var {rows} = global::E3Gen.Operations.Rows.Flatten(ref {x});");

        var plan = GatePlan.Of(model);
        var (pieces, places) = plan;
        CpuEmitter.Gate(model, plan, context, rows);
        var segment = Pieces.Cut(writer, xs, x, Pieces.Of(pieces), 1);
        string Segment(int entry) => segment(places[entry].Piece);
        string Activate(ActivationFunction function, string argument) =>
            $"global::E3Gen.Activations.Apply({argument}, global::E3Gen.ActivationFunction.{function}, global::E3Gen.MomentConstants.{model.Functions.Constants})";

        var results = new List<string>();
        for (int s = 0; s < model.Scalars.Count; s++)
        {
            string name = locals.Name($"scalars{s}");
            writer.Line($"var {name} = {Activate(model.Functions.Scalar(model.Scalars[s].Irrep), Segment(s))}; // {model.Scalars[s]}");
            results.Add(name);
        }

        for (int g = 0; g < model.Gates.Count; g++)
        {
            writer.Line($"var {locals.Name($"gates{g}")} = {Activate(model.Functions.Gate(model.Gates[g].Irrep), Segment(model.Scalars.Count + g))}; // {model.Gates[g]}");
        }

        foreach (var product in model.Products())
        {
            var (gates, gated) = (model.Gates[product.Gate], model.Gated[product.Gated]);
            int dimension = gated.Irrep.Dim;
            string gate = Part(locals.Name($"gates{product.Gate}"), product.GateStart, product.Multiplicity, gates.Multiplicity);
            int entry = model.Scalars.Count + model.Gates.Count + product.Gated, copies = pieces[places[entry].Piece].Multiplicity;
            bool innermost = LayoutText.Matters(model.Layout, copies, dimension);
            string value = innermost
                ? Copies(Segment(entry), copies, places[entry].Start + product.GatedStart, product.Multiplicity)
                : Part(Segment(entry), product.GatedStart * dimension, product.Multiplicity * dimension, gated.Dim);
            string name = locals.Name($"gated{results.Count - model.Scalars.Count}"), layout = innermost ? $", {LayoutText.IrMul}" : "";
            writer.Line($"var {name} = global::E3Gen.Operations.Layouts.Gate({value}, {gate}, {dimension}{layout}); // {product.Multiplicity}x{product.Output}");
            results.Add(name);
        }

        context.Return($"{rows}.Restore({Assembly.Join(results.Select(result => (1, new List<string> { result })), x)})");
    }

    private static string Copies(string segment, int copies, int start, int count) =>
        count == copies ? segment : $"global::E3Gen.Operations.Layouts.Copies({segment}, copies: {copies}, start: {start}, count: {count})";

    private static string Part(string tensor, int start, int length, int whole) => length == whole ? tensor : $"{tensor}.narrow(1, {start}, {length})";
}

using E3Gen.Generator.Operations;

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
        writer.Line($"var {rows} = global::E3Gen.Kernels.Rows.Flatten(ref {x});");

        // Memory holds scalars, gates and gated irreps sorted together: find each one's place.
        var entries = model.Scalars + model.Gates + model.Gated;
        var (sorted, place, _) = entries.Sort();
        var segment = Pieces.Cut(writer, xs, x, Pieces.Of(sorted), 1);
        string Segment(int entry) => segment(place[entry]);
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
            string value = Part(
                Segment(model.Scalars.Count + model.Gates.Count + product.Gated), product.GatedStart * dimension, product.Multiplicity * dimension, gated.Dim);
            string name = locals.Name($"gated{results.Count - model.Scalars.Count}");
            writer.Line($"var {name} = global::E3Gen.Kernels.Layouts.Gate({value}, {gate}, {dimension}); // {product.Multiplicity}x{product.Output}");
            results.Add(name);
        }

        context.Return($"{rows}.Restore({Assembly.Join(results.Select(result => (1, new List<string> { result })), x)})");
    }

    private static string Part(string tensor, int start, int length, int whole) => length == whole ? tensor : $"{tensor}.narrow(1, {start}, {length})";
}

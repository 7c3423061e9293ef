using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Symmetric contractions: one call with a table of paths.</summary>
internal static class SymmetricContractionEmitter
{
    private const int LineLength = 120;

    public static void Emit(SymmetricContractionModel model, EmissionContext context)
    {
        string x = context.Argument(0);
        context.CheckFeatures(0, model.Input);
        context.CheckWeights(0);
        string species = "null";
        if (model.TakesSpecies)
        {
            species = context.Argument(1);
            context.Writer.Line($"global::E3Gen.Operations.Check.Species({species}, {x}, {context.Named(1)});");
        }

        context.Scope();
        string rows = context.Rows(1);
        if (model.TakesSpecies)
        {
            context.Writer.Line($"{species} = {species}.flatten();");
        }

        string elements = model.Elements == 0 ? $".WithElements({context.Weights}.Elements)" : "";
        context.Return($"{rows}.Restore({Table(model, context)}{elements}.Apply({x}, {species}, {context.Weights}.Weight))");
    }

    private static string Table(SymmetricContractionModel model, EmissionContext context)
    {
        static string Degrees(Irreps irreps) => $"new[] {{ {string.Join(", ", irreps.Select(e => e.Irrep.L))} }}";
        var contraction = model.Contraction;
        var live = contraction.Polynomial.Collect().Paths.ToDictionary(p => p.Factors[p.Factors.Count - 1].Segment);
        return context.Kernels.Field(
            "ContractionProgram",
            $"{context.Prefix}Program",
            "Paths of a symmetric contraction, output by output from many factors to few: for each term its row and factors (components of all irreps), and its coefficient",
            LayoutText.Matters(model.Layout, model.Input) ? ["Layout = Layout.IrMul"] : [],
            [
                $"\"{context.Label}\"",
                $"copies: {model.Input[0].Multiplicity}, elements: {Math.Max(1, model.Elements)}, x: {Degrees(model.Input)}, z: {Degrees(model.Output)}",
                .. contraction.Blocks.Select(b => Block(contraction, b, live)),
            ]);
    }

    private static string Block(SymmetricContraction contraction, ContractionBlock block, IReadOnlyDictionary<int, Path> live)
    {
        var paths = Enumerable.Range(block.First, block.Count).Select(q => $",\n    // {contraction.Names[q]}\n    {Indented(Path(contraction, live.TryGetValue(q, out var path) ? path : null))}");
        return $"new ContractionBlock(Output: {block.Output}, Degree: {block.Degree}{string.Concat(paths)})";
    }

    private static string Indented(string text) => text.Replace("\n", "\n        ");

    /// <summary>The terms of a path; none where all cancel.</summary>
    private static string Path(SymmetricContraction contraction, Path? path)
    {
        if (path is null)
        {
            return "new ContractionPath(new int[] { }, new double[] { })";
        }

        // The components of the whole argument, irrep after irrep.
        var segments = contraction.Polynomial.Inputs[0].Segments;
        int First(int segment) => segments.Take(segment).Sum(s => s.Components);
        var firsts = path.Factors.Take(path.Factors.Count - 1).Select(f => First(f.Segment)).ToList();
        var terms = path.Coefficients.Entries.Select(e =>
            string.Join(", ", firsts.Select((first, f) => first + e.Indices[f]).Prepend(e.Indices[firsts.Count])));
        var values = path.Coefficients.Entries.Select(e => Literals.Double(e.Value.ToDouble()));
        return $"new ContractionPath(\nnew[] {{ {Wrapped(terms)} }},\nnew[] {{ {Wrapped(values)} }})";
    }

    private static string Wrapped(IEnumerable<string> items)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string item in items)
        {
            if (line.Length + item.Length > LineLength)
            {
                lines.Add(line);
                line = "";
            }

            line += line.Length == 0 ? item : ", " + item;
        }

        lines.Add(line);
        return string.Join(",\n", lines);
    }
}

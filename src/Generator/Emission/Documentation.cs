using System.Globalization;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Documentation of an operation for the reader of its code: a sentence, its paths as formulas, its parameters and its cost.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="Lines">Its paths, a line each.</param>
/// <param name="Facts">Sentences on parameters and cost.</param>
internal sealed record Documentation(string Summary, IReadOnlyList<string> Lines, IReadOnlyList<string> Facts)
{
    /// <summary>What the lines are. Editors that show the whole of remarks in the type of their beginning would print formulas as prose, and prose as code.</summary>
    public string Lead { get; init; } = "Its paths:";

    public static Documentation Of(OperationModel operation, EmissionContext context)
    {
        var documentation = InMathematics(operation, context);
        bool matters = LayoutText.Matters(operation.Layout, operation.Input) || LayoutText.Matters(operation.Layout, operation.Output);
        return matters ? documentation with { Facts = [.. documentation.Facts, "Features are ir_mul: component after component, each with its copies side by side."] } : documentation;
    }

    private static Documentation InMathematics(OperationModel operation, EmissionContext context) => operation switch
    {
        LinearModel linear => Linear(linear, context),
        TensorProductModel product => Product(product, context),
        ConvolutionModel convolution => Bilinear(
            $"Convolution {convolution.Nodes} ⊗ {convolution.Edges} → {convolution.Output}, summed over incoming edges.",
            convolution.Plan,
            convolution.Paths,
            [
                $"{convolution.PassedWeights} weights an edge, path after path in this order, each {(convolution.Edges.Any(e => e.Multiplicity > 1) ? "[u,v]" : "[u]")}.",
                $"About {convolution.Cost} floating-point operations an edge.",
            ]),
        SphericalHarmonicsModel harmonics => Harmonics(harmonics),
        GateModel gate => Gate(gate),
        ActivationModel activation => Activation(activation),
        NormActivationModel activation => NormActivation(activation, context),
        SymmetricContractionModel contraction => Contraction(contraction, context),
        RuntimeModuleModel module => new Documentation(module.Summary, [], module.Facts),
        _ => new Documentation("Not generated: its declaration has errors.", [], []),
    };

    /// <summary>Writes it for the IDE to show; where the user wrote documentation, that is what the IDE shows, and this is a comment.</summary>
    public void Write(SourceWriter writer, bool isDocumented)
    {
        if (isDocumented)
        {
            WriteAsComment(writer);
        }
        else
        {
            WriteAsXml(writer);
        }
    }

    private void WriteAsXml(SourceWriter writer)
    {
        writer.Line($"/// <summary>{Escape(Summary)}</summary>");
        if (Lines.Count + Facts.Count == 0)
        {
            return;
        }

        writer.Line("/// <remarks>");
        if (Lines.Count > 0)
        {
            writer.Line($"/// <para>{Lead}</para>"); // a paragraph of its own, or editors print what follows in its line
            writer.Line("/// <code>");
            foreach (string line in Lines)
            {
                writer.Line($"/// {Escape(line)}");
            }

            writer.Line("/// </code>");
        }

        foreach (string fact in Facts)
        {
            writer.Line($"/// <para>{Escape(fact)}</para>");
        }

        writer.Line("/// </remarks>");
    }

    private void WriteAsComment(SourceWriter writer)
    {
        foreach (string line in new[] { Summary }.Concat(Lines.Select(l => "    " + l)).Concat(Facts))
        {
            writer.Line($"// {line}");
        }
    }

    private static Documentation Product(TensorProductModel product, EmissionContext context)
    {
        var paths = product.Product.Paths;
        bool isSquare = product.Input2 is null;
        return Bilinear(
            $"{product.Title} {product.Map}.",
            product.Plan,
            paths,
            [
                .. product.Then is PointwiseFunction.Length ? ["The square root of each sum is taken, 0 with a derivative of 0 for what is shorter than 1e-12."] : Array.Empty<string>(),
                .. paths.Select(p => p.Mode).Distinct().Select(m => $"{Formula.Mode(m, isSquare, product.Weights != WeightKind.None)}."),
                $"Normalisation: irreps {product.IrrepNormalization}, paths {product.PathNormalization}.",
                Weights(product.Weights, product.Plan.Inputs[product.Plan.Inputs.Count - 1].Dimension, context),
                $"About {product.Cost} floating-point operations a row.",
            ]);
    }

    private static Documentation Contraction(SymmetricContractionModel contraction, EmissionContext context)
    {
        var plan = contraction.Contraction;
        var lines = plan.Blocks.Select(b => (
            $"{b.Degree} {(b.Degree == 1 ? "factor" : "factors")} → {contraction.Output[b.Output]}", $"{b.Count} {(b.Count == 1 ? "path" : "paths")}"));
        string weights = contraction.Elements switch
        {
            0 => $"{contraction.Plan.Inputs[contraction.Plan.Inputs.Count - 1].Dimension} weights for each element",
            1 => $"{contraction.Parameters.Weights} weights",
            int count => $"{contraction.Parameters.Weights} weights of {count} elements",
        };
        return new Documentation(
            $"Symmetric contraction {contraction.Map} of correlation {contraction.Correlation}.",
            Align(lines),
            [
                "z[k,u] = Σ_ν Σ_q W[q,u] Σ U_q[k,i1,…,iν] x[i1,u] … x[iν,u], where U_q couples one irrep after the other.",
                $"{weights}, \"{context.StateName}{(contraction.Elements == 0 ? "" : ".weight")}\" in the state dict, block after block in this order, each [elements, paths, copies].",
            ]);
    }

    private static Documentation Linear(LinearModel linear, EmissionContext context)
    {
        var plan = linear.Plan;
        var lines = Align(plan.Paths.Take(linear.Connections.Count).Select(p => (Formula.Path(plan, p), $"y[w] = {Formula.Times(p.Scale, "Σ_u W[u,w] x[u]")}")));
        string channels = linear.Channels is { } c ? $" for each of {c.Input} × {c.Output} pairs of channels" : "";
        var facts = new List<string> { Weights(linear.Weights, linear.IsPassedWeights ? linear.PassedWeights!.Value : linear.Parameters.Weights, context) };
        if (linear.Channels is not null)
        {
            string shapes = $"Argument [..., {linear.Channels?.Input}, {linear.Input.Dim}], result [..., {linear.Channels?.Output}, {linear.Output.Dim}]";
            facts.Add($"{shapes}: these paths{channels}, each with weights of its own.");
        }

        if (linear.BiasCount > 0)
        {
            string whose = linear.IsPassedWeights ? "passed by the caller" : $"\"{context.StateName}.bias\" in the state dict";
            string which = string.Join(", ", linear.Biased.Select(o => $"{linear.Output[o]}"));
            facts.Add($"{linear.BiasCount * (linear.Channels?.Output ?? 1)} biases of {which}, {whose}.");
        }

        facts.Add($"{linear.Cost} floating-point operations a row.");
        return new Documentation($"Linear map {linear.Input} → {linear.Output}.", lines, facts);
    }

    private static Documentation Bilinear(string summary, SegmentedPolynomial plan, IReadOnlyList<BilinearPath> declared, IReadOnlyList<string> facts)
    {
        bool mixed = declared.Select(p => p.Mode).Distinct().Count() > 1;
        var lines = Align(plan.Paths.Select((p, i) => (Formula.Path(plan, p), $"{(mixed ? $"{declared[i].Mode}  " : "")}{Formula.Couple(new ProductPath(plan, p))}")));
        string? product = new[] { "{x ⊗ y}", "{x ⊗ x′}" }.FirstOrDefault(p => lines.Any(l => l.Contains(p)));
        string[] legend = product is null ? [] : [$"{product}ₗ contracts with the Wigner 3j symbol of unit norm."];
        return new Documentation(summary, lines, [.. legend, .. facts]);
    }

    private static Documentation Harmonics(SphericalHarmonicsModel harmonics)
    {
        string of = harmonics.Normalize ? "Spherical harmonics of the direction v/|v|" : "Solid harmonics of v";
        string length = harmonics.Normalization switch
        {
            Normalization.Component => "|Y_l|² = 2l + 1",
            Normalization.Norm => "|Y_l| = 1",
            _ => "∫ Y_lm² dΩ = 1",
        };
        return new Documentation($"{of}: {harmonics.Vector} → {harmonics.Output}.", [], [$"Normalisation: {length} for a unit vector; l = 1 is (x, y, z), y is the polar axis."]);
    }

    private static Documentation Gate(GateModel gate)
    {
        var scalars = gate.Scalars.Select(e => ($"{e.Input}", $"{e.Function}(x)"));
        var gated = gate.Products().Select(p => (
            $"{p.Multiplicity}x{gate.Gated[p.Gated].Irrep}",
            $"{gate.Gates[p.Gate].Function}(g) x, gates {p.Multiplicity}x{gate.Gates[p.Gate].Input.Irrep}"));
        return Activated($"Gate {gate.Input} → {gate.Output}.", scalars.Concat(gated), gate.Constants);
    }

    private static Documentation Activation(ActivationModel activation) => Activated(
        $"Activation {activation.Input} → {activation.Output}.",
        activation.Entries.Select(e => ($"{e.Input}", e.Function == ActivationFunction.Identity ? "x" : $"{e.Function}(x)")),
        activation.Constants);

    private static Documentation Activated(string summary, IEnumerable<(string Irreps, string Formula)> lines, MomentConstants constants)
    {
        string which = constants == MomentConstants.E3nn ? "e3nn's Monte-Carlo constants" : "exact constants";
        return new Documentation(summary, Align(lines), [$"Functions are scaled to unit second moment ({which})."]) { Lead = "What becomes of each irrep:" };
    }

    private static Documentation NormActivation(NormActivationModel activation, EmissionContext context)
    {
        bool biased = activation.Parameters.Biases > 0;
        string argument = biased ? "n[u] + b[u]" : "n[u]";
        string[] facts =
        [
            activation.Epsilon is { } epsilon
                ? $"z[i,u] = {activation.Function}({argument}) x[i,u] / n[u] with n[u] = max({Literals.Double(epsilon)}, √(Σ_i x[i,u]²))."
                : $"z[i,u] = {activation.Function}({argument}) x[i,u] with n[u] = √(Σ_i x[i,u]²).",
            .. biased ? [$"{activation.Parameters.Biases} biases, \"{context.StateName}.biases\" in the state dict, one for each copy."] : Array.Empty<string>(),
        ];
        return new Documentation($"Norm activation {activation.Map}.", [], facts);
    }

    private static string Weights(WeightKind kind, long count, EmissionContext context) => kind switch
    {
        WeightKind.Internal => $"{count} weights, \"{context.StateName}.weight\" in the state dict, path after path in this order.",
        WeightKind.Shared => $"{count} weights passed by the caller for all rows, path after path in this order.",
        WeightKind.PerSample => $"{count} weights passed by the caller for each row, path after path in this order.",
        _ => "No weights.",
    };

    internal static IReadOnlyList<string> Align(IEnumerable<(string Left, string Right)> rows)
    {
        var list = rows.ToList();
        int width = list.Count == 0 ? 0 : list.Max(r => r.Left.Length);
        return [.. list.Select(r => $"{r.Left.PadRight(width)}   {r.Right}")];
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

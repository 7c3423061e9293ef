using System.Globalization;
using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Prints a network: its forward, one class a layer, its constants.</summary>
internal static class NetworkEmitter
{
    private const string ComponentName = "global::TorchSharp.Utils.ComponentName";

    public static string Emit(NetworkModel network, CouplingNames couplings)
    {
        var type = network.Type;
        var names = new FreeNames(type.TakenNames);
        var kernels = new KernelClass(names.Take($"{type.Name}Kernels"), couplings);
        string field = names.Take("_layers"), tree = names.Take("Layers");
        var classes = network.Layers.Select(l => names.Take($"Convolution{l.Index}")).ToList();
        var harmonics = network.Harmonics with { Method = GatePoints.Method(names.Take("EdgeHarmonics"), "vectors") };
        var writer = new SourceWriter();
        var parameters = Parameters(network).ToList();
        string types = string.Join(", ", parameters.Select(p => p.Type).Append(WellKnown.Tensor));
        GeneratedFile.Write(writer, type, kernels, [OperationDescription.Attribute(harmonics, $"{type.Name}.EdgeHarmonics", "")], network.DeclaresBase ? null : $" : {WellKnown.Module}<{types}>", () =>
        {
            writer.Line($"[{ComponentName}(Name = \"layers\")]");
            writer.Line($"private readonly {tree} {field} = new {tree}();");
            writer.Line();
            if (type.BaseArguments is not null)
            {
                ModuleEmitter.Constructor(writer, type);
            }

            if (!type.RegistersItself)
            {
                Registration.Write(writer, type, [("layers", field)]);
            }

            Forward(writer, network, parameters, kernels, field, harmonics.Method.Name);
            writer.Line();
            OperationEmitter.Emit(harmonics, new EmissionContext(writer, kernels, harmonics.Method, "Edge", $"{type.Name}.EdgeHarmonics", "", ""));
            writer.Line();
            LayerTree(writer, network, tree, classes);
            foreach (var layer in network.Layers)
            {
                writer.Line();
                LayerEmitter.Emit(writer, network, layer, kernels, classes[layer.Index]);
            }
        }, NetworkDocumentation.Of(network));
        return writer.ToString();
    }

    private static IEnumerable<(string Type, string Name, Irreps? Irreps)> Parameters(NetworkModel network)
    {
        yield return (WellKnown.Tensor, "positions", new Irrep(1, -1));
        if (network.HasInput)
        {
            yield return (WellKnown.Tensor, "nodes", network.Input);
        }

        if (network.Attributes is not null)
        {
            yield return (WellKnown.Tensor, "attributes", network.Attributes);
        }

        if (network.EdgeAttributes is not null)
        {
            yield return (WellKnown.Tensor, "edgeAttributes", network.EdgeAttributes);
        }

        yield return (WellKnown.Graph, "graph", null);
    }

    /// <summary>What a parameter states about itself: positions move with the origin, which no irrep does.</summary>
    private static string Statement(string parameter, Irreps? irreps) => (parameter, irreps) switch
    {
        ("positions", _) => "[global::E3Gen.Positions] ",
        (_, null) => "",
        _ => $"[global::E3Gen.Irreps(\"{irreps}\")] ",
    };

    private static void Forward(
        SourceWriter writer, NetworkModel network, List<(string Type, string Name, Irreps? Irreps)> parameters, KernelClass kernels, string layers, string harmonics)
    {
        var options = network.Options;
        string name = network.Type.Name;
        string gated = (network.Layers.Count - 1) switch
        {
            0 => "One convolution",
            1 => "A gated convolution and a last one",
            var count => $"{count} gated convolutions and a last one",
        };
        writer.Line($"/// <summary>{gated}: {network.Input} → {network.Output}.</summary>");
        writer.Line("/// <remarks>Features are mul_ir here as everywhere. Inside, between the layers' operations, they are ir_mul: " +
                "component after component, each with its copies side by side.</remarks>");
        writer.Line("/// <param name=\"positions\">Positions, [nodes, 3], in the unit of the cutoff radius.</param>");
        foreach (var (_, parameter, irreps) in parameters.Skip(1))
        {
            writer.Line(irreps is null
                ? $"/// <param name=\"{parameter}\">Neighbours within {Text(options.MaxRadius)} of each other.</param>"
                : parameter == "edgeAttributes" ? $"/// <param name=\"edgeAttributes\">[edges, {irreps.Dim}]: {irreps}; in the order of the graph's edges.</param>"
                : $"/// <param name=\"{parameter}\">[nodes, {irreps.Dim}]: {irreps}.</param>");
        }

        writer.Line($"/// <returns>[{(options.ReduceOutput ? "graphs" : "nodes")}, {network.Output.Dim}]: {network.Output}.</returns>");
        writer.Line(WellKnown.GeneratedCode);
        writer.Line($"[return: global::E3Gen.Irreps(\"{network.Output}\")]");
        var list = parameters.Select(p => $"{Statement(p.Name, p.Irreps)}{p.Type} {p.Name}").ToList();
        writer.Call($"public override {WellKnown.Tensor} forward(", list, ")");
        using (writer.Braces())
        {
            writer.Line($"global::System.ArgumentNullException.ThrowIfNull(graph, \"{name}.forward, argument 'graph'\");");
            foreach (var (_, parameter, irreps) in parameters.Where(p => p.Irreps is not null))
            {
                string label = $"\"{name}.forward, argument '{parameter}'\"";
                writer.Line($"global::E3Gen.Operations.Check.Features({parameter}, {irreps!.Dim}, \"{(parameter == "positions" ? "x, y, z" : irreps.ToString())}\", {label});");
                string rows = parameter == "edgeAttributes" ? "graph.EdgeCount, \"edges\"" : "graph.NodeCount, \"nodes\"";
                writer.Line($"global::E3Gen.Operations.Check.RowsOf({parameter}, {rows}, {label});");
            }

            foreach (var (_, parameter, _) in parameters.Skip(1).Where(p => p.Irreps is not null))
            {
                writer.Line($"global::E3Gen.Operations.Check.Alike(positions, {parameter}, \"{name}.forward\", \"'positions' and '{parameter}'\");");
            }

            writer.Line("using var scope = global::TorchSharp.torch.NewDisposeScope();");
            writer.Line();
            writer.Line("// Edges point from source to destination: r = positions[source] − positions[destination].");
            writer.Line("var vectors = graph.EdgeVectors(positions);");
            writer.Line("var lengths = global::E3Gen.Operations.Edges.Lengths(vectors);");
            writer.Line();
            writer.Line("// Weights depend on the length alone: they are computed once for the two edges of a pair.");
            string radius = Literals.Double(options.MaxRadius);
            string distances = "lengths.index_select(0, graph.EdgeOfPair)";
            distances = options.Transform == DistanceTransform.None ? distances : $"global::E3Gen.RadialTransform.{options.Transform}({distances}, {Literals.Double(options.TransformLength)})";
            writer.Line($"var radial = global::E3Gen.Operations.Edges.Expand({distances}, {radius}, {options.NumberOfBasis}, " +
                $"global::E3Gen.RadialBasisKind.{options.Basis}, vanish: {(options.BasisVanishes ? "true" : "false")});");
            string values = network.EdgeAttributes is null ? $"this.{harmonics}(vectors)" : $"global::TorchSharp.torch.cat([edgeAttributes, this.{harmonics}(vectors)], 1)";
            string power = options.Cutoff == CutoffKind.Polynomial ? $", {options.CutoffPower}" : "";
            writer.Line(options.Cutoff == CutoffKind.None
                ? $"var edges = {values};"
                : $"var edges = global::E3Gen.Operations.Edges.Attenuate({values}, lengths, {radius}, global::E3Gen.CutoffKind.{options.Cutoff}{power});");
            writer.Line();
            if (!network.HasInput)
            {
                writer.Line("var nodes = global::E3Gen.Operations.Edges.Ones(positions);");
            }

            Convert(writer, kernels, "nodes", "InputIrreps", "Irreps of the node features", network.Input, LayoutText.MulIr, LayoutText.IrMul);
            string attributes = network.Attributes is null ? "" : "attributes, ";
            foreach (var layer in network.Layers)
            {
                string path = layer.Gate is null ? $"Layer{layer.Index}" : $"Layer{layer.Index}.Module";
                string x = layer.Index == 0 ? "nodes" : "x";
                writer.Line($"{(layer.Index == 0 ? "var " : "")}x = this.{layers}.{path}.Forward({x}, {attributes}edges, radial, graph); // {layer.Output}");
            }

            if (options.ReduceOutput)
            {
                string scale = kernels.Value("NodeScale", 1 / Math.Sqrt(options.NumNodes), $"1/√{Text(options.NumNodes)}: the sum of that many nodes keeps its variance");
                writer.Line($"x = global::E3Gen.Operations.Messages.SumNodes(x, graph).mul({scale});");
            }

            Convert(writer, kernels, "x", "OutputIrreps", "Irreps of the result", network.Output, LayoutText.IrMul, LayoutText.MulIr);
            writer.Line("return x.MoveToOuterDisposeScope();");
        }
    }

    /// <summary>Between the order outside of the network and the one inside, where they differ.</summary>
    private static void Convert(SourceWriter writer, KernelClass kernels, string features, string field, string comment, Irreps irreps, string from, string to)
    {
        if (LayoutText.Matters(GatePoints.Inside, irreps))
        {
            writer.Line($"{features} = global::E3Gen.IrrepsLayout.Convert({features}, {kernels.Irreps(field, irreps, comment)}, {from}, {to});");
        }
    }

    /// <summary>The levels of e3nn's state dict: layers.0.first.sc.weight … layers.2.lin2.weight.</summary>
    private static void LayerTree(SourceWriter writer, NetworkModel network, string name, IReadOnlyList<string> classes)
    {
        writer.Line("/// <summary>The layers under e3nn's names: a gated one is the 'first' of a pair whose second, the gate, has no parameters.</summary>");
        using (writer.Braces($"private sealed class {name} : {WellKnown.Module}"))
        {
            foreach (var layer in network.Layers)
            {
                string inner = classes[layer.Index];
                var (fieldType, value) = layer.Gate is null
                    ? (inner, $"new {inner}()")
                    : ($"global::E3Gen.Operations.Named<{inner}>", $"new global::E3Gen.Operations.Named<{inner}>(\"first\", new {inner}())");
                writer.Line($"internal readonly {fieldType} Layer{layer.Index} = {value};");
                writer.Line();
            }

            writer.Line($"internal {name}()");
            writer.Line("    : base(\"Layers\")");
            using (writer.Braces())
            {
                writer.Line("this.RegisterComponents();");
            }

            writer.Line();
            Registration.Write(writer, network.Layers.Select(l => ($"{l.Index}", $"Layer{l.Index}")));
        }
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

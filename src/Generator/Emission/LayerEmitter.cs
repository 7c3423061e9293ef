using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Prints one layer of a network as a class of its own.</summary>
internal static class LayerEmitter
{
    private const string Kernels = "global::E3Gen.Operations";

    // Operations with parameters and their names in e3nn's state dict, in its order.
    private static readonly (string Method, string Field, string Name)[] Components =
        [("SelfConnection", "_sc", "sc"), ("Linear1", "_lin1", "lin1"), ("", "_fc", "fc"), ("Linear2", "_lin2", "lin2"), ("Alpha", "_alpha", "alpha")];

    public static void Emit(SourceWriter writer, NetworkModel network, LayerModel layer, KernelClass kernels, string name)
    {
        writer.Line($"/// <summary>Layer {layer.Index}: {layer.SelfConnection.Input} → {layer.Output}.</summary>");
        foreach (var operation in layer.Operations)
        {
            writer.Line(OperationDescription.Attribute(operation, Label(network, layer, operation), Component(operation).Name));
        }

        using (writer.Braces($"private sealed class {name} : global::TorchSharp.torch.nn.Module"))
        {
            foreach (var (method, field, component) in Components)
            {
                Field(writer, network, layer, method, field, component);
            }

            writer.Line($"internal {name}()");
            writer.Line($"    : base(\"{name}\")");
            using (writer.Braces())
            {
                writer.Line("this.RegisterComponents();");
            }

            writer.Line();
            var components = Components.Where(c => c.Method.Length == 0 || layer.Operations.Any(o => o.Method.Name == c.Method && o.Parameters.Weights > 0));
            Registration.Write(writer, components.Select(c => (c.Name, c.Field)));
            Forward(writer, network, layer, kernels);
            foreach (var operation in layer.Operations)
            {
                writer.Line();
                string method = operation.Method.Name, level = layer.Gate is null ? "" : "first.";
                var (_, field, state) = Component(operation);
                OperationEmitter.Emit(operation, new EmissionContext(
                    writer, kernels, operation.Method, $"Layer{layer.Index}{method}", Label(network, layer, operation), field is null ? "" : $"this.{field}", $"layers.{layer.Index}.{level}{state}"));
            }
        }
    }

    private static (string Method, string Field, string Name) Component(OperationModel operation) => Components.FirstOrDefault(c => c.Method == operation.Method.Name);

    private static string Label(NetworkModel network, LayerModel layer, OperationModel operation) => $"{network.Type.Name}.Layer{layer.Index}.{operation.Method.Name}";

    private static void Field(SourceWriter writer, NetworkModel network, LayerModel layer, string method, string field, string component)
    {
        var options = network.Options;
        string type = $"{Kernels}.OperationWeights", arguments;
        if (method.Length == 0)
        {
            var sizes = NetworkDocumentation.RadialSizes(network, layer).Select(n => (int)n);
            type = "global::E3Gen.FullyConnectedNetwork";
            arguments = $"{Literals.Longs(sizes)}, global::E3Gen.ActivationFunction.Silu, constants: global::E3Gen.MomentConstants.{options.Constants}";
        }
        else
        {
            long weights = layer.Operations.FirstOrDefault(o => o.Method.Name == method)?.Parameters.Weights ?? 0;
            if (weights == 0)
            {
                return;
            }

            arguments = $"weights: {weights}{(method == "Alpha" ? $", deviations: [({weights}, 0)]" : "")}";
        }

        writer.Line($"private readonly {type} {field} = new({arguments});");
        writer.Line();
    }

    private static void Forward(SourceWriter writer, NetworkModel network, LayerModel layer, KernelClass kernels)
    {
        bool hasAttributes = network.Attributes is not null;
        string attributes = hasAttributes ? ", attributes" : "";
        string neighbors = kernels.Value(
            "NeighborScale", 1 / Math.Sqrt(network.Options.NumNeighbors), $"1/√{NetworkEmitter.Text(network.Options.NumNeighbors)}: the sum of that many edges keeps its variance");
        bool anySelf = layer.SelfReaches.Any(r => r);
        var tensors = new[] { "nodes", "attributes", "edges", "radial" }.Where(t => hasAttributes || t != "attributes").Select(t => $"{WellKnown.Tensor} {t}");
        writer.Call($"internal {WellKnown.Tensor} Forward(", [.. tensors, $"{WellKnown.Graph} graph"], ")");
        using (writer.Braces())
        {
            writer.Line("using var scope = global::TorchSharp.torch.NewDisposeScope();");
            writer.Line($"var mixed = this.Linear1(nodes{attributes});");
            writer.Line("var weights = this._fc.forward(radial); // a weight for each path, copy and pair of edges, from their length");
            writer.Line($"var messages = this.Convolve(mixed, edges, weights, graph).mul({neighbors});");
            writer.Line($"var update = this.Linear2(messages{attributes});");
            if (anySelf)
            {
                string skip = kernels.Field(
                    layer.Alpha is null ? "SkipConnection" : "LearntSkipConnection",
                    $"Layer{layer.Index}Skip",
                    layer.Alpha is null
                        ? "sin(π/8) · sc + cos(π/8) · update where sc has a path, update alone elsewhere"
                        : "sc + alpha · update where sc has a path, update alone elsewhere",
                    [.. layer.SelfConnection.Output.Zip(layer.SelfReaches, (e, reached) => $"({e.Dim}, {(reached ? "true" : "false")})")]);
                string alpha = layer.Alpha is null ? "" : $", this.Alpha(messages{attributes})";
                writer.Line($"var sum = {skip}.Apply(this.SelfConnection(nodes{attributes}), update{alpha});");
            }

            string result = anySelf ? "sum" : "update";
            writer.Line($"return {(layer.Gate is null ? result : $"this.Gate({result})")}.MoveToOuterDisposeScope();");
        }
    }
}

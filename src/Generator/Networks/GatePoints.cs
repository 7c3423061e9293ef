using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Networks;

/// <summary>The architecture of e3nn's gate_points_2101: which irreps each layer has, and its operations.</summary>
internal static class GatePoints
{
    /// <summary>Order of the columns between operations: the one that they compute in, so that none converts.</summary>
    public const Layout Inside = Layout.IrMul;

    /// <summary>The layers. A hidden irrep lives in a layer only where a path from its input with the edge harmonics reaches it.</summary>
    public static IEnumerable<LayerModel> Layers(Irreps input, Irreps hidden, Irreps output, Irreps edges, Irreps? attributes, int gated, MomentConstants constants)
    {
        var irreps = input;
        for (int i = 0; i < gated; i++)
        {
            var reached = new Irreps(hidden.Where(e => Reaches(irreps, edges, e.Irrep)));
            var scalars = new Irreps(reached.Where(e => e.Irrep.L == 0));
            var others = new Irreps(reached.Where(e => e.Irrep.L > 0));
            var gate = new Irrep(0, Reaches(irreps, edges, new Irrep(0, 1)) ? 1 : -1);
            var gates = new Irreps(others.Select(e => new MulIrrep(e.Multiplicity, gate)));
            var model = GateModel.Create(Method("Gate", "x"), scalars, gates, others, new GateFunctions(Constants: constants)) with { Layout = Inside };
            var dropped = new Irreps(hidden.Where(e => e.Multiplicity > 0 && !reached.Contains(e.Irrep)));
            yield return Layer(i, irreps, model.Input, edges, attributes, model, dropped);
            irreps = model.Output;
        }

        yield return Layer(gated, irreps, output, edges, attributes, null, Irreps.Empty);
    }

    public static bool Reaches(Irreps nodes, Irreps edges, Irrep output) =>
        nodes.Any(n => n.Multiplicity > 0 && edges.Any(e => e.Multiplicity > 0 && (n.Irrep * e.Irrep).Contains(output)));

    private static LayerModel Layer(int index, Irreps input, Irreps output, Irreps edges, Irreps? attributes, GateModel? gate, Irreps dropped)
    {
        // Where every output irrep is one segment, the weights of neighbouring paths with equal irreps lie side by side, so they can be one matrix.
        bool unique = output.Select(e => e.Irrep).Distinct().Count() == output.Count;
        var convolve = ConvolutionModel.Create(Method("Convolve", "nodes", "edges", "weights", "graph"), input, edges, output.Contains) with
        {
            IsSimplified = unique && attributes is null,
            Layout = Inside,
        };
        return new LayerModel(
            index,
            Mix("SelfConnection", input, output, attributes),
            Mix("Linear1", input, input, attributes),
            convolve,
            Mix("Linear2", convolve.Output, output, attributes),
            gate,
            dropped);
    }

    /// <summary>A linear map; with node attributes the fully connected tensor product with them.</summary>
    private static OperationModel Mix(string name, Irreps input, Irreps output, Irreps? attributes)
    {
        if (attributes is null)
        {
            return new LinearModel(Method(name, "nodes"), input, output, Bias: false) { Layout = Inside };
        }

        var paths =
            from a in Enumerable.Range(0, input.Count)
            from b in Enumerable.Range(0, attributes.Count)
            from c in Enumerable.Range(0, output.Count)
            where input[a].Multiplicity > 0 && attributes[b].Multiplicity > 0 && output[c].Multiplicity > 0
                && (input[a].Irrep * attributes[b].Irrep).Contains(output[c].Irrep)
            select new BilinearPath(a, b, c, ConnectionMode.UVW);
        return new TensorProductModel(
            Method(name, "nodes", "attributes"), input, attributes, output, paths.ToEquatable(), WeightKind.Internal, IrrepNormalization.Component, PathNormalization.Element)
        {
            Layout = Inside,
        };
    }

    public static MethodModel Method(string name, params string[] arguments)
    {
        var parameters = arguments.Select(a => $"{(a == "graph" ? WellKnown.Graph : WellKnown.Tensor)} {a}");
        return new MethodModel(name, $"private {WellKnown.Tensor} {name}", parameters.ToEquatable(), arguments.ToEquatable(), IsDocumented: false);
    }

    /// <summary>The harmonics of the edges as an operation.</summary>
    public static SphericalHarmonicsModel Harmonics(Irrep vector, Irreps edges) =>
        new(Method("EdgeHarmonics", "vectors"), vector, edges, Normalize: true, Normalization.Component);
}

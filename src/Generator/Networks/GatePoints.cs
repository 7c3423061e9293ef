using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Networks;

/// <summary>The architectures of e3nn's gate-points networks: which irreps each layer has, and its operations.</summary>
internal static class GatePoints
{
    /// <summary>Order of the columns between operations: the one that they compute in, so that none converts.</summary>
    public const Layout Inside = Layout.IrMul;

    /// <summary>What an edge is: a difference of positions, which inversion turns round.</summary>
    public static readonly Irrep EdgeVector = new(1, -1);

    /// <summary>The layers. A hidden irrep lives in a layer only where a path from its input with the edge harmonics reaches it.</summary>
    /// <param name="input">Irreps of the node features.</param>
    /// <param name="hidden">Irreps of the hidden features.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="edges">Irreps of the edges: their attributes and harmonics.</param>
    /// <param name="attributes">Irreps of the node attributes; null for none.</param>
    /// <param name="gated">How many layers have a gate.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="constants">Constants of the activation functions.</param>
    /// <param name="allows">Whether an operation may have so many paths; where not, the layers end before it.</param>
    public static IEnumerable<LayerModel> Layers(
        Irreps input,
        Irreps hidden,
        Irreps output,
        Irreps edges,
        Irreps? attributes,
        int gated,
        NetworkArchitecture architecture,
        MomentConstants constants,
        Func<long, bool> allows)
    {
        var irreps = input;
        for (int i = 0; i < gated; i++)
        {
            var products = new HashSet<Irrep>(Describe.Products(irreps, edges));
            var reached = new Irreps(hidden.Where(e => e.Multiplicity > 0 && products.Contains(e.Irrep)));
            var scalars = new Irreps(reached.Where(e => e.Irrep.L == 0));
            var others = new Irreps(reached.Where(e => e.Irrep.L > 0));
            var gate = new Irrep(0, products.Contains(new Irrep(0, 1)) ? 1 : -1);
            var gates = new Irreps(others.Select(e => new MulIrrep(e.Multiplicity, gate)));
            var model = GateModel.Create(Method("Gate", "x"), Activate(scalars, ActivationFunction.Silu), Activate(gates, ActivationFunction.Sigmoid), others, constants) with { Layout = Inside };
            var dropped = new Irreps(hidden.Where(e => e.Multiplicity > 0 && !products.Contains(e.Irrep)));
            if (!allows(LayerPaths.Most(irreps, edges, attributes, model.Input)))
            {
                yield break;
            }

            yield return Layer(i, irreps, model.Input, edges, attributes, architecture, model, dropped);
            irreps = model.Output;
        }

        if (allows(LayerPaths.Most(irreps, edges, attributes, output)))
        {
            yield return Layer(gated, irreps, output, edges, attributes, architecture, null, Irreps.Empty);
        }
    }

    /// <summary>Even scalars by a function, odd ones by tanh.</summary>
    private static IEnumerable<Activated> Activate(Irreps scalars, ActivationFunction even) =>
        scalars.Select(e => new Activated(e, e.Irrep.Parity > 0 ? even : ActivationFunction.Tanh));

    private static LayerModel Layer(
        int index, Irreps input, Irreps output, Irreps edges, Irreps? attributes, NetworkArchitecture architecture, GateModel? gate, Irreps dropped)
    {
        bool mixes = architecture == NetworkArchitecture.GatePoints2106; // by a scalar, for which even scalars are kept
        // Where every output irrep is one segment, the weights of neighbouring paths with equal irreps lie side by side, so they can be one matrix.
        bool unique = output.Select(e => e.Irrep).Distinct().Count() == output.Count;
        var convolve = ConvolutionModel.Create(Method("Convolve", "nodes", "edges", "weights", "graph"), input, edges, irrep => output.Contains(irrep) || (mixes && irrep.IsScalar)) with
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
            mixes ? Mix("Alpha", convolve.Output, new Irrep(0, 1), attributes) : null,
            gate,
            dropped);
    }

    /// <summary>A linear map; with node attributes the fully connected tensor product with them.</summary>
    private static OperationModel Mix(string name, Irreps input, Irreps output, Irreps? attributes)
    {
        if (attributes is null)
        {
            return LinearModel.Full(Method(name, "nodes"), input, output) with { Layout = Inside };
        }

        var paths =
            from a in Enumerable.Range(0, input.Count)
            from b in Enumerable.Range(0, attributes.Count)
            from c in Enumerable.Range(0, output.Count)
            where input[a].Multiplicity > 0 && attributes[b].Multiplicity > 0 && output[c].Multiplicity > 0
                && (input[a].Irrep * attributes[b].Irrep).Contains(output[c].Irrep)
            select new BilinearPath(a, b, c, ConnectionMode.UVW);
        return new TensorProductModel(Method(name, "nodes", "attributes"), "TensorProduct", new ProductPlan(input, attributes, output, paths.ToEquatable()))
        {
            Weights = WeightKind.Internal,
            Layout = Inside,
        };
    }

    public static MethodModel Method(string name, params string[] arguments)
    {
        var parameters = arguments.Select(a => $"{(a == "graph" ? WellKnown.Graph : WellKnown.Tensor)} {a}");
        return new MethodModel(name, $"private {WellKnown.Tensor} {name}", parameters.ToEquatable(), arguments.ToEquatable(), IsDocumented: false);
    }

    /// <summary>The harmonics of the edges as an operation.</summary>
    public static SphericalHarmonicsModel Harmonics(Irreps edges) =>
        new(Method("EdgeHarmonics", "vectors"), EdgeVector, edges, Normalize: true, Normalization.Component);
}

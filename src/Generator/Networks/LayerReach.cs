using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Networks;

/// <summary>
/// The reachable irreps of a layer: which results can be non-zero, and which inputs affect any of them. All copies of
/// an irrep behave alike, because linear maps mix them.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="live">What of its input can differ from zero.</param>
/// <param name="edges">The edges' harmonics.</param>
/// <param name="attributes">Irreps of the node attributes; null for none.</param>
internal sealed class LayerReach(LayerModel layer, IEnumerable<Irrep> live, IEnumerable<Irrep> edges, IEnumerable<Irrep>? attributes)
{
    private readonly HashSet<Irrep> _input = Distinct(layer.SelfConnection.Input);
    private readonly HashSet<Irrep> _output = Distinct(layer.Linear2.Output);
    private readonly HashSet<Irrep> _live = [.. live];
    private readonly HashSet<Irrep> _messages = [.. layer.Linear2.Output.Select(e => e.Irrep), .. layer.Alpha is null ? [] : new[] { new Irrep(0, 1) }];

    /// <summary>The layer.</summary>
    public LayerModel Layer { get; } = layer;

    /// <summary>What of the node features can differ from zero before the layer, with its copies.</summary>
    public Irreps LiveInput => new(Layer.SelfConnection.Input.Where(e => _live.Contains(e.Irrep)));

    /// <summary>What of the node features can differ from zero after the layer.</summary>
    public HashSet<Irrep> Live => Layer.Gate is null
        ? BeforeGate(_live)
        : [.. BeforeGate(_live).Select(Gated).Where(e => e is not null).Select(e => e!.Value)];

    /// <summary>
    /// What a hidden irrep becomes in the gate: odd gates change its parity. Null where it stays zero, because it or its gate is.
    /// </summary>
    public Irrep? Gated(Irrep irrep)
    {
        var reached = BeforeGate(_live);
        if (Layer.Gate is not { } gate || !reached.Contains(irrep) || (irrep.L > 0 && !gate.Gated.Contains(irrep)))
        {
            return null;
        }

        if (irrep.L == 0)
        {
            return gate.Scalars.Where(e => e.Input.Irrep == irrep).Select(e => (Irrep?)e.Output.Irrep).FirstOrDefault(); // without any it is a gate, which ends here
        }

        // An even gate that nothing reaches is sigmoid(0), an odd one tanh(0).
        var scalar = gate.Gates[0];
        return scalar.Input.Irrep.Parity > 0 || reached.Contains(scalar.Input.Irrep) ? new Irrep(irrep.L, irrep.Parity * scalar.Output.Irrep.Parity) : null;
    }

    /// <summary>Whether the factor of the update can differ from zero; true where there is none.</summary>
    public bool ReachesAlpha => Layer.Alpha is null || Alpha(Mix(_live, attributes, _input), edges, attributes);

    /// <summary>Whether node features of this irrep change the result.</summary>
    public bool Reads(Irrep irrep) => BeforeGate([irrep]).Count > 0 || (HasFactor && Alpha(Mix([irrep], attributes, _input), edges, attributes));

    /// <summary>Whether a harmonic changes the result.</summary>
    public bool ReadsEdge(Irrep harmonic) =>
        Mix(Messages(Mix(_live, attributes, _input), [harmonic]), attributes, _output).Any() || (HasFactor && Alpha(Mix(_live, attributes, _input), [harmonic], attributes));

    /// <summary>Whether node attributes of this irrep change the result of any of the layer's maps.</summary>
    public bool ReadsAttribute(Irrep attribute) =>
        Mix(_live, [attribute], _output).Any()
        || Mix(_live, [attribute], _input).Any()
        || Mix(Messages(Mix(_live, attributes, _input), edges), [attribute], _output).Any()
        || (HasFactor && Alpha(Mix(_live, attributes, _input), edges, [attribute]));

    /// <summary>The irreps of which there are copies.</summary>
    public static HashSet<Irrep> Distinct(Irreps irreps) => [.. irreps.Where(e => e.Multiplicity > 0).Select(e => e.Irrep)];

    /// <summary>The irreps that messages would bring to the nodes if the layer's output had them.</summary>
    public IReadOnlyList<Irrep> Reachable
    {
        get
        {
            var messages = Products(Mix(_live, attributes, _input), edges).ToList();
            return [.. (attributes is null ? messages : messages.Concat(Products(messages, attributes))).Distinct().Where(Reaches).OrderBy(r => r)];

            bool Reaches(Irrep wanted)
            {
                HashSet<Irrep> output = [.. _messages, wanted]; // messages are of the irreps that the layer yields, before they are mixed
                return Mix(messages.Where(output.Contains), attributes, output).Contains(wanted);
            }
        }
    }

    /// <summary>Whether a factor multiplies the update: where the self-connection reaches nothing, the update stands alone.</summary>
    private bool HasFactor => Layer.Alpha is not null && Layer.SelfReaches.Any(r => r);

    /// <summary>Whether node features, after the first map, lead to an even scalar of the messages.</summary>
    private bool Alpha(IEnumerable<Irrep> mixed, IEnumerable<Irrep> harmonics, IEnumerable<Irrep>? by) => Mix(Messages(mixed, harmonics), by, [new Irrep(0, 1)]).Any();

    private HashSet<Irrep> BeforeGate(IEnumerable<Irrep> nodes) =>
        [.. Mix(Messages(Mix(nodes, attributes, _input), edges), attributes, _output), .. Mix(nodes, attributes, _output)];

    private IEnumerable<Irrep> Messages(IEnumerable<Irrep> nodes, IEnumerable<Irrep> harmonics) =>
        Products(nodes, harmonics).Where(_messages.Contains);

    /// <summary>A linear map; with attributes the product with them.</summary>
    private static IEnumerable<Irrep> Mix(IEnumerable<Irrep> nodes, IEnumerable<Irrep>? attributes, HashSet<Irrep> to) =>
        (attributes is null ? nodes : Products(nodes, attributes)).Where(to.Contains);

    private static IEnumerable<Irrep> Products(IEnumerable<Irrep> input1, IEnumerable<Irrep> input2) =>
        input1.SelectMany(x => input2.SelectMany(y => x * y)).Distinct();
}

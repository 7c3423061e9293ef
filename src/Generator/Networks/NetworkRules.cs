using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Networks;

/// <summary>The irreps of a network as they are written.</summary>
internal sealed record NetworkTexts(IrrepsText? Input, IrrepsText? Hidden, IrrepsText Output, IrrepsText Edges, IrrepsText? Attributes, IrrepsText? EdgeAttributes)
{
    /// <summary>Irreps of the edges: attributes, then harmonics.</summary>
    public Irreps AllEdges => EdgeAttributes is null ? Edges.Irreps : EdgeAttributes.Irreps + Edges.Irreps;
}

/// <summary>
/// The rules of single operations also apply to a network: a path must reach every output, and a path must read every input.
/// </summary>
internal sealed class NetworkRules(
    string name,
    NetworkTexts texts,
    Action<IrrepsText, int, DiagnosticDescriptor, object[]> reportAt,
    Action<DiagnosticDescriptor, object[]> reportOnClass)
{
    private string Edges =>
        $"{texts.Edges.Irreps}"
        + (texts.EdgeAttributes is { } edges ? $", edge attributes {Describe.List(edges.Irreps)}" : "")
        + (texts.Attributes is { } nodes ? $" and node attributes {Describe.List(nodes.Irreps)}" : "");

    public void Check(IReadOnlyList<LayerModel> layers)
    {
        var reaches = Reaches(layers);
        CheckDropped(layers);

        // A network that yields nothing reads nothing: where it breaks off is enough to say.
        if (CheckAlive(reaches) && CheckAlpha(reaches) && CheckOutput(reaches[reaches.Count - 1]))
        {
            // Hidden irreps are the same for all layers, so that e3nn's networks, too, have some after the last gate that nothing reads.
            const string Advice = "leave it out, or add an irrep to Hidden or Output that it can reach";
            CheckRead(texts.Input, Advice, reaches[0].Reads);
            CheckRead(texts.Edges, Advice, e => reaches.Any(r => r.ReadsEdge(e)));
            CheckRead(texts.EdgeAttributes, Advice, e => reaches.Any(r => r.ReadsEdge(e)));
            CheckRead(texts.Attributes, Advice, e => reaches.Any(r => r.ReadsAttribute(e)));
        }
    }

    private List<LayerReach> Reaches(IReadOnlyList<LayerModel> layers)
    {
        var live = LayerReach.Distinct(layers[0].SelfConnection.Input);
        var edges = LayerReach.Distinct(texts.AllEdges);
        var attributes = texts.Attributes is null ? null : LayerReach.Distinct(texts.Attributes.Irreps);
        var reaches = new List<LayerReach>();
        foreach (var layer in layers)
        {
            reaches.Add(new LayerReach(layer, live, edges, attributes));
            live = reaches[reaches.Count - 1].Live;
        }

        return reaches;
    }

    /// <summary>Usual networks have such irreps in their first layer: it is said once, where the network is named.</summary>
    private void CheckDropped(IReadOnlyList<LayerModel> layers)
    {
        var dropping = layers.Where(l => l.Dropped.Count > 0).ToList();
        if (dropping.Count > 0)
        {
            var dropped = dropping.Select(l => $"layer {l.Index}, from {Describe.List(l.SelfConnection.Input)}, has no {Describe.List(l.Dropped)}");
            reportOnClass(SelectionRules.HiddenDropped, [name, texts.AllEdges, string.Join("; ", dropped)]);
        }
    }

    /// <summary>The learnt factor of each layer's update is a scalar of its messages: where nothing reaches it, the update would be zero.</summary>
    private bool CheckAlpha(List<LayerReach> reaches)
    {
        bool isReached = true;
        foreach (var layer in reaches.Where(r => !r.ReachesAlpha))
        {
            string advice = $"the factor of the update of layer {layer.Layer.Index} is an even scalar of its messages, from {Describe.List(layer.LiveInput)} with edge harmonics {Edges}";
            reportOnClass(SelectionRules.Unreached, [name, "1x0e", advice, Suggestion.None]);
            isReached = false;
        }

        return isReached;
    }

    private bool CheckOutput(LayerReach last)
    {
        bool isReached = true;
        var (output, reached) = (texts.Output, last.Live);
        for (int o = 0; o < output.Irreps.Count; o++)
        {
            var entry = output.Irreps[o];
            if (entry.Multiplicity > 0 && (last.Layer.Convolve.Paths.Count == 0 || !reached.Contains(entry.Irrep)))
            {
                string advice = reached.Contains(entry.Irrep)
                    ? "only its self-connection does, so that no edge would change the result"
                    : "add hidden irreps or harmonics that reach it, or leave it out";
                var suggestion = Suggestion.Entry(output, o, last.Reachable, remove: true);
                reportAt(output, o, SelectionRules.NothingReaches, [name, entry, Describe.List(last.LiveInput), Edges, advice, suggestion]);
                isReached = false;
            }
        }

        return isReached;
    }

    /// <summary>Hidden irreps that any layer keeps must be other than zero in one of them.</summary>
    private bool CheckAlive(List<LayerReach> reaches)
    {
        bool isAlive = true;
        for (int i = 0; i < texts.Hidden?.Irreps.Count; i++)
        {
            var entry = texts.Hidden.Irreps[i];
            var kept = Keeping(reaches, entry).ToList();
            if (kept.Count > 0 && kept.All(l => reaches[l].Gated(entry.Irrep) is null))
            {
                string gates = entry.Irrep.L > 0 ? " and to its gates" : "";
                string advice = $"in no layer do paths lead to it{gates}, with edge harmonics {Edges}";
                var suggestion = Suggestion.Entry(texts.Hidden, i, Alive(reaches), remove: true);
                reportAt(texts.Hidden, i, SelectionRules.Unreached, [name, entry, advice, suggestion]);
                isAlive = false;
            }
        }

        return isAlive;
    }

    /// <summary>Hidden irreps that would be other than zero: a layer's paths lead to them, and to even scalars as their gates.</summary>
    private IEnumerable<Irrep> Alive(List<LayerReach> reaches) =>
        from reach in reaches.Take(reaches.Count - 1)
        let reachable = reach.Reachable
        from irrep in reachable
        where irrep.L == 0 || reachable.Contains(new Irrep(0, 1))
        select irrep;

    /// <summary>The gated layers that have a hidden irrep.</summary>
    private static IEnumerable<int> Keeping(List<LayerReach> reaches, MulIrrep entry) =>
        Enumerable.Range(0, reaches.Count - 1).Where(l => entry.Multiplicity > 0 && !reaches[l].Layer.Dropped.Contains(entry.Irrep));

    private void CheckRead(IrrepsText? input, string advice, Func<Irrep, bool> read)
    {
        for (int i = 0; i < input?.Irreps.Count; i++)
        {
            var entry = input.Irreps[i];
            if (entry.Multiplicity > 0 && !read(entry.Irrep))
            {
                reportAt(input, i, SelectionRules.Unread, [name, entry, advice, Suggestion.Removal(input, i)]);
            }
        }
    }
}

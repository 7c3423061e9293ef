namespace E3Gen.Generator.Networks;

/// <summary>Counts the paths of a layer's operations by irrep, without making one.</summary>
internal static class LayerPaths
{
    /// <summary>Paths of the operation that has most of them.</summary>
    public static long Most(Irreps input, Irreps edges, Irreps? attributes, Irreps output)
    {
        Dictionary<Irrep, long> nodes = Terms(input), results = Terms(output);
        var messages = Products(nodes, Terms(edges)).Where(m => results.ContainsKey(m.Key)).ToDictionary(m => m.Key, m => m.Value);
        return new[] { messages.Values.Sum(), Mix(nodes, results), Mix(nodes, nodes), Mix(messages, results) }.Max();

        long Mix(Dictionary<Irrep, long> from, Dictionary<Irrep, long> to) =>
            (attributes is null ? from : Products(from, Terms(attributes)))
                .Sum(p => to.TryGetValue(p.Key, out long terms) ? p.Value * terms : 0);
    }

    /// <summary>How many terms each irrep has.</summary>
    private static Dictionary<Irrep, long> Terms(Irreps irreps) =>
        irreps.Where(e => e.Multiplicity > 0).GroupBy(e => e.Irrep).ToDictionary(g => g.Key, g => g.LongCount());

    /// <summary>How many paths lead to each irrep.</summary>
    private static Dictionary<Irrep, long> Products(Dictionary<Irrep, long> input1, Dictionary<Irrep, long> input2) =>
        (from x in input1
         from y in input2
         from product in x.Key * y.Key
         group x.Value * y.Value by product).ToDictionary(g => g.Key, g => g.Sum());
}

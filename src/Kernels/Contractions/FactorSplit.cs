namespace E3Gen.Kernels;

/// <summary>
/// Splits every product of components into one factor and a product of the others, so that few such products have to be computed: again and again the one
/// that completes most of those which are left. Places of products: 0 is one, then the components, then what is computed.
/// </summary>
internal sealed class FactorSplit
{
    private readonly Dictionary<string, int> _places = new() { [""] = 0 };
    private readonly Dictionary<string, (int Last, string Others)> _splits = [];
    private readonly List<ContractionOrder.Product> _products = [];

    /// <param name="components">Number of components.</param>
    /// <param name="monomials">The products, each with its components in ascending order.</param>
    public FactorSplit(int components, IEnumerable<int[]> monomials)
    {
        for (int i = 0; i < components; i++)
        {
            _places.Add(Key([i]), 1 + i);
        }

        var results = monomials.ToLookup(m => m.Length);
        var computed = new Stack<Dictionary<string, int[]>>();
        Dictionary<string, int[]> needed = [];
        for (int degree = results.Select(g => g.Key).DefaultIfEmpty(0).Max(); degree >= 1; degree--)
        {
            computed.Push(needed);
            var all = needed.Values.Concat(results[degree]).DistinctBy(Key).ToList();
            needed = degree > 2 ? Cover(all) : SplitLast(all);
        }

        // From few factors to many: each after the one that it continues.
        foreach (int[] product in computed.SelectMany(p => p.Values.OrderBy(m => Split(m).Others, StringComparer.Ordinal).ThenBy(m => Split(m).Last)))
        {
            var (last, others) = Split(product);
            _places.Add(Key(product), 1 + components + _products.Count);
            _products.Add(new ContractionOrder.Product(_places[others], last));
        }
    }

    /// <summary>What has to be computed, each after the one that it continues.</summary>
    public IReadOnlyList<ContractionOrder.Product> Products => _products;

    /// <summary>A product as one factor and the place of the product of the others.</summary>
    /// <param name="monomial">Its components in ascending order.</param>
    public (int Last, int Place) Of(int[] monomial)
    {
        var (last, rest) = _splits[Key(monomial)];
        return (last, _places[rest]);
    }

    private (int Last, string Others) Split(int[] monomial) => _splits[Key(monomial)];

    private static string Key(IEnumerable<int> factors) => string.Join(",", factors);

    private static IEnumerable<(int Last, int[] Others)> Splits(int[] monomial) =>
        monomial.Distinct().Select(last => (last, monomial.Where((_, i) => i != Array.IndexOf(monomial, last)).ToArray()));

    /// <summary>Up to two factors nothing is computed: the last one is split off.</summary>
    private Dictionary<string, int[]> SplitLast(List<int[]> monomials)
    {
        monomials.ForEach(m => _splits[Key(m)] = (m[^1], Key(m[..^1])));
        return [];
    }

    /// <summary>Few products of one factor less of which all of these are made.</summary>
    private Dictionary<string, int[]> Cover(List<int[]> monomials)
    {
        var left = new HashSet<string>(monomials.Select(Key));
        var completing = (from monomial in monomials from split in Splits(monomial) group (Monomial: Key(monomial), split.Last) by Key(split.Others))
            .ToDictionary(g => g.Key, g => g.ToList());
        var chosen = new Dictionary<string, int[]>();
        while (left.Count > 0)
        {
            var (others, best) = completing.OrderBy(c => c.Key, StringComparer.Ordinal).MaxBy(c => c.Value.Count(m => left.Contains(m.Monomial)));
            chosen.Add(others, [.. others.Split(',').Select(int.Parse)]);
            foreach (var (monomial, last) in best.Where(m => left.Remove(m.Monomial)))
            {
                _splits[monomial] = (last, others);
            }

            completing.Remove(others);
        }

        return chosen;
    }
}

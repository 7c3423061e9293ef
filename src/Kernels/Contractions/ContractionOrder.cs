namespace E3Gen.Kernels;

/// <summary>
/// The order in which a kernel computes a symmetric contraction. Each term is a last factor times a product of the others. Products are computed once, each
/// from one of fewer factors, and kept; for each last factor and row of the result <c>z[row] += x[last] · Σ A · product</c>.
/// </summary>
internal sealed class ContractionOrder
{
    private readonly List<List<(int Row, double Value)>> _weights = [];
    private readonly List<(int[] Factors, int Row, int Index)> _terms = [];

    public ContractionOrder(ContractionProgram paths)
    {
        Components = paths.Components;
        int[] firsts = [.. paths.Blocks.Select((_, b) => paths.Blocks.Take(b).Sum(before => before.Paths.Length))];
        int row = 0;
        for (int o = 0; o < paths.Z.Count; o++)
        {
            for (int b = 0; b < paths.Blocks.Count; b++)
            {
                if (paths.Blocks[b].Output == o && paths.Blocks[b].Paths.Length > 0)
                {
                    Add(paths.Blocks[b], row, firsts[b]);
                }
            }

            row += (2 * paths.Z[o]) + 1;
        }

        Weigh = new SparseMatrix(paths.Blocks.Sum(b => b.Paths.Length), _weights);
        var split = new FactorSplit(paths.Components, _terms.Select(t => t.Factors));
        var groups = new List<Group>();
        List<int> entries = [], order = [];
        foreach (var group in _terms.Select(t => (Split: split.Of(t.Factors), t.Row, t.Index)).GroupBy(t => (t.Split.Last, t.Row)).OrderBy(g => g.Key.Last).ThenBy(g => g.Key.Row))
        {
            groups.Add(new Group(group.Key.Last, group.Key.Row, group.Count()));
            foreach (var (factors, _, index) in group)
            {
                entries.Add(factors.Place);
                order.Add(index);
            }
        }

        (Products, Groups, Entries, Order) = ([.. split.Products], [.. groups], [.. entries], [.. order]);
    }

    /// <summary>U: <c>A[entry] = Σ_q U[entry,q] W[q]</c>.</summary>
    public SparseMatrix Weigh { get; }

    /// <summary>Components of the argument. In the table of products 0 is one, and these follow it.</summary>
    public int Components { get; }

    /// <summary>The products of two factors and more, each after the one that it continues.</summary>
    public Product[] Products { get; }

    /// <summary>Number of places in the table of products.</summary>
    public int Places => 1 + Components + Products.Length;

    /// <summary>The sums.</summary>
    public Group[] Groups { get; }

    /// <summary>The terms of all sums, one after the other: places of products.</summary>
    public int[] Entries { get; }

    /// <summary>Which coefficient A each term has.</summary>
    public int[] Order { get; }

    /// <summary>Floating-point operations of a copy of a row: one a product, two an entry and a sum.</summary>
    public int Cost => Products.Length + (2 * Entries.Length) + (2 * Groups.Length);

    /// <summary>Those of the gradient: the products, and six an entry and a sum, five a product.</summary>
    public int GradientCost => (5 * Products.Length) + (6 * Entries.Length) + (3 * Groups.Length);

    /// <summary>The products of components with what they contribute to: row and index of A.</summary>
    public IEnumerable<(int[] Factors, (int Row, int Index)[] Terms)> Monomials() =>
        _terms.GroupBy(t => string.Join(",", t.Factors)).Select(g => (g.First().Factors, g.Select(t => (t.Row, t.Index)).ToArray()));

    /// <summary>Adds the terms of a block.</summary>
    private void Add(ContractionBlock block, int firstRow, int firstPath)
    {
        int width = block.Degree + 1;
        var found = new Dictionary<string, int>();
        for (int q = 0; q < block.Paths.Length; q++)
        {
            var path = block.Paths[q];
            for (int t = 0; t < path.Values.Length; t++)
            {
                int[] term = path.Terms[(t * width)..((t + 1) * width)];
                string key = string.Join(",", term);
                if (!found.TryGetValue(key, out int index))
                {
                    found.Add(key, index = _terms.Count);
                    _terms.Add((term[1..], firstRow + term[0], index));
                    _weights.Add([]);
                }

                _weights[index].Add((firstPath + q, path.Values[t]));
            }
        }
    }

    /// <summary>A product of one factor more.</summary>
    /// <param name="Parent">Place of the product that it continues.</param>
    /// <param name="Component">The factor.</param>
    internal readonly record struct Product(int Parent, int Component);

    /// <summary>z[Row] += x[Component] · Σ of its terms.</summary>
    /// <param name="Component">The last factor.</param>
    /// <param name="Row">Component of the result.</param>
    /// <param name="Count">Number of terms.</param>
    internal readonly record struct Group(int Component, int Row, int Count);
}

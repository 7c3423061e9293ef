using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// The order in which a kernel multiplies components: products of more factors follow those that they continue, so that each takes one multiplication,
/// and what they contribute to the results.
/// </summary>
internal sealed class ContractionProgram
{
    private readonly (int Block, ConstantTable Table)[] _tables;

    public ContractionProgram(ContractionPaths paths)
    {
        var root = new SortedDictionary<int, Node>();
        var tables = new List<(int, ConstantTable)>();
        int index = 0, row = 0;
        for (int o = 0; o < paths.Z.Count; o++)
        {
            for (int b = 0; b < paths.Blocks.Count; b++)
            {
                if (paths.Blocks[b] is var block && block.Output == o && block.Paths.Length > 0)
                {
                    var rows = Add(root, block, row, ref index);
                    tables.Add((b, rows));
                }
            }

            row += (2 * paths.Z[o]) + 1;
        }

        _tables = [.. tables];
        Entries = index;
        var products = new List<Product>();
        var entries = new List<Entry>();
        List(root, 1, products, entries);
        (Products, ProductEntries) = ([.. products], [.. entries]);
    }

    /// <summary>Number of coefficients A of an element and a copy.</summary>
    public int Entries { get; }

    /// <summary>The products, each after the one that it continues.</summary>
    public Product[] Products { get; }

    /// <summary>What the products contribute, product by product.</summary>
    public Entry[] ProductEntries { get; }

    /// <summary>Floating-point operations of a copy of a row: a multiplication for each product, two operations for each entry.</summary>
    public int Cost => Products.Length + (2 * ProductEntries.Length);

    /// <summary>The products that contribute anything, with all their factors.</summary>
    public IEnumerable<(int[] Factors, Entry[] Entries)> Factors()
    {
        var factors = new List<int>();
        foreach (var product in Products)
        {
            factors.RemoveRange(product.Depth - 1, factors.Count - product.Depth + 1);
            factors.Add(product.Component);
            if (product.Count > 0)
            {
                yield return ([.. factors], ProductEntries[product.First..(product.First + product.Count)]);
            }
        }
    }

    /// <summary>A[entry] = Σ_q U[entry,q] W[q]: [elements, entries, copies].</summary>
    public Tensor Coefficients(ContractionPaths paths, Tensor weights) => _tables.Length == 0
        ? zeros(paths.Elements, 0, paths.Copies, weights.dtype)
        : cat([.. _tables.Select(t => t.Table.Like(weights).matmul(paths.Weights(weights, t.Block)))], 1);

    /// <summary>Adds the terms of a block; returns its matrix from weights to coefficients.</summary>
    private static ConstantTable Add(SortedDictionary<int, Node> root, ContractionBlock block, int firstRow, ref int index)
    {
        int width = block.Degree + 1, first = index;
        var found = new Dictionary<(Node, int), int>();
        var values = new List<(int Entry, int Path, double Value)>();
        for (int q = 0; q < block.Paths.Length; q++)
        {
            var path = block.Paths[q];
            for (int t = 0; t < path.Values.Length; t++)
            {
                var children = root;
                Node? node = null;
                foreach (int component in path.Terms.AsSpan((t * width) + 1, block.Degree))
                {
                    if (!children.TryGetValue(component, out node))
                    {
                        children.Add(component, node = new Node());
                    }

                    children = node.Children;
                }

                int row = firstRow + path.Terms[t * width];
                if (!found.TryGetValue((node!, row), out int entry))
                {
                    found.Add((node!, row), entry = index++);
                    node!.Entries.Add(new Entry(row, entry));
                }

                values.Add((entry - first, q, path.Values[t]));
            }
        }

        var table = new double[(index - first) * block.Paths.Length];
        foreach (var (entry, path, value) in values)
        {
            table[(entry * block.Paths.Length) + path] = value;
        }

        return new ConstantTable(table, index - first, block.Paths.Length);
    }

    private static void List(SortedDictionary<int, Node> nodes, int depth, List<Product> products, List<Entry> entries)
    {
        foreach (var (component, node) in nodes)
        {
            products.Add(new Product(depth, component, entries.Count, node.Entries.Count));
            entries.AddRange(node.Entries);
            List(node.Children, depth + 1, products, entries);
        }
    }

    /// <summary>x[i1] … x[iν]: that of one factor less, before it, times a component.</summary>
    /// <param name="Depth">Number of factors ν.</param>
    /// <param name="Component">The last factor iν.</param>
    /// <param name="First">First of what it contributes.</param>
    /// <param name="Count">To how many results.</param>
    internal readonly record struct Product(int Depth, int Component, int First, int Count);

    /// <summary>z[Row] += A[Index] · product.</summary>
    internal readonly record struct Entry(int Row, int Index);

    private sealed class Node
    {
        public SortedDictionary<int, Node> Children { get; } = [];

        public List<Entry> Entries { get; } = [];
    }
}

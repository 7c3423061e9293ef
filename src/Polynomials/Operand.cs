namespace E3Gen.Polynomials;

/// <summary>A buffer that a polynomial reads or writes: rows of numbers, each cut into segments.</summary>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Segments">The segments, in the order in which they lie in memory.</param>
/// <param name="Rows">Which of its rows belongs to a row of the polynomial.</param>
/// <param name="Layout">The order of the columns of a segment.</param>
public sealed record Operand(string Name, EquatableArray<Segment> Segments, RowSource Rows = RowSource.Own, Layout Layout = Layout.MulIr)
{
    /// <summary>Number of columns.</summary>
    public int Dimension => Segments.Sum(s => s.Length);

    /// <summary>An operand of features: one segment for each entry of its irreps.</summary>
    /// <param name="name">Its name in formulas.</param>
    /// <param name="irreps">Its irreps.</param>
    /// <param name="rows">Which of its rows belongs to a row of the polynomial.</param>
    /// <param name="layout">The order of the columns of a segment.</param>
    public static Operand Of(string name, Irreps irreps, RowSource rows = RowSource.Own, Layout layout = Layout.MulIr)
    {
        int offset = 0;
        var segments = new List<Segment>();
        foreach (var entry in irreps)
        {
            segments.Add(new Segment(offset, new[] { entry.Multiplicity }.ToEquatable(), entry.Irrep));
            offset += entry.Dim;
        }

        return new Operand(name, segments.ToEquatable(), rows, layout);
    }

    /// <summary>An operand of weights: one segment for each block.</summary>
    /// <param name="name">Its name in formulas.</param>
    /// <param name="blocks">The extents of each block's axes, slowest first.</param>
    /// <param name="rows">Which of its rows belongs to a row of the polynomial.</param>
    public static Operand OfWeights(string name, IEnumerable<EquatableArray<int>> blocks, RowSource rows)
    {
        int offset = 0;
        var segments = new List<Segment>();
        foreach (var block in blocks)
        {
            segments.Add(new Segment(offset, block, null));
            offset += segments[segments.Count - 1].Length;
        }

        return new Operand(name, segments.ToEquatable(), rows);
    }

    /// <summary>The column of a component of a copy.</summary>
    /// <param name="segment">Index of the segment.</param>
    /// <param name="copy">The copy, all multiplicity axes counted as one.</param>
    /// <param name="component">The component; 0 for weights.</param>
    public int Column(int segment, int copy, int component)
    {
        var s = Segments[segment];
        return s.Offset + (Layout == Layout.IrMul ? (component * s.Multiplicity) + copy : (copy * s.Components) + component);
    }
}

/// <summary>Columns of an operand that belong together: copies of one irrep, or a block of weights.</summary>
/// <param name="Offset">First column.</param>
/// <param name="Multiplicities">Extents of the multiplicity axes, slowest first: one axis for features, as many as their mode has for weights.</param>
/// <param name="Irrep">How the components transform; null for weights, which have one component.</param>
public sealed record Segment(int Offset, EquatableArray<int> Multiplicities, Irrep? Irrep)
{
    /// <summary>Number of copies.</summary>
    public int Multiplicity => Multiplicities.Aggregate(1, (product, m) => product * m);

    /// <summary>Number of components of each copy.</summary>
    public int Components => Irrep?.Dim ?? 1;

    /// <summary>Number of columns.</summary>
    public int Length => Multiplicity * Components;
}

/// <summary>Which row of an operand belongs to a row of the polynomial. Rows of a result that belong to several are sums.</summary>
public enum RowSource
{
    /// <summary>Its own: row for row.</summary>
    Own,

    /// <summary>That of the edge's source: inputs are gathered, results are summed.</summary>
    Source,

    /// <summary>That of the edge's destination.</summary>
    Destination,

    /// <summary>The only row.</summary>
    Shared,

    /// <summary>The row given by an index, such as the weights of an atom's element.</summary>
    Indexed,
}

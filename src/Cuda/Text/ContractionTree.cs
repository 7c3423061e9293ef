using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// The terms of a contraction as a tree of products of components: a product is its parent times one component more, and has the terms <c>z[row] += A x[last] · product</c>. Whoever walks through
/// it depth first keeps the few products between the root and where it is, not all of them: a thread has enough registers for that.
/// </summary>
internal sealed class ContractionTree
{
    private readonly ContractionOrder _order;
    private readonly ILookup<int, ContractionTerm> _terms;
    private readonly ILookup<int, int> _children;

    public ContractionTree(ContractionOrder order)
    {
        _order = order;
        var terms = new List<ContractionTerm>();
        foreach (var group in order.Groups)
        {
            for (int t = 0; t < group.Count; t++)
            {
                terms.Add(new(order.Entries[terms.Count], group.Component, group.Row, order.Order[terms.Count]));
            }
        }

        _terms = terms.ToLookup(t => t.Place);
        _children = Enumerable.Range(1 + order.Components, order.Products.Length).ToLookup(Parent);
        Terms = [.. Places(0).SelectMany(TermsOf)];
    }

    /// <summary>All terms, depth first.</summary>
    public IReadOnlyList<ContractionTerm> Terms { get; }

    /// <summary>The components that have terms or continue to products.</summary>
    public IEnumerable<int> Components => Enumerable.Range(1, _order.Components).Where(p => _terms.Contains(p) || _children.Contains(p)).Select(p => p - 1);

    /// <summary>The terms of a product.</summary>
    public IEnumerable<ContractionTerm> TermsOf(int place) => _terms[place].OrderBy(t => t.Last).ThenBy(t => t.Row);

    /// <summary>The products of one factor more.</summary>
    public IEnumerable<int> Children(int place) => _children[place];

    /// <summary>Whether a place is that of a product of two components or more.</summary>
    public bool IsProduct(int place) => place > _order.Components;

    /// <summary>The product that one continues.</summary>
    public int Parent(int place) => Product(place).Parent;

    /// <summary>The factor that it has more.</summary>
    public int Factor(int place) => Product(place).Component;

    /// <summary>A product's variable: p17, or x2 for a component.</summary>
    public string Name(int place) => IsProduct(place) ? $"p{place}" : $"x{place - 1}";

    /// <summary>Its factors, for readers: "x2 x5".</summary>
    public string Factors(int place) => IsProduct(place) ? $"{Factors(Parent(place))} x{Factor(place)}" : Name(place);

    private ContractionOrder.Product Product(int place) => _order.Products[place - 1 - _order.Components];

    private IEnumerable<int> Places(int place) =>
        [place, .. (place == 0 ? Enumerable.Range(1, _order.Components) : Children(place)).SelectMany(Places)];
}

/// <summary>A term of a contraction: <c>z[Row] += A[Index] x[Last] · product</c>.</summary>
/// <param name="Place">Place of the product; 0 for one, 1 + i for component i.</param>
/// <param name="Last">The last factor.</param>
/// <param name="Row">Component of the result.</param>
/// <param name="Index">Which coefficient.</param>
internal readonly record struct ContractionTerm(int Place, int Last, int Row, int Index);

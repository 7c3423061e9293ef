using System.Collections.Concurrent;
using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// A symmetric contraction, copy by copy u: <c>z[k] = Σ_q W[q] Σ U_q[k,i1,…,iν] x[i1] … x[iν]</c> with the weights of the row's element. In two steps:
/// <c>A[k,i1,…,iν] = Σ_q W[q] U_q[k,i1,…,iν]</c> once for each element, and <c>z[k] = Σ A[k,i1,…,iν] x[i1] … x[iν]</c> for each row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractionProgram
{
    private readonly Lazy<ContractionOrder> _order;
    private readonly ConcurrentDictionary<int, ContractionProgram> _others = new();

    /// <summary>Describes the operation.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="copies">Copies u, of the argument and of the result.</param>
    /// <param name="elements">Number of elements with weights of their own.</param>
    /// <param name="x">Degrees of the argument's irreps.</param>
    /// <param name="z">Degrees of the result's irreps.</param>
    /// <param name="blocks">The paths.</param>
    public ContractionProgram(string name, int copies, int elements, int[] x, int[] z, params ContractionBlock[] blocks)
    {
        (Name, Copies, Elements, X, Z, Blocks) = (name, copies, elements, x, z, blocks);
        (Components, Results) = (x.Sum(l => (2 * l) + 1), z.Sum(l => (2 * l) + 1));
        _order = new(() => new ContractionOrder(this));
    }

    /// <summary>Order of the columns; mul_ir unless told otherwise.</summary>
    public Layout Layout { get; init; }

    /// <summary>The same paths with weights for another number of elements.</summary>
    /// <param name="elements">Number of elements with weights of their own, at least 1.</param>
    public ContractionProgram WithElements(int elements) => elements == Elements
        ? this
        : _others.GetOrAdd(elements, count => new ContractionProgram(Name, Copies, count, [.. X], [.. Z], [.. Blocks]) { Layout = Layout });

    internal string Name { get; }

    internal int Copies { get; }

    internal int Elements { get; }

    internal IReadOnlyList<int> X { get; }

    internal IReadOnlyList<int> Z { get; }

    internal IReadOnlyList<ContractionBlock> Blocks { get; }

    /// <summary>Components i of the argument.</summary>
    internal int Components { get; }

    /// <summary>Components k of the result.</summary>
    internal int Results { get; }

    /// <summary>In which order kernels compute it.</summary>
    internal ContractionOrder Order => _order.Value;
}

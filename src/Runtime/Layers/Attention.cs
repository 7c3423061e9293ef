using System.ComponentModel;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Does the work of <see cref="AttentionAttribute"/>, which says what it computes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Attention : Layer
{
    private readonly Irreps _keys;
    private readonly Irreps _values;
    private readonly long _heads;
    private readonly Scalar _scale;

    /// <summary>Creates it.</summary>
    /// <param name="label">The operation's name in messages.</param>
    /// <param name="keys">Irreps of queries and keys.</param>
    /// <param name="values">Irreps of the values.</param>
    /// <param name="heads">Number of heads, which divides every multiplicity.</param>
    public Attention(string label, Irreps keys, Irreps values, int heads = 1)
        : base(label)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        (_keys, _values, _heads) = (keys, values, heads);
        _scale = Math.Sqrt((double)heads / Math.Max(keys.Dim, 1));
    }

    /// <summary>Averages values over the edges that arrive at each node.</summary>
    /// <param name="queries">[N, keys].</param>
    /// <param name="keys">[E, keys].</param>
    /// <param name="values">[E, values].</param>
    /// <param name="graph">The graph.</param>
    /// <param name="cutoff">[E]: a factor of each edge; 1 where null.</param>
    /// <param name="queriesName">The argument's name in messages.</param>
    /// <param name="keysName">The argument's name in messages.</param>
    /// <param name="valuesName">The argument's name in messages.</param>
    /// <param name="graphName">The argument's name in messages.</param>
    /// <param name="cutoffName">The argument's name in messages.</param>
    /// <returns>[N, values].</returns>
    /// <exception cref="ArgumentException">A shape, a dtype or a device is wrong.</exception>
    public Tensor Apply(
        Tensor queries,
        Tensor keys,
        Tensor values,
        Graph graph,
        Tensor? cutoff = null,
        [CallerArgumentExpression(nameof(queries))] string queriesName = "",
        [CallerArgumentExpression(nameof(keys))] string keysName = "",
        [CallerArgumentExpression(nameof(values))] string valuesName = "",
        [CallerArgumentExpression(nameof(graph))] string graphName = "",
        [CallerArgumentExpression(nameof(cutoff))] string cutoffName = "")
    {
        Expect(queries, _keys, queriesName);
        Expect(keys, _keys, keysName);
        Expect(values, _values, valuesName);
        Check.Alike(queries, keys, Label, $"'{Plain(queriesName)}' and '{Plain(keysName)}'");
        Check.Alike(queries, values, Label, $"'{Plain(queriesName)}' and '{Plain(valuesName)}'");
        ArgumentNullException.ThrowIfNull(graph, Named(graphName));
        Check.RowsOf(queries, graph.NodeCount, "nodes", Named(queriesName));
        Check.RowsOf(keys, graph.EdgeCount, "edges", Named(keysName));
        Check.RowsOf(values, graph.EdgeCount, "edges", Named(valuesName));
        if (cutoff is not null)
        {
            Check.EdgeNumbers(cutoff, graph, Named(cutoffName));
            Check.Alike(queries, cutoff, Label, $"'{Plain(queriesName)}' and '{Plain(cutoffName)}'");
        }

        using var scope = NewDisposeScope();
        Tensor factors = Heads(EdgeSoftmax.Of(Scores(HalfPrecision.Widen(queries), HalfPrecision.Widen(keys), graph), graph, cutoff is null ? null : HalfPrecision.Widen(cutoff)));
        return HalfPrecision.Return(Messages.Sum(HalfPrecision.Widen(values).mul(factors), graph), values.dtype);
    }

    /// <summary>√(H/D) Σ q k over the copies of each head: [E, heads].</summary>
    private Tensor Scores(Tensor queries, Tensor keys, Graph graph)
    {
        Tensor products = queries.index_select(0, graph.Destination).mul(keys);
        Tensor[] sums = [.. _keys.Slices.Where(e => e.Length > 0)
            .Select(e => IrrepCopies.Split(products.narrow(-1, e.Offset, e.Length), _heads).sum(-1))];
        return sums.Length == 0 ? zeros(keys.size(0), _heads, keys.dtype, keys.device) : sums.Aggregate((a, b) => a.Plus(b)).mul(_scale);
    }

    /// <summary>The number of each head for all the columns that belong to it: [E, heads] → [E, values].</summary>
    private Tensor Heads(Tensor weights) => IrrepCopies.Join(weights, _values.Slices.Where(e => e.Length > 0)
        .Select(e => weights.unsqueeze(-1).expand(weights.size(0), _heads, e.Length / _heads).flatten(-2)));
}

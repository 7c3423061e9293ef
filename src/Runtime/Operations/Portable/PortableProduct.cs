using System.Runtime.CompilerServices;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// A tensor product out of TorchSharp operations, of any connection modes: couple the paths block by block, contract copies with weights, add up what paths yield for a segment. With a
/// graph the first input is gathered from the sources of edges and messages are summed; layouts change on nodes, not on edges.
/// </summary>
internal sealed class PortableProduct
{
    private static readonly ConditionalWeakTable<BilinearProgram, PortableProduct> Made = [];

    private readonly BilinearProgram _program;
    private readonly PathBlock[] _blocks;
    private readonly Dictionary<int, PairedCoupling> _paired;
    private readonly CopyContraction[] _contractions;

    private PortableProduct(BilinearProgram program)
    {
        _program = program;
        var paths = program.Products;
        _contractions = [.. paths.Select(p => new CopyContraction(program, p))];
        _paired = Enumerable.Range(0, paths.Count).Where(p => ProductProgram.PairsCopies(paths[p].Mode)).ToDictionary(p => p, p => new PairedCoupling(paths[p]));
        _blocks = [.. Blocks(program, Enumerable.Range(0, paths.Count).Where(p => !_paired.ContainsKey(p)))];
    }

    /// <summary>That of a program, made once.</summary>
    /// <param name="program">The product.</param>
    public static PortableProduct Of(BilinearProgram program) => Made.GetValue(program, static p => new(p));

    /// <summary>F(x, y, w) row by row, or the sum of F(x[source], y, w) over the edges that arrive at each node.</summary>
    /// <param name="x">[rows, columns of x], or [nodes, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[rows, weights], or [weights] for every row; null for none.</param>
    /// <param name="graph">The graph; null for rows.</param>
    /// <returns>[rows, columns of z], or [nodes, columns of z].</returns>
    public Tensor Apply(Tensor x, Tensor y, Tensor? weights, Graph? graph = null)
    {
        using var scope = NewDisposeScope();
        Tensor[] xs = Cut(x, _program.X), ys = Cut(y, _program.Y);
        var terms = NoTerms();
        Tensor Sum(Tensor rows) => graph is null ? rows : Messages.Sum(rows, graph);
        foreach (var block in _blocks)
        {
            var left = First(xs, block.X);
            var z = block.Couple(graph is null ? left : left.index_select(0, graph.Source), block.Y is { } segment ? ys[segment] : y);
            if (block.IsElementwise)
            {
                var pieces = block.Split(Sum(block.Weigh(z, weights!)));
                for (int i = 0; i < pieces.Length; i++)
                {
                    terms[_program.Products[block.Paths[i]].Z].Add(pieces[i].squeeze(1));
                }
            }
            else
            {
                var pieces = block.Split(z);
                for (int i = 0; i < pieces.Length; i++)
                {
                    terms[_program.Products[block.Paths[i]].Z].Add(Sum(_contractions[block.Paths[i]].Apply(pieces[i], weights)));
                }
            }
        }

        AddPaired(terms, xs, ys, weights);
        return Assemble(terms, x).MoveToOuterDisposeScope();
    }

    /// <summary>The product of what a kernel coupled.</summary>
    /// <param name="coupled">[rows, columns]: [v, k, u] for each path that does not pair copies.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="y">[rows, columns of y].</param>
    /// <param name="weights">[rows, weights], or [weights] for every row; null for none.</param>
    /// <returns>[rows, columns of z].</returns>
    public Tensor Contract(Tensor coupled, Tensor x, Tensor y, Tensor? weights)
    {
        using var scope = NewDisposeScope();
        var terms = NoTerms();
        long start = 0;
        for (int p = 0; p < _contractions.Length; p++)
        {
            if (!_paired.ContainsKey(p))
            {
                var path = _program.Products[p];
                long u = _program.X[path.X].Copies, v = _program.Y[path.Y].Copies, k = (2 * path.Coupling.L3) + 1;
                terms[path.Z].Add(_contractions[p].Apply(coupled.narrow(1, start, v * k * u).view(coupled.size(0), v, k, u), weights));
                start += v * k * u;
            }
        }

        if (_paired.Count > 0)
        {
            AddPaired(terms, Cut(x, _program.X), Cut(y, _program.Y), weights);
        }

        return Assemble(terms, x).MoveToOuterDisposeScope();
    }

    private List<Tensor>[] NoTerms() => [.. _program.Z.Select(_ => new List<Tensor>())];

    private void AddPaired(List<Tensor>[] terms, Tensor[] xs, Tensor[] ys, Tensor? weights)
    {
        foreach (var (p, coupling) in _paired)
        {
            var path = _program.Products[p];
            var (copies, l) = _program.Y[path.Y];
            var z = coupling.Couple(First(xs, path.X), Layouts.ToIrMul(ys[path.Y], copies, (2 * l) + 1));
            terms[path.Z].Add(_contractions[p].Apply(z, weights));
        }
    }

    /// <summary>A segment of the first input, [rows, i, u].</summary>
    private Tensor First(Tensor[] xs, int segment)
    {
        var (copies, l) = _program.X[segment];
        int dimension = (2 * l) + 1;
        return _program.InputLayout == Layout.IrMul
            ? xs[segment].reshape(xs[segment].size(0), dimension, copies)
            : Layouts.ToIrMul(xs[segment], copies, dimension).contiguous();
    }

    /// <summary>The result: the sum of the terms of each segment, [rows, k, copies], side by side in its layout.</summary>
    private Tensor Assemble(List<Tensor>[] terms, Tensor like)
    {
        var blocks = _program.Z.Select((segment, s) => terms[s].Count == 0
            ? zeros(like.size(0), (2 * segment.L) + 1, segment.Copies, like.dtype, like.device)
            : Layouts.Sum([.. terms[s]])).ToList();
        if (_program.OutputLayout == Layout.MulIr)
        {
            return Layouts.Join([.. blocks.Select(Layouts.ToMulIr)]);
        }

        var entries = new List<Tensor>();
        int first = 0;
        foreach (int run in _program.OutputRuns.Count > 0 ? _program.OutputRuns : blocks.Select(_ => 1))
        {
            entries.Add((run == 1 ? blocks[first] : Layouts.JoinCopies([.. blocks.GetRange(first, run)])).flatten(1));
            first += run;
        }

        return Layouts.Join([.. entries]);
    }

    private static Tensor[] Cut(Tensor x, IReadOnlyList<(int Copies, int L)> segments) =>
        segments.Count == 1 ? [x] : x.split([.. segments.Select(s => (long)BilinearProgram.Width(s))], 1);

    private static IEnumerable<PathBlock> Blocks(BilinearProgram program, IEnumerable<int> paths)
    {
        foreach (var byX in paths.GroupBy(p => program.Products[p].X).OrderBy(g => g.Key))
        {
            if (byX.All(p => program.Y[program.Products[p].Y].Copies == 1))
            {
                yield return new PathBlock(program, byX.Key, null, [.. byX]);
                continue;
            }

            foreach (var byY in byX.GroupBy(p => program.Products[p].Y).OrderBy(g => g.Key))
            {
                yield return new PathBlock(program, byX.Key, byY.Key, [.. byY]);
            }
        }
    }
}

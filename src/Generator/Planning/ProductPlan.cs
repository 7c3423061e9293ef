using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>The segments that a tensor product reads and writes, and its paths between them.</summary>
/// <param name="Input1">Irreps of the first input, one segment an entry.</param>
/// <param name="Input2">Irreps of the second input; null where the first is multiplied with itself.</param>
/// <param name="Output">Irreps of the result, one segment an entry.</param>
/// <param name="Paths">The paths, in order of their weights.</param>
/// <param name="IsDerived">Whether the segments were made for the paths, instead of being written by the user.</param>
public sealed record ProductPlan(Irreps Input1, Irreps? Input2, Irreps Output, EquatableArray<BilinearPath> Paths, bool IsDerived = false)
{
    /// <summary>Every irrep of the product of every pair of copies, sorted: e3nn's FullTensorProduct.</summary>
    /// <param name="x">Irreps of the first input.</param>
    /// <param name="y">Irreps of the second input.</param>
    /// <param name="keep">Whether an output irrep is wanted.</param>
    public static ProductPlan Full(Irreps x, Irreps y, Func<Irrep, bool> keep) => Sorted(
        x,
        y,
        from a in Entries(x)
        from b in Entries(y)
        from irrep in x[a].Irrep * y[b].Irrep
        where keep(irrep)
        select (new BilinearPath(a, b, 0, ConnectionMode.UVUV, HasWeight: false), new MulIrrep(x[a].Multiplicity * y[b].Multiplicity, irrep)));

    /// <summary>The first copy with the first, the second with the second: e3nn's ElementwiseTensorProduct.</summary>
    /// <param name="x">Irreps of the first input.</param>
    /// <param name="y">Irreps of the second input, of as many copies in total.</param>
    /// <param name="keep">Whether an output irrep is wanted.</param>
    public static ProductPlan Elementwise(Irreps x, Irreps y, Func<Irrep, bool> keep)
    {
        // Both cut where either changes its irrep.
        var (first, second) = (new List<MulIrrep>(), new List<MulIrrep>());
        int a = 0, b = 0, usedA = 0, usedB = 0;
        while (a < x.Count && b < y.Count)
        {
            int count = Math.Min(x[a].Multiplicity - usedA, y[b].Multiplicity - usedB);
            if (count > 0)
            {
                first.Add(new MulIrrep(count, x[a].Irrep));
                second.Add(new MulIrrep(count, y[b].Irrep));
            }

            (usedA, usedB) = (usedA + count, usedB + count);
            (a, usedA) = usedA == x[a].Multiplicity ? (a + 1, 0) : (a, usedA);
            (b, usedB) = usedB == y[b].Multiplicity ? (b + 1, 0) : (b, usedB);
        }

        var outputs = new List<MulIrrep>();
        var paths = new List<BilinearPath>();
        for (int i = 0; i < first.Count; i++)
        {
            foreach (var irrep in (first[i].Irrep * second[i].Irrep).Where(keep))
            {
                paths.Add(new BilinearPath(i, i, outputs.Count, ConnectionMode.UUU, HasWeight: false));
                outputs.Add(new MulIrrep(first[i].Multiplicity, irrep));
            }
        }

        return new ProductPlan(new Irreps(first), new Irreps(second), new Irreps(outputs), paths.ToEquatable(), IsDerived: true);
    }

    /// <summary>
    /// Every irrep of the square, sorted: pairs of segments, pairs u &lt; v of copies of one segment, and, where it is not zero, each copy with itself
    /// (e3nn's TensorSquare).
    /// </summary>
    /// <param name="x">Irreps of the input.</param>
    /// <param name="keep">Whether an output irrep is wanted.</param>
    public static ProductPlan Square(Irreps x, Func<Irrep, bool> keep)
    {
        IEnumerable<(BilinearPath, MulIrrep)> Pieces(int a, int b, Irrep irrep)
        {
            int copies = x[a].Multiplicity;
            if (a != b)
            {
                yield return (new BilinearPath(a, b, 0, ConnectionMode.UVUV, HasWeight: false), new MulIrrep(copies * x[b].Multiplicity, irrep));
                yield break;
            }

            if (copies > 1)
            {
                yield return (new BilinearPath(a, a, 0, ConnectionMode.UVULessV, HasWeight: false), new MulIrrep(Connection.PairCount(copies), irrep));
            }

            if (irrep.L % 2 == 0)
            {
                yield return (new BilinearPath(a, a, 0, ConnectionMode.UUU, HasWeight: false), new MulIrrep(copies, irrep));
            }
        }

        return Sorted(x, null, from pair in Pairs(x) from irrep in x[pair.A].Irrep * x[pair.B].Irrep where keep(irrep) from piece in Pieces(pair.A, pair.B, irrep) select piece);
    }

    /// <summary>The square, mixed into an output by weights (e3nn's TensorSquare with irreps_out).</summary>
    /// <param name="x">Irreps of the input.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="hasWeights">Whether the paths have weights.</param>
    public static ProductPlan Square(Irreps x, Irreps output, bool hasWeights)
    {
        IEnumerable<BilinearPath> Paths(int a, int b, int c)
        {
            if (a != b)
            {
                yield return new BilinearPath(a, b, c, ConnectionMode.UVW, hasWeights);
                yield break;
            }

            if (x[a].Multiplicity > 1)
            {
                yield return new BilinearPath(a, a, c, ConnectionMode.ULessVW, hasWeights);
            }

            if (output[c].Irrep.L % 2 == 0)
            {
                yield return new BilinearPath(a, a, c, ConnectionMode.UUW, hasWeights);
            }
        }

        var paths =
            from pair in Pairs(x)
            from c in Entries(output)
            where (x[pair.A].Irrep * x[pair.B].Irrep).Contains(output[c].Irrep)
            from path in Paths(pair.A, pair.B, c)
            select path;
        return new ProductPlan(x, null, output, paths.ToEquatable());
    }

    private static IEnumerable<int> Entries(Irreps irreps) => Enumerable.Range(0, irreps.Count).Where(i => irreps[i].Multiplicity > 0);

    private static IEnumerable<(int A, int B)> Pairs(Irreps x) => from a in Entries(x) from b in Entries(x) where a <= b select (a, b);

    /// <summary>A segment for each path, sorted by irrep.</summary>
    private static ProductPlan Sorted(Irreps x, Irreps? y, IEnumerable<(BilinearPath Path, MulIrrep Output)> pieces)
    {
        var list = pieces.ToList();
        var (sorted, permutation, _) = new Irreps(list.Select(p => p.Output)).Sort();
        return new ProductPlan(x, y, sorted, list.Select((p, i) => p.Path with { Output = permutation[i] }).ToEquatable(), IsDerived: true);
    }
}

namespace E3Gen.Polynomials;

/// <summary>Simplifications by the symmetry of equal factors.</summary>
public static class Symmetry
{
    /// <summary>
    /// The same polynomial with coefficients symmetrised in equal factors: <c>C[i,j] → (C[i,j] + C[j,i])/2</c>, and likewise for more.
    /// </summary>
    /// <param name="polynomial">The polynomial.</param>
    public static SegmentedPolynomial Symmetrize(this SegmentedPolynomial polynomial) => polynomial.Collect(symmetric: true);

    /// <summary>
    /// The same polynomial with like terms collected: factors in order, paths with the same slots merged, and components of equal factors only in
    /// ascending order. Terms that cancel are omitted.
    /// </summary>
    /// <param name="polynomial">The polynomial.</param>
    public static SegmentedPolynomial Collect(this SegmentedPolynomial polynomial) => polynomial.Collect(symmetric: false);

    private static SegmentedPolynomial Collect(this SegmentedPolynomial polynomial, bool symmetric)
    {
        var sums = new Dictionary<(EquatableArray<Slot>, Slot, Pairs), Dictionary<EquatableArray<int>, SurdSum>>();
        foreach (var path in polynomial.Paths.Select(p => Sorted(polynomial, p)))
        {
            var key = (path.Factors, path.Result, path.Pairs);
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = []);
            }

            var orders = symmetric ? Orders(Groups(polynomial, path), path.Coefficients.Shape.Count) : [];
            foreach (var entry in path.Coefficients.Entries)
            {
                if (!symmetric)
                {
                    Add(sum, Ascending(entry.Indices, Groups(polynomial, path)), path.Scale * entry.Value);
                    continue;
                }

                foreach (int[] order in orders)
                {
                    Add(sum, order.Select(axis => entry.Indices[axis]).ToEquatable(), Surd.Rational(1, orders.Count) * path.Scale * entry.Value);
                }
            }
        }

        return new SegmentedPolynomial(polynomial.Inputs, polynomial.Outputs, sums.Where(s => s.Value.Count > 0).Select(s =>
        {
            var (factors, result, pairs) = s.Key;
            var shape = factors.Select(polynomial.InputSegment).Append(polynomial.OutputSegment(result)).Where(x => x.Irrep is not null).Select(x => x.Components);
            return new Path(factors, result, new Coefficients(shape.ToEquatable(), s.Value.Select(e => new Coefficient(e.Key, e.Value))), Surd.One, pairs);
        }));
    }

    private static void Add(Dictionary<EquatableArray<int>, SurdSum> sum, EquatableArray<int> indices, SurdSum value)
    {
        var total = sum.TryGetValue(indices, out var known) ? known + value : value;
        if (total.IsZero)
        {
            sum.Remove(indices);
        }
        else
        {
            sum[indices] = total;
        }
    }

    /// <summary>The path with its factors in the order of their slots.</summary>
    private static Path Sorted(SegmentedPolynomial polynomial, Path path)
    {
        var order = Enumerable.Range(0, path.Factors.Count)
            .OrderBy(f => path.Factors[f].Operand).ThenBy(f => path.Factors[f].Segment).ThenBy(f => path.Factors[f].Indices, StringComparer.Ordinal).ToList();
        var axisOf = new Dictionary<int, int>();
        foreach (int f in Enumerable.Range(0, path.Factors.Count).Where(f => polynomial.InputSegment(path.Factors[f]).Irrep is not null))
        {
            axisOf.Add(f, axisOf.Count);
        }

        var axes = order.Where(axisOf.ContainsKey).Select(f => axisOf[f]).ToList();
        axes.AddRange(Enumerable.Range(axes.Count, path.Coefficients.Shape.Count - axes.Count));
        return path with { Factors = order.Select(f => path.Factors[f]).ToEquatable(), Coefficients = path.Coefficients.Permute(axes) };
    }

    /// <summary>The axes of equal factors, as ranges: first and count.</summary>
    private static List<(int First, int Count)> Groups(SegmentedPolynomial polynomial, Path sorted)
    {
        var groups = new List<(int First, int Count)>();
        Slot? last = null;
        int axis = 0;
        foreach (var factor in sorted.Factors.Where(f => polynomial.InputSegment(f).Irrep is not null))
        {
            if (last == factor)
            {
                groups[groups.Count - 1] = (groups[groups.Count - 1].First, groups[groups.Count - 1].Count + 1);
            }
            else
            {
                groups.Add((axis, 1));
            }

            (last, axis) = (factor, axis + 1);
        }

        return groups;
    }

    private static EquatableArray<int> Ascending(EquatableArray<int> indices, List<(int First, int Count)> groups)
    {
        int[] sorted = [.. indices];
        groups.ForEach(g => Array.Sort(sorted, g.First, g.Count));
        return sorted.ToEquatable();
    }

    /// <summary>Every permutation of the axes that exchanges only equal factors.</summary>
    private static List<int[]> Orders(List<(int First, int Count)> groups, int axes)
    {
        IEnumerable<IEnumerable<int>> orders = [[]];
        foreach (var (first, count) in groups)
        {
            var permutations = Permutations([.. Enumerable.Range(first, count)]).ToList();
            orders = orders.SelectMany(o => permutations.Select(p => o.Concat(p)));
        }

        int covered = groups.Sum(g => g.Count);
        return [.. orders.Select(o => o.Concat(Enumerable.Range(covered, axes - covered)).ToArray())];
    }

    private static IEnumerable<IEnumerable<int>> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(i => i != item)]).Select(rest => rest.Prepend(item)));
}

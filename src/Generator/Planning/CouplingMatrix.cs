using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>
/// A coupling l1 × l2 → l3 contracted with its second factor: <c>M[k,i] = Σ_j C[i,j,k] y[j]</c>. Entries that vanish identically are omitted, and equal ones stored once.
/// </summary>
/// <param name="L1">Degree of the first factor.</param>
/// <param name="L2">Degree of the second factor.</param>
/// <param name="L3">Degree of the result.</param>
/// <param name="Places">Positions of the non-zero entries of M, row by row, and which of the different entries each one is.</param>
/// <param name="Entries">The different entries, each a sum of coefficients times y[j].</param>
internal sealed record CouplingMatrix(
    int L1, int L2, int L3, IReadOnlyList<(int K, int I, int Entry)> Places, IReadOnlyList<IReadOnlyList<(int J, Surd Value)>> Entries)
{
    public static CouplingMatrix Of(int l1, int l2, int l3)
    {
        var places = new List<(int, int, int)>();
        var entries = new List<IReadOnlyList<(int J, Surd Value)>>();
        foreach (var place in Wigner3j.Nonzero(l1, l2, l3).GroupBy(t => (t.K, t.I)).OrderBy(p => p.Key))
        {
            var sum = place.Select(t => (t.J, t.Value)).OrderBy(t => t.J).ToList();
            int entry = entries.FindIndex(e => e.SequenceEqual(sum));
            if (entry < 0)
            {
                entry = entries.Count;
                entries.Add(sum);
            }

            places.Add((place.Key.K, place.Key.I, entry));
        }

        return new CouplingMatrix(l1, l2, l3, places, entries);
    }

    /// <summary>Number of components of the first factor.</summary>
    public int Inputs => (2 * L1) + 1;

    /// <summary>Number of components of the second factor.</summary>
    public int Columns => (2 * L2) + 1;

    /// <summary>Number of components of the result.</summary>
    public int Outputs => (2 * L3) + 1;
}

/// <summary>A coupling l1 × l2 → l3 that the generated code of a project uses.</summary>
public readonly record struct CouplingKey(int L1, int L2, int L3) : IComparable<CouplingKey>
{
    /// <summary>The coupling of a path; null where its coefficients are not of this kind.</summary>
    public static CouplingKey? Of(Path path) =>
        path.Coefficients.Degrees.Count == 3 ? new CouplingKey(path.Coefficients.Degrees[0], path.Coefficients.Degrees[1], path.Coefficients.Degrees[2]) : null;

    public int CompareTo(CouplingKey other) => (L1, L2, L3).CompareTo((other.L1, other.L2, other.L3));
}

/// <summary>A coupling that operations use.</summary>
/// <param name="Key">Which one.</param>
/// <param name="HasLoops">Whether kernels loop over it; others only read its coefficients.</param>
public readonly record struct CouplingUse(CouplingKey Key, bool HasLoops)
{
    /// <summary>The couplings of a polynomial. Kernels have no loops for copies that are paired.</summary>
    public static IEnumerable<CouplingUse> Of(SegmentedPolynomial polynomial) =>
        from path in polynomial.Paths
        let key = CouplingKey.Of(path)
        where key is not null
        select new CouplingUse(key.Value, HasLoops: path.Factors[0].Indices != path.Factors[1].Indices);

    /// <summary>Each coupling once, in order, with loops if anybody wants them.</summary>
    public static IEnumerable<CouplingUse> Merge(IEnumerable<CouplingUse> uses) =>
        uses.GroupBy(u => u.Key).OrderBy(g => g.Key).Select(g => new CouplingUse(g.Key, g.Any(u => u.HasLoops)));
}

namespace E3Gen;

// The algebra: sums, products, sorting, filtering. Names and orders are e3nn's.
public sealed partial class Irreps
{
    /// <summary>
    /// The irreps of the spherical harmonics up to a degree: with parity −1 <c>0e+1o+2e+…</c>, with +1 <c>0e+1e+2e+…</c>.
    /// </summary>
    /// <param name="lmax">Last degree, −1 for none.</param>
    /// <param name="parity">Parity of the argument: −1 a vector, +1 a pseudovector; degree l gets parity^l.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lmax"/> below −1 or parity other than ±1.</exception>
    public static Irreps SphericalHarmonics(int lmax, int parity = -1)
    {
        if (lmax < -1)
            throw new ArgumentOutOfRangeException(nameof(lmax), lmax, $"lmax must be -1 or more, not {lmax}.");
        if (parity is not (1 or -1))
            throw new ArgumentOutOfRangeException(nameof(parity), parity, $"The parity must be +1 or -1, not {parity}.");
        return new(Enumerable.Range(0, lmax + 1).Select(l => new MulIrrep(1, new Irrep(l, l % 2 == 0 ? 1 : parity))));
    }

    /// <summary>The direct sum: the entries of one after those of the other.</summary>
    /// <param name="left">First entries.</param>
    /// <param name="right">Last entries.</param>
    public static Irreps operator +(Irreps left, Irreps right) => new(left._entries.Concat(right._entries));

    /// <summary>The list of entries repeated: <c>(1x0e+1x1o) * 2</c> is <c>1x0e+1x1o+1x0e+1x1o</c>.</summary>
    /// <param name="irreps">What to repeat.</param>
    /// <param name="repetitions">How often, 0 or more.</param>
    public static Irreps operator *(Irreps irreps, int repetitions)
        => repetitions < 0
            ? throw new ArgumentOutOfRangeException(nameof(repetitions), repetitions,
                $"Irreps can be repeated 0 or more times, not {repetitions}.")
            : new(Enumerable.Repeat(irreps._entries, repetitions).SelectMany(entries => entries));

    /// <inheritdoc cref="op_Multiply(Irreps, int)"/>
    public static Irreps operator *(int repetitions, Irreps irreps) => irreps * repetitions;

    /// <summary>
    /// Everything the tensor product with another can give: for each pair of entries and each irrep in their product, mul1·mul2 copies;
    /// sorted (not simplified) as e3nn's FullTensorProduct.
    /// </summary>
    /// <param name="other">The second factor.</param>
    /// <exception cref="OverflowException">The dimension of the product is beyond <see cref="int"/>.</exception>
    public Irreps Product(Irreps other)
    {
        if (other is null)
            throw new ArgumentNullException(nameof(other));
        IEnumerable<MulIrrep> products =
            from first in _entries
            from second in other._entries
            from irrep in first.Irrep * second.Irrep
            select new MulIrrep(Copies(first, second), irrep);
        return new Irreps(products).Sort().Irreps;

        static int Copies(MulIrrep first, MulIrrep second)
        {
            long copies = (long)first.Multiplicity * second.Multiplicity;
            return copies <= int.MaxValue
                ? (int)copies
                : throw new OverflowException($"{first} x {second} gives {copies} copies; at most {int.MaxValue} are possible.");
        }
    }

    /// <summary>Drops empty entries and joins neighbours of the same irrep; does not reorder.</summary>
    public Irreps Simplify()
    {
        var joined = new List<MulIrrep>();
        foreach (MulIrrep entry in _entries)
        {
            if (entry.Multiplicity == 0)
                continue;
            if (joined.Count > 0 && joined[joined.Count - 1].Irrep == entry.Irrep)
                joined[joined.Count - 1] = new MulIrrep(joined[joined.Count - 1].Multiplicity + entry.Multiplicity, entry.Irrep);
            else
                joined.Add(entry);
        }
        return new(joined);
    }

    /// <summary>Sorts the entries by irrep; equal ones keep their order.</summary>
    /// <returns>
    /// The sorted irreps, and for each old index its new one (<c>Permutation</c>), and for each new index its old one (<c>Inverse</c>):
    /// e3nn's <c>p</c> and <c>inv</c>.
    /// </returns>
    public (Irreps Irreps, int[] Permutation, int[] Inverse) Sort()
    {
        int[] inverse = Enumerable.Range(0, Count).OrderBy(i => _entries[i].Irrep).ToArray();
        var permutation = new int[Count];
        for (int i = 0; i < Count; i++)
            permutation[inverse[i]] = i;
        return (new Irreps(inverse.Select(i => _entries[i])), permutation, inverse);
    }

    /// <summary>Sorted, then simplified: each irrep at most once.</summary>
    public Irreps Regroup() => Sort().Irreps.Simplify();

    /// <summary>Drops entries of multiplicity 0.</summary>
    public Irreps RemoveZeroMultiplicities() => new(_entries.Where(e => e.Multiplicity > 0));

    /// <summary>The entries that pass every condition given.</summary>
    /// <param name="keep">Keep only irreps that occur here; multiplicities do not matter.</param>
    /// <param name="drop">Drop irreps that occur here; multiplicities do not matter.</param>
    /// <param name="lmax">Keep only degrees up to this.</param>
    public Irreps Filter(Irreps? keep = null, Irreps? drop = null, int? lmax = null)
        => new(_entries.Where(e => (keep is null || keep._entries.Any(k => k.Irrep == e.Irrep))
            && (drop is null || drop._entries.All(d => d.Irrep != e.Irrep))
            && (lmax is null || e.Irrep.L <= lmax)));

    /// <summary>The entries whose irrep satisfies a condition.</summary>
    /// <param name="condition">Says which irreps to keep.</param>
    public Irreps Filter(Func<Irrep, bool> condition) => new(_entries.Where(e => condition(e.Irrep)));
}

/// <summary>Queries on irreps that share a name with a property.</summary>
public static class IrrepsExtensions
{
    /// <summary>How many copies of an irrep there are.</summary>
    /// <param name="irreps">Where to count.</param>
    /// <param name="irrep">What to count.</param>
    public static int Count(this Irreps irreps, Irrep irrep) => irreps.Where(e => e.Irrep == irrep).Sum(e => e.Multiplicity);
}

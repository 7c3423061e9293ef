using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>A way to couple irreps one after the other, ((i1 i2) i3) …, and the tensor that does it.</summary>
/// <param name="Irrep">What it yields.</param>
/// <param name="Factors">Which irrep of the input each factor is.</param>
/// <param name="Entries">U[k,i1,…]: the component k of the result, those of the factors, and the value.</param>
/// <param name="Name">"((1o*1o->0e)*0e->0e)".</param>
internal sealed record CouplingTree(Irrep Irrep, IReadOnlyList<int> Factors, IReadOnlyDictionary<EquatableArray<int>, SurdSum> Entries, string Name)
{
    private const int MostEntries = 1_000_000; // a second or two

    /// <summary>All trees of a number of factors that yield an irrep, in MACE's order.</summary>
    /// <param name="input">The irreps to couple.</param>
    /// <param name="wanted">What is to come out.</param>
    /// <param name="degree">Number of factors.</param>
    /// <param name="filtered">Whether only intermediates of parity (−1)^l are coupled further, as MACE does for four factors.</param>
    /// <exception cref="OverflowException">There are no couplings of such a degree, or the trees on the way have too many entries.</exception>
    public static IReadOnlyList<CouplingTree> To(Irreps input, Irrep wanted, int degree, bool filtered)
    {
        long entries = 0;
        int highest = input.Select(e => e.Irrep.L).DefaultIfEmpty(0).Max();
        bool Allowed(Irrep irrep, int factorsLeft) =>
            irrep.L <= wanted.L + (factorsLeft * highest) && (!filtered || irrep.Parity == (irrep.L % 2 == 0 ? 1 : -1));
        var level = Sorted(Enumerable.Range(0, input.Count).Select(i => Leaf(input, i)).Where(t => Allowed(t.Irrep, degree - 1)));
        for (int factors = 2; factors <= degree; factors++)
        {
            level = Sorted(
                from tree in level
                from i in Enumerable.Range(0, input.Count)
                from irrep in tree.Irrep * input[i].Irrep
                where Allowed(irrep, degree - factors)
                select Counted(tree.Couple(input, i, irrep)));
        }

        return [.. level.Where(t => t.Irrep == wanted)];

        CouplingTree Counted(CouplingTree tree)
        {
            entries += tree.Entries.Count;
            return entries <= MostEntries ? tree : throw new OverflowException($"The couplings on the way have more than {MostEntries} entries.");
        }
    }

    /// <summary>The tensor with its axes as a path has them: factors, then the result.</summary>
    /// <param name="input">The irreps of the factors.</param>
    /// <param name="result">The irrep of the result.</param>
    public Coefficients Coefficients(Irreps input, Irrep result) => new(
        Factors.Select(f => input[f].Irrep.Dim).Append(result.Dim).ToEquatable(),
        Entries.Select(e => new Coefficient(e.Key.Skip(1).Append(e.Key[0]).ToEquatable(), e.Value)));

    private static CouplingTree Leaf(Irreps input, int factor) => new(
        input[factor].Irrep,
        [factor],
        Enumerable.Range(0, input[factor].Irrep.Dim).ToDictionary(i => new[] { i, i }.ToEquatable(), _ => (SurdSum)1),
        $"{input[factor].Irrep}");

    private static IReadOnlyList<CouplingTree> Sorted(IEnumerable<CouplingTree> trees) =>
        [.. trees.OrderBy(t => t.Irrep.L).ThenBy(t => t.Irrep.Parity)];

    /// <summary>One factor more: √(2l+1) Σ C[k,a,b] U[a,…] e_b.</summary>
    private CouplingTree Couple(Irreps input, int factor, Irrep irrep)
    {
        if (irrep.L > Wigner3j.MaxL)
        {
            throw new OverflowException($"It couples through l = {irrep.L}, but there are couplings for l from 0 to {Wigner3j.MaxL}.");
        }

        Surd length = Surd.Sqrt(irrep.Dim);
        var byComponent = Entries.ToLookup(e => e.Key[0]);
        var entries = new Dictionary<EquatableArray<int>, SurdSum>();
        foreach (var term in Wigner3j.Nonzero(irrep.L, Irrep.L, input[factor].Irrep.L))
        {
            foreach (var entry in byComponent[term.J])
            {
                var key = entry.Key.Skip(1).Prepend(term.I).Append(term.K).ToEquatable();
                var value = entry.Value * (term.Value * length);
                entries[key] = entries.TryGetValue(key, out var sum) ? sum + value : value;
            }
        }

        return new CouplingTree(
            irrep,
            [.. Factors, factor],
            entries.Where(e => !e.Value.IsZero).ToDictionary(e => e.Key, e => e.Value),
            $"({Name}*{input[factor].Irrep}->{irrep})");
    }
}

namespace E3Gen;

/// <summary>
/// How a tensor behaves when its indices are permuted, written as in e3nn: <c>ij=ji</c> is symmetric, <c>ij=-ji</c> antisymmetric, <c>ijk=jik=ikj</c> symmetric in all three,
/// <c>ijkl=jikl=ijlk=klij</c> has the symmetries of elasticity, <c>ij</c> has none.
/// </summary>
public sealed class IndexSymmetry
{
    private IndexSymmetry(string formula, IReadOnlyList<(int Sign, int[] Axes)> permutations) => (Formula, Permutations) = (formula, permutations);

    /// <summary>The formula as it was written.</summary>
    public string Formula { get; }

    /// <summary>The letters of the indices, in order.</summary>
    public string Indices => Formula.Split('=')[0].Trim();

    /// <summary>
    /// The group that the formula generates, the identity first: T[i_0, i_1, …] = Sign · T[i_Axes[0], i_Axes[1], …].
    /// </summary>
    public IReadOnlyList<(int Sign, int[] Axes)> Permutations { get; }

    /// <summary>Reads a formula.</summary>
    /// <param name="formula">Terms of the same letters between equal signs, each after the first with or without a minus.</param>
    /// <exception cref="FormatException">It is none, or only the zero tensor obeys it.</exception>
    public static IndexSymmetry Parse(string formula)
    {
        if (formula is null)
            throw new ArgumentNullException(nameof(formula));
        string[] terms = [.. formula.Split('=').Select(t => t.Trim())];
        string indices = terms[0];
        if (indices.Length == 0 || !indices.All(char.IsLetter) || indices.Distinct().Count() != indices.Length)
            throw new FormatException($"\"{formula}\": the first term must be different letters, one for each index, such as ij; it is \"{indices}\".");
        var generators = new List<(int Sign, int[] Axes)>();
        foreach (string term in terms.Skip(1))
        {
            string letters = term.TrimStart('-', '+').Trim();
            if (!letters.OrderBy(c => c).SequenceEqual(indices.OrderBy(c => c)) || term.Length - letters.Length > 1 + term.Count(char.IsWhiteSpace))
                throw new FormatException($"\"{formula}\": \"{term}\" must be the letters of \"{indices}\" in another order, perhaps after a minus.");
            generators.Add((term[0] == '-' ? -1 : 1, [.. letters.Select(c => indices.IndexOf(c))]));
        }

        return new(formula, Group(formula, indices.Length, generators));
    }

    /// <inheritdoc/>
    public override string ToString() => Formula;

    /// <summary>All products of the generators.</summary>
    private static List<(int Sign, int[] Axes)> Group(string formula, int rank, List<(int Sign, int[] Axes)> generators)
    {
        var group = new List<(int Sign, int[] Axes)> { (1, [.. Enumerable.Range(0, rank)]) };
        var signs = new Dictionary<string, int> { [Key(group[0].Axes)] = 1 };
        for (int i = 0; i < group.Count; i++)
        {
            foreach (var (sign, axes) in generators)
            {
                int[] product = [.. axes.Select(a => group[i].Axes[a])];
                int productSign = sign * group[i].Sign;
                if (!signs.TryGetValue(Key(product), out int known))
                {
                    signs.Add(Key(product), productSign);
                    group.Add((productSign, product));
                }
                else if (known != productSign)
                {
                    throw new FormatException($"\"{formula}\" says that a tensor is its own negative: only zero obeys it.");
                }
            }
        }

        return group;
    }

    private static string Key(int[] axes) => string.Join(",", axes);
}

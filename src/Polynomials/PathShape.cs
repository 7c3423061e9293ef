namespace E3Gen.Polynomials;

/// <summary>The ranges of a path's indices, and the copies that they select.</summary>
internal sealed class PathShape
{
    private readonly Dictionary<char, int> _extents = [];
    private readonly bool _ascending;

    private PathShape(SegmentedPolynomial polynomial, Path path)
    {
        _ascending = path.Pairs == Pairs.Ascending;
        foreach (var (segment, indices) in Slots(polynomial, path))
        {
            // An axis for each letter tells how far it runs; where uv share one axis, other slots tell.
            if (segment.Multiplicities.Count == indices.Length)
            {
                foreach (var (letter, extent) in indices.Zip(segment.Multiplicities, (letter, extent) => (letter, extent)))
                {
                    if (_extents.TryGetValue(letter, out int known) && known != extent)
                    {
                        throw new ArgumentException($"Index {letter} of a path runs to {known} and to {extent}.");
                    }

                    _extents[letter] = extent;
                }
            }
            else if (_ascending && indices.Length == segment.Multiplicities.Count + 1 && indices.EndsWith("w", StringComparison.Ordinal))
            {
                _extents['w'] = segment.Multiplicities[segment.Multiplicities.Count - 1];
            }
        }
    }

    /// <summary>The running indices (letters) and their ranges.</summary>
    public IReadOnlyDictionary<char, int> Extents => _extents;

    public static PathShape Of(SegmentedPolynomial polynomial, Path path) => new(polynomial, path);

    /// <exception cref="ArgumentException">The path does not fit the operands.</exception>
    public static void Check(SegmentedPolynomial polynomial, Path path)
    {
        var shape = Of(polynomial, path);
        var components = new List<int>();
        foreach (var (segment, indices) in Slots(polynomial, path))
        {
            if (indices.FirstOrDefault(letter => !shape._extents.ContainsKey(letter)) is not '\0' and var unknown)
            {
                throw new ArgumentException($"Nothing says how far index {unknown} of a path runs.");
            }

            if (shape.Count(indices) != segment.Multiplicity)
            {
                throw new ArgumentException($"Indices {indices} count {shape.Count(indices)} copies, but their segment has {segment.Multiplicity}.");
            }

            if (segment.Irrep is not null)
            {
                components.Add(segment.Components);
            }
        }

        if (!components.SequenceEqual(path.Coefficients.Shape))
        {
            throw new ArgumentException(
                $"Coefficients of shape [{string.Join(", ", path.Coefficients.Shape)}] do not fit segments of [{string.Join(", ", components)}] components.");
        }
    }

    /// <summary>The copy of a segment that indices select.</summary>
    public int Copy(string indices, IReadOnlyDictionary<char, int> values)
    {
        int copy = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (IsPair(indices, i))
            {
                int u = values['u'], n = _extents['u'];
                copy = (copy * (n * (n - 1) / 2)) + (u * n) - (u * (u + 1) / 2) + values['v'] - u - 1;
                i++;
            }
            else
            {
                copy = (copy * _extents[indices[i]]) + values[indices[i]];
            }
        }

        return copy;
    }

    /// <summary>All values of the indices.</summary>
    public IEnumerable<IReadOnlyDictionary<char, int>> Choices()
    {
        IEnumerable<Dictionary<char, int>> choices = [[]];
        foreach (var extent in _extents)
        {
            choices = choices.SelectMany(c => Enumerable.Range(0, extent.Value).Select(i => new Dictionary<char, int>(c) { [extent.Key] = i }));
        }

        return _ascending ? choices.Where(c => c['u'] < c['v']) : choices;
    }

    private static IEnumerable<(Segment Segment, string Indices)> Slots(SegmentedPolynomial polynomial, Path path) =>
        path.Factors.Select(f => (polynomial.InputSegment(f), f.Indices)).Append((polynomial.OutputSegment(path.Result), path.Result.Indices));

    private int Count(string indices)
    {
        int count = 1;
        for (int i = 0; i < indices.Length; i++)
        {
            int n = _extents[indices[i]];
            bool isPair = IsPair(indices, i);
            count *= isPair ? n * (n - 1) / 2 : n;
            i += isPair ? 1 : 0;
        }

        return count;
    }

    private bool IsPair(string indices, int at) => _ascending && at + 1 < indices.Length && indices[at] == 'u' && indices[at + 1] == 'v';
}

using System.Collections;

namespace E3Gen;

/// <summary>
/// A direct sum of irreps with multiplicities, such as <c>16x0e+8x1o</c>: what the last axis of a tensor carries, entry after entry.
/// Immutable; equal when entry by entry equal (<c>1x0e+1x0e</c> is not <c>2x0e</c>; see <see cref="Simplify"/>).
/// </summary>
public sealed partial class Irreps : IReadOnlyList<MulIrrep>, IEquatable<Irreps>
{
    private readonly MulIrrep[] _entries;
    private readonly IrrepsSlice[] _slices;

    /// <summary>The sum of the given entries, in their order.</summary>
    /// <param name="entries">Multiplicities and irreps; none gives <see cref="Empty"/>.</param>
    /// <exception cref="OverflowException">The dimension is beyond <see cref="int"/>.</exception>
    public Irreps(IEnumerable<MulIrrep> entries)
    {
        _entries = (entries ?? throw new ArgumentNullException(nameof(entries))).ToArray();
        _slices = new IrrepsSlice[_entries.Length];
        long offset = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            _slices[i] = new IrrepsSlice((int)offset, _entries[i].Dim);
            offset += _entries[i].Dim;
            if (offset > int.MaxValue)
                throw new OverflowException(
                    $"Up to {_entries[i]} the irreps have {offset} components; at most {int.MaxValue} are possible.");
        }
        Dim = (int)offset;
    }

    /// <summary>No irreps: dimension 0, written as the empty string.</summary>
    public static Irreps Empty { get; } = new([]);

    /// <summary>Reads irreps written as in e3nn: <c>"16x0e + 8x1o"</c>, <c>"1o"</c>, <c>""</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text breaks the grammar; the message says where and what is allowed.</exception>
    public static Irreps Parse(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        return TryParse(text, out Irreps irreps, out IrrepsSyntaxError? error)
            ? irreps
            : throw new FormatException($"Irreps \"{text}\", character {error!.Position}: {error.Message}");
    }

    /// <summary>Reads irreps; false and what is wrong where the text breaks the grammar.</summary>
    /// <param name="text">The text.</param>
    /// <param name="irreps">The irreps read, or <see cref="Empty"/>.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    public static bool TryParse(string text, out Irreps irreps, out IrrepsSyntaxError? error)
        => IrrepsParser.TryParseIrreps(text, out irreps, out error);

    /// <summary>Reads irreps: <see cref="Parse"/>.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Irreps(string text) => Parse(text);

    /// <summary>One copy of a single irrep.</summary>
    /// <param name="irrep">The irrep.</param>
    public static implicit operator Irreps(Irrep irrep) => new([new MulIrrep(1, irrep)]);

    /// <summary>Number of entries (not of copies: see <see cref="NumIrreps"/>).</summary>
    public int Count => _entries.Length;

    /// <summary>The entry at an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public MulIrrep this[int index] => _entries[index];

    /// <summary>
    /// The entries <paramref name="start"/> … <paramref name="start"/>+<paramref name="length"/>−1; makes ranges such as
    /// <c>irreps[1..]</c> work.
    /// </summary>
    /// <param name="start">First entry.</param>
    /// <param name="length">Number of entries.</param>
    public Irreps Slice(int start, int length) => new(new ArraySegment<MulIrrep>(_entries, start, length));

    /// <summary>Number of components of the whole sum.</summary>
    public int Dim { get; }

    /// <summary>Number of irreps, each copy counted.</summary>
    public int NumIrreps => _entries.Sum(e => e.Multiplicity);

    /// <summary>Degrees, one for each copy.</summary>
    public IReadOnlyList<int> Ls => _entries.SelectMany(e => Enumerable.Repeat(e.Irrep.L, e.Multiplicity)).ToArray();

    /// <summary>Largest degree of which there is a copy.</summary>
    /// <exception cref="InvalidOperationException">There is no copy of anything.</exception>
    public int Lmax => _entries.Where(e => e.Multiplicity > 0).Select(e => (int?)e.Irrep.L).Max()
        ?? throw new InvalidOperationException($"Irreps \"{this}\" have no largest degree: they hold nothing.");

    /// <summary>Where each entry's components lie on the axis.</summary>
    public IReadOnlyList<IrrepsSlice> Slices => _slices;

    /// <summary>True where there are only copies of <c>0e</c> (or nothing).</summary>
    public bool IsScalar => _entries.All(e => e.Multiplicity == 0 || e.Irrep.IsScalar);

    /// <summary>True where there is at least one copy of an irrep.</summary>
    /// <param name="irrep">The irrep.</param>
    public bool Contains(Irrep irrep) => _entries.Any(e => e.Irrep == irrep && e.Multiplicity > 0);

    /// <inheritdoc/>
    public bool Equals(Irreps? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Irreps);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Aggregate(17, (hash, e) => unchecked(hash * 31 + e.GetHashCode()));

    /// <summary>Entry-by-entry equality.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator ==(Irreps? left, Irreps? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Entry-by-entry inequality.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator !=(Irreps? left, Irreps? right) => !(left == right);

    /// <summary>e3nn's written form, such as <c>16x0e+8x1o</c>; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => string.Join("+", _entries);

    /// <inheritdoc/>
    public IEnumerator<MulIrrep> GetEnumerator() => ((IEnumerable<MulIrrep>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Globalization;

namespace E3Gen;

/// <summary>
/// An irreducible representation of O(3): degree <c>l</c> (dimension 2l+1) and parity p, the sign under inversion.
/// Written as in e3nn: <c>0e</c> a scalar, <c>0o</c> a pseudoscalar, <c>1o</c> a vector, <c>1e</c> a pseudovector, <c>2e</c> a traceless
/// symmetric matrix.
/// <c>default</c> is <c>0e</c>.
/// </summary>
public readonly record struct Irrep : IComparable<Irrep>
{
    /// <summary>The largest degree that the written form accepts. Products may exceed it.</summary>
    public const int MaxL = 99;

    private readonly bool _odd;

    /// <summary>The irrep of degree <paramref name="L"/> and parity <paramref name="Parity"/>.</summary>
    /// <param name="L">Degree, 0 or more.</param>
    /// <param name="Parity">+1 (even) or −1 (odd).</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative degree, a degree whose dimension is beyond <see cref="int"/>, or a parity
    /// other than ±1.</exception>
    public Irrep(int L, int Parity)
    {
        if (L is < 0 or > (int.MaxValue - 1) / 2)
            throw new ArgumentOutOfRangeException(nameof(L), L,
                $"The degree l of an irrep must be 0 or more (at most {MaxL} when written), not {L}.");
        if (Parity is not (1 or -1))
            throw new ArgumentOutOfRangeException(nameof(Parity), Parity,
                $"The parity of an irrep must be +1 (even) or -1 (odd), not {Parity}.");
        this.L = L;
        _odd = Parity < 0;
    }

    /// <summary>Degree l: the irrep has 2l+1 components.</summary>
    public int L { get; }

    /// <summary>+1 (even) or −1 (odd): the sign that inversion multiplies by.</summary>
    public int Parity => _odd ? -1 : 1;

    /// <summary>Number of components, 2l+1.</summary>
    public int Dim => 2 * L + 1;

    /// <summary>True for <c>0e</c>, the only irrep that no rotation or inversion changes.</summary>
    public bool IsScalar => L == 0 && !_odd;

    /// <summary>Splits into degree and parity.</summary>
    /// <param name="l">The degree.</param>
    /// <param name="parity">The parity.</param>
    public void Deconstruct(out int l, out int parity) => (l, parity) = (L, Parity);

    /// <summary>
    /// Reads a single irrep such as <c>"1o"</c>, <c>"2e"</c> or <c>"3y"</c> (y: the parity (−1)^l of the spherical harmonics).
    /// </summary>
    /// <param name="text">The irrep, without multiplicity.</param>
    /// <exception cref="FormatException">The text is not an irrep; the message says where and what is allowed.</exception>
    public static Irrep Parse(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        return TryParse(text, out Irrep irrep, out IrrepsSyntaxError? error)
            ? irrep
            : throw new FormatException($"\"{text}\" is not an irrep: {error!.Message}");
    }

    /// <summary>Reads a single irrep; false where the text is not one.</summary>
    /// <param name="text">The irrep, without multiplicity.</param>
    /// <param name="irrep">The irrep read, or <c>0e</c>.</param>
    public static bool TryParse(string? text, out Irrep irrep)
    {
        irrep = default;
        return text is not null && TryParse(text, out irrep, out _);
    }

    /// <summary>Reads a single irrep; false and what is wrong where the text is not one.</summary>
    /// <param name="text">The irrep, without multiplicity.</param>
    /// <param name="irrep">The irrep read, or <c>0e</c>.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    public static bool TryParse(string text, out Irrep irrep, out IrrepsSyntaxError? error)
        => IrrepsParser.TryParseIrrep(text, out irrep, out error);

    /// <summary>True where the product of two irreps contains this one: |l1−l2| ≤ l ≤ l1+l2 and parity = p1·p2.</summary>
    /// <param name="first">The first factor.</param>
    /// <param name="second">The second factor.</param>
    public bool IsIn(Irrep first, Irrep second)
        => Math.Abs(first.L - second.L) <= L && L <= first.L + second.L && Parity == first.Parity * second.Parity;

    /// <summary>The irreps in the product of two: l from |l1−l2| to l1+l2, each once, with parity p1·p2.</summary>
    /// <param name="first">The first factor.</param>
    /// <param name="second">The second factor.</param>
    public static IEnumerable<Irrep> operator *(Irrep first, Irrep second)
    {
        int parity = first.Parity * second.Parity;
        int lowest = Math.Abs(first.L - second.L);
        return Enumerable.Range(lowest, first.L + second.L - lowest + 1).Select(l => new Irrep(l, parity));
    }

    /// <summary><paramref name="multiplicity"/> copies of an irrep.</summary>
    /// <param name="multiplicity">Number of copies, 0 or more.</param>
    /// <param name="irrep">The irrep.</param>
    public static Irreps operator *(int multiplicity, Irrep irrep) => new([new MulIrrep(multiplicity, irrep)]);

    /// <summary>The direct sum of two irreps, in this order.</summary>
    /// <param name="first">The first summand.</param>
    /// <param name="second">The second summand.</param>
    public static Irreps operator +(Irrep first, Irrep second) => new([new MulIrrep(1, first), new MulIrrep(1, second)]);

    /// <summary>
    /// All irreps up to a degree, in e3nn's order 0e, 0o, 1o, 1e, 2e, 2o, …: of each degree first the one of the spherical harmonics.
    /// </summary>
    /// <param name="lmax">The last degree.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lmax"/> is negative.</exception>
    public static IEnumerable<Irrep> Iterator(int lmax)
    {
        if (lmax < 0)
            throw new ArgumentOutOfRangeException(nameof(lmax), lmax, $"lmax must be 0 or more, not {lmax}.");
        return Enumerable.Range(0, lmax + 1).SelectMany(l =>
        {
            int natural = l % 2 == 0 ? 1 : -1;
            return new[] { new Irrep(l, natural), new Irrep(l, -natural) };
        });
    }

    /// <summary>Orders by degree, then odd before even, as e3nn sorts.</summary>
    /// <param name="other">The irrep to compare with.</param>
    public int CompareTo(Irrep other) => L != other.L ? L.CompareTo(other.L) : Parity.CompareTo(other.Parity);

    /// <summary>As <see cref="CompareTo"/>.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator <(Irrep left, Irrep right) => left.CompareTo(right) < 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator >(Irrep left, Irrep right) => left.CompareTo(right) > 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator <=(Irrep left, Irrep right) => left.CompareTo(right) <= 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    /// <param name="left">Left operand.</param>
    /// <param name="right">Right operand.</param>
    public static bool operator >=(Irrep left, Irrep right) => left.CompareTo(right) >= 0;

    /// <summary>e3nn's written form, such as <c>1o</c>.</summary>
    public override string ToString() => L.ToString(CultureInfo.InvariantCulture) + (_odd ? "o" : "e");
}

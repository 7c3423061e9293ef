using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>The multiplicity indices of a connection mode: what e3nn's mode names abbreviate.</summary>
/// <param name="Input1">Index of the first input.</param>
/// <param name="Input2">Index of the second input.</param>
/// <param name="Output">Indices of the output, slowest first.</param>
/// <param name="Weight">Indices of the weight block, slowest first.</param>
/// <param name="Pairs">Over which pairs of copies the mode runs.</param>
public sealed record Connection(string Input1, string Input2, string Output, string Weight, Pairs Pairs = Pairs.All)
{
    /// <summary>All modes.</summary>
    public static IReadOnlyList<ConnectionMode> Modes { get; } = [.. Enum.GetValues(typeof(ConnectionMode)).Cast<ConnectionMode>()];

    /// <exception cref="ArgumentOutOfRangeException">No mode of the enumeration's.</exception>
    public static Connection Of(ConnectionMode mode) => mode switch
    {
        ConnectionMode.UVW => new("u", "v", "w", "uvw"),
        ConnectionMode.UVU => new("u", "v", "u", "uv"),
        ConnectionMode.UVV => new("u", "v", "v", "uv"),
        ConnectionMode.UUW => new("u", "u", "w", "uw"),
        ConnectionMode.UUU => new("u", "u", "u", "u"),
        ConnectionMode.UVUV => new("u", "v", "uv", "uv"),
        ConnectionMode.UVULessV => new("u", "v", "uv", "uv", Pairs.Ascending),
        ConnectionMode.ULessVW => new("u", "v", "w", "uvw", Pairs.Ascending),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, $"There is no connection mode {mode}."),
    };

    /// <summary>Whether both inputs must have as many copies: they are paired, or counted against each other.</summary>
    public bool PairsCopies => Input2 == "u" || Pairs == Pairs.Ascending;

    /// <summary>How many products one output element sums: the extents of the indices that the output does not have.</summary>
    public int SummedElements(int multiplicity1, int multiplicity2)
    {
        if (Pairs == Pairs.Ascending)
        {
            return Output == "w" ? PairCount(multiplicity1) : 1;
        }

        int count = Output.Contains('u') ? 1 : multiplicity1;
        return Output.Contains('v') || Input2 == "u" ? count : count * multiplicity2;
    }

    /// <summary>Multiplicity that the output must have; null where any will do.</summary>
    public int? RequiredOutput(int multiplicity1, int multiplicity2) => Output switch
    {
        "u" => multiplicity1,
        "v" => multiplicity2,
        "uv" => Pairs == Pairs.Ascending ? PairCount(multiplicity1) : multiplicity1 * multiplicity2,
        _ => null,
    };

    /// <summary>Extents of the axes of the weight block, slowest first; pairs u &lt; v are one axis.</summary>
    public EquatableArray<int> WeightShape(int u, int v, int w) => (Pairs == Pairs.Ascending
        ? Weight.Skip(2).Select(_ => w).Prepend(PairCount(u))
        : Weight.Select(i => i switch { 'u' => u, 'v' => v, _ => w })).ToEquatable();

    /// <summary>Number of pairs u &lt; v of n copies.</summary>
    public static int PairCount(int copies) => checked((int)((long)copies * (copies - 1) / 2));
}

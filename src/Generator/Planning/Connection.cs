namespace E3Gen.Generator.Planning;

/// <summary>The multiplicity indices of a connection mode: what e3nn's mode names abbreviate.</summary>
/// <param name="Input1">Index of the first input.</param>
/// <param name="Input2">Index of the second input.</param>
/// <param name="Output">Indices of the output, slowest first.</param>
/// <param name="Weight">Indices of the weight block, slowest first.</param>
public sealed record Connection(string Input1, string Input2, string Output, string Weight)
{
    /// <summary>The connection of a mode; null for the triangular ones, whose pairs u &lt; v are no plain product of indices.</summary>
    public static Connection? Of(ConnectionMode mode) => mode switch
    {
        ConnectionMode.UVW => new("u", "v", "w", "uvw"),
        ConnectionMode.UVU => new("u", "v", "u", "uv"),
        ConnectionMode.UVV => new("u", "v", "v", "uv"),
        ConnectionMode.UUW => new("u", "u", "w", "uw"),
        ConnectionMode.UUU => new("u", "u", "u", "u"),
        ConnectionMode.UVUV => new("u", "v", "uv", "uv"),
        _ => null,
    };

    /// <summary>How many products one output element sums: the extents of the indices that the output does not have.</summary>
    public int SummedElements(int multiplicity1, int multiplicity2)
    {
        int count = Output.Contains('u') ? 1 : multiplicity1;
        return Output.Contains('v') || Input2 == "u" ? count : count * multiplicity2;
    }

    /// <summary>Multiplicity that the output must have; null where any will do.</summary>
    public int? RequiredOutput(int multiplicity1, int multiplicity2) => Output switch
    {
        "u" => multiplicity1,
        "v" => multiplicity2,
        "uv" => multiplicity1 * multiplicity2,
        _ => null,
    };

    /// <summary>Extents of the indices in <paramref name="indices"/>.</summary>
    public static IEnumerable<int> Extents(string indices, int u, int v, int w) => indices.Select(i => i switch { 'u' => u, 'v' => v, _ => w });
}

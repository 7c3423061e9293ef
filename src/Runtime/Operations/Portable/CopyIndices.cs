namespace E3Gen.Operations;

/// <summary>The indices of a connection mode in Einstein's notation: components k, copies u of x, v of y and w of z, and p for pairs u &lt; v.</summary>
/// <param name="Coupled">Axes of what was coupled, after the rows.</param>
/// <param name="Weight">Axes of a block of weights.</param>
/// <param name="Result">Axes of the result, after the rows.</param>
internal readonly record struct CopyIndices(string Coupled, string Weight, string Result)
{
    public static CopyIndices Of(ConnectionMode mode) => mode switch
    {
        ConnectionMode.UVW => new("vku", "uvw", "kw"),
        ConnectionMode.UVU => new("vku", "uv", "ku"),
        ConnectionMode.UVV => new("vku", "uv", "kv"),
        ConnectionMode.UVUV => new("vku", "uv", "kuv"),
        ConnectionMode.UUW => new("ku", "uw", "kw"),
        ConnectionMode.UUU => new("ku", "u", "ku"),
        ConnectionMode.UVULessV => new("kp", "p", "kp"),
        ConnectionMode.ULessVW => new("kp", "pw", "kw"),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, $"There is no connection mode {mode}."),
    };
}

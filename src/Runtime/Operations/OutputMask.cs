using System.ComponentModel;

namespace E3Gen.Operations;

/// <summary>Which columns of a result an operation reaches: e3nn's <c>output_mask</c>. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OutputMask
{
    /// <summary>Writes runs of columns out.</summary>
    /// <param name="runs">Numbers of columns, and whether a path reaches them.</param>
    public static bool[] Of(params (int Columns, bool IsReached)[] runs) => [.. runs.SelectMany(r => Enumerable.Repeat(r.IsReached, r.Columns))];
}

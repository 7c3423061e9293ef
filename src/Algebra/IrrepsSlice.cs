namespace E3Gen;

/// <summary>The components of one entry of irreps on the axis: <c>[Offset, Offset + Length)</c>.</summary>
/// <param name="Offset">Index of the first component.</param>
/// <param name="Length">Number of components.</param>
public readonly record struct IrrepsSlice(int Offset, int Length)
{
    /// <summary>Index after the last component.</summary>
    public int End => Offset + Length;
}

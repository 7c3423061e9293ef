namespace E3Gen;

/// <summary>
/// Says that the last axis of a tensor holds the coordinates x, y, z of points. A point moves with the origin, a vector
/// does not: differences of points are vectors (1o), and nothing else but affine combinations, sums whose weights add up
/// to one, makes points of points.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class PositionsAttribute : Attribute
{
    /// <summary>How many axes stand before the last: 1, so that the tensor is [points, 3], unless it is set.</summary>
    public int Rows { get; set; } = 1;
}

namespace E3Gen;

/// <summary>
/// Declares that the last axis of a tensor holds the coordinates x, y, z of points. A point moves with the origin, a vector
/// does not: differences of points are vectors (1o), and only affine combinations (sums whose weights add up to one)
/// of points are points.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class PositionsAttribute : Attribute
{
    /// <summary>Number of axes before the last; the default 1 means [points, 3].</summary>
    public int Rows { get; set; } = 1;
}

namespace E3Gen;

/// <summary>
/// Declares that a tensor does not depend on the frame: translations, rotations and inversion leave all of its entries unchanged. Examples are
/// species, distances, masks and weights. On an array or a list it applies to each tensor.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InvariantAttribute : Attribute
{
    /// <summary>Number of axes, from which the compiler knows how the tensor broadcasts; any number unless it is set.</summary>
    public int Axes { get; set; } = -1;
}

namespace E3Gen;

/// <summary>
/// Says that a tensor does not depend on the frame: translations, rotations and inversion leave each of its numbers as it is. Species,
/// distances, masks and weights are of this kind. On an array or a list it holds for each of its tensors.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InvariantAttribute : Attribute
{
    /// <summary>How many axes it has, which tells the compiler how it is laid over other tensors; any number unless it is set.</summary>
    public int Axes { get; set; } = -1;
}

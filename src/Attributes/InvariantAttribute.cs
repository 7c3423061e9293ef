namespace E3Gen;

/// <summary>
/// Says that a tensor of any shape does not depend on the frame: translations, rotations and inversion leave each of its numbers as it is. Species, distances, masks and
/// weights are of this kind. On an array or a list it holds for each of its tensors.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InvariantAttribute : Attribute;

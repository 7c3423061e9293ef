namespace E3Gen;

/// <summary>What a network does to the length of an edge before it expands it in its radial basis (MACE's <c>distance_transform</c>); the cutoff takes the length itself.</summary>
public enum DistanceTransform
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>From 1 at length 0 down to 0 far off: <c>RadialTransform.Agnesi</c>.</summary>
    Agnesi,
    /// <summary>Short lengths are held near a constant: <c>RadialTransform.Soft</c>.</summary>
    Soft,
    /// <summary>The same in MACE's later form: <c>RadialTransform.SoftClamp</c>.</summary>
    SoftClamp,
}

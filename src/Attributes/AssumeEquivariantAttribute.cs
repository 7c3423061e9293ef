namespace E3Gen;

/// <summary>
/// Takes a class or a method out of the proof: what it states is believed, and somebody has to vouch for it. The verdict of every module
/// that relies on it says so (E3G0511 lists all such places of an assembly).
/// </summary>
/// <param name="reason">Why it is equivariant although the compiler cannot prove it, for whoever reviews the code.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
public sealed class AssumeEquivariantAttribute(string reason) : Attribute
{
    /// <summary>The reason as written.</summary>
    public string Reason { get; } = reason;
}

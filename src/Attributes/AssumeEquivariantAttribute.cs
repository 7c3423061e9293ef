namespace E3Gen;

/// <summary>
/// Exempts a class or a method from the proof: its annotations are trusted, and its author vouches for them. The verdict of every module
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

using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>Says which irreps the last axis of a tensor carries.</summary>
/// <param name="irreps">An irreps string such as <c>"16x0e + 8x1o"</c>, or <c>"@Method"</c> for what that operation of the same class yields.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class IrrepsAttribute([StringSyntax("Irreps")] string irreps) : Attribute
{
    /// <summary>The irreps string as written.</summary>
    public string Irreps { get; } = irreps;
}

using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Declares the irreps along the last axis of a tensor: a contract that the compiler checks on both sides.
/// On an array or a list it applies to each tensor.
/// </summary>
/// <param name="irreps">
/// An irreps string such as <c>"16x0e + 8x1o"</c>, or <c>"@Method"</c> for the output of that operation of the same class.
/// </param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class IrrepsAttribute([StringSyntax("Irreps")] string irreps) : Attribute
{
    /// <summary>The irreps string as written.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>
    /// Number of axes before the last; the default 1 means [rows, irreps]. <c>[Irreps("1o", Rows = 2)]</c>
    /// states the layout [rows, channels, components], <c>Rows = 0</c> a single row [irreps].
    /// </summary>
    public int Rows { get; set; } = 1;
}

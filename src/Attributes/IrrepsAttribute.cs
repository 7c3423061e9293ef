using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Says which irreps the last axis of a tensor carries: a contract that the compiler checks on both sides.
/// On an array or a list it holds for each of its tensors.
/// </summary>
/// <param name="irreps">
/// An irreps string such as <c>"16x0e + 8x1o"</c>, or <c>"@Method"</c> for what that operation of the same class yields.
/// </param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class IrrepsAttribute([StringSyntax("Irreps")] string irreps) : Attribute
{
    /// <summary>The irreps string as written.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>
    /// How many axes stand before the last: 1, so that the tensor is [rows, irreps], unless it is set. <c>[Irreps("1o", Rows = 2)]</c>
    /// states the layout [rows, channels, components], <c>Rows = 0</c> a single row [irreps].
    /// </summary>
    public int Rows { get; set; } = 1;
}

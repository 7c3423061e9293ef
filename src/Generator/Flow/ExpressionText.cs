using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>How expressions are quoted in messages.</summary>
internal static class ExpressionText
{
    /// <summary>The text of an expression on one line, shortened where it is long.</summary>
    public static string Of(SyntaxNode node)
    {
        string text = string.Join(" ", node.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 39) + "…";
    }
}

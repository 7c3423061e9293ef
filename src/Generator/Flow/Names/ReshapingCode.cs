using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Code that changes the shape of a tensor in place. It is so rare that the test is per file: whether it names such a method. The result is
/// cached while the file is unchanged.
/// </summary>
internal static class ReshapingCode
{
    private static readonly Regex Names = new(@"\b(transpose_|squeeze_|unsqueeze_|set_)\b", RegexOptions.CultureInvariant);

    private static readonly ConditionalWeakTable<SyntaxTree, object> Known = new();

    public static bool IsIn(SyntaxTree tree) => (bool)Known.GetValue(tree, static t => Names.IsMatch(t.GetText().ToString()));
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Code that gives a tensor another shape in place. It is so rare that whole files are asked whether they name such a method; a file is
/// asked once as long as it stays as it is.
/// </summary>
internal static class ReshapingCode
{
    private static readonly Regex Names = new(@"\b(transpose_|squeeze_|unsqueeze_|set_)\b", RegexOptions.CultureInvariant);

    private static readonly ConditionalWeakTable<SyntaxTree, object> Known = new();

    public static bool IsIn(SyntaxTree tree) => (bool)Known.GetValue(tree, static t => Names.IsMatch(t.GetText().ToString()));
}

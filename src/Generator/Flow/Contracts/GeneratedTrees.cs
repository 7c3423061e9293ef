using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Contracts;

/// <summary>
/// Which files our generator wrote: the compiler puts them in a folder that is named by the generator's assembly and class.
/// </summary>
internal static class GeneratedTrees
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> Known = new();
    private static readonly string Folder = $"{typeof(E3GenGenerator).Assembly.GetName().Name}/{typeof(E3GenGenerator).FullName}/";

    public static bool IsOurs(SyntaxTree tree) => (bool)Known.GetValue(tree, t => IsIn(t.FilePath.Replace('\\', '/')));

    private static bool IsIn(string path) => path.StartsWith(Folder, StringComparison.Ordinal) || path.Contains("/" + Folder);
}

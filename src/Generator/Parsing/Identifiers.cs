using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Parsing;

/// <summary>Names as generated code must write or avoid them.</summary>
internal static class Identifiers
{
    /// <summary>The name, with '@' where it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Names that a simple name in the class would find: its own and inherited members, and those of the types around it.</summary>
    public static IEnumerable<string> InReach(INamedTypeSymbol type)
    {
        // Not MemberNames: of types in libraries it lists private fields or leaves them out, depending on what the compiler has loaded.
        for (var t = type; t is not null; t = t.BaseType)
        {
            bool own = ReferenceEquals(t, type);
            foreach (var member in t.GetMembers().Where(m => m.CanBeReferencedByName && (own || m.DeclaredAccessibility != Accessibility.Private)))
            {
                yield return member.Name;
            }

            yield return t.Name;
        }

        foreach (string name in type.ContainingType is { } outer ? InReach(outer) : [])
        {
            yield return name;
        }
    }

    /// <summary>
    /// Name of the generated file: the class's full name. The compiler compares file names without regard to case, so names that differ in nothing else get a hash.
    /// </summary>
    public static string HintName(INamedTypeSymbol type)
    {
        var parts = new List<string>();
        bool ambiguous = false;
        for (INamespaceOrTypeSymbol symbol = type; symbol is not INamespaceSymbol { IsGlobalNamespace: true };)
        {
            parts.Insert(0, symbol.Name);
            var container = (INamespaceOrTypeSymbol)symbol.ContainingSymbol;
            ambiguous |= container.GetMembers().Any(
                m => m is INamespaceOrTypeSymbol && m.Name != symbol.Name && m.Name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase));
            symbol = container;
        }

        string name = string.Join(".", parts);
        return ambiguous ? $"{name}-{Hash(name):x8}.g.cs" : $"{name}.g.cs";
    }

    /// <summary>FNV-1a: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}

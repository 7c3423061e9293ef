using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Parsing;

/// <summary>Which operations name which with '@', as it is written: known also while one of them is being typed.</summary>
/// <param name="methods">The operations of a class.</param>
internal sealed class ReferenceGraph(IReadOnlyCollection<IMethodSymbol> methods)
{
    private static readonly Regex Reference = new(@"@\s*(\w+)", RegexOptions.CultureInvariant);

    /// <summary>
    /// The operations that another one can name: all except those that refer back to it, whose irreps would depend on themselves.
    /// </summary>
    /// <param name="own">The one that names; null for an annotation, which can name all.</param>
    public IEnumerable<string> Nameable(string? own) =>
        methods.Select(m => m.Name).Distinct().Where(n => own is null || !Leads(n, own, []));

    private bool Leads(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && Named(from).Any(n => Leads(n, to, seen)));

    private IEnumerable<string> Named(string operation) =>
        from method in methods
        where method.Name == operation
        from attribute in method.GetAttributes()
        from argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(a => a.Value))
        let text = argument.Kind == TypedConstantKind.Primitive ? argument.Value as string : null
        where text is not null
        from match in Reference.Matches(text).Cast<Match>()
        select match.Groups[1].Value;
}

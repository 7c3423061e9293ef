using System.Text.RegularExpressions;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Completion;

/// <summary>The operations that '@' can name at a place.</summary>
internal sealed class References
{
    private static readonly Regex Name = new(@"@\s*(\w+)", RegexOptions.CultureInvariant);

    private readonly List<IMethodSymbol> _methods;
    private readonly string? _own;

    private References(INamedTypeSymbol type, string? own, IReadOnlyDictionary<string, OperationModel> models)
    {
        _methods = [.. ModuleParser.OperationMethods(type)];
        _own = own;
        Models = models;
    }

    /// <summary>What is known of operations by name.</summary>
    public IReadOnlyDictionary<string, OperationModel> Models { get; }

    /// <summary>The names, without those that come back to the place's own operation: its irreps would depend on themselves.</summary>
    public IEnumerable<string> Names => _methods.Select(m => m.Name).Distinct().Where(n => _own is null || !Leads(n, _own, []));

    public static References? At(IrrepsPlace place, CancellationToken cancellation)
    {
        if (place.At.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || place.Model.GetDeclaredSymbol(type, cancellation) is not { } symbol)
        {
            return null;
        }

        var method = place.At.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        var own = method is null ? null : place.Model.GetDeclaredSymbol(method, cancellation);
        return new References(symbol, own is not null && ModuleParser.IsOperation(own) ? own.Name : null, ModuleParser.ParseOperations(symbol, place.Model.Compilation, cancellation));
    }

    private bool Leads(string from, string to, HashSet<string> seen) => from == to || (seen.Add(from) && Named(from).Any(n => Leads(n, to, seen)));

    private IEnumerable<string> Named(string operation) =>
        from method in _methods
        where method.Name == operation
        from attribute in method.GetAttributes()
        from argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(a => a.Value))
        let text = argument.Kind == TypedConstantKind.Primitive ? argument.Value as string : null
        where text is not null
        from match in Name.Matches(text).Cast<Match>()
        select match.Groups[1].Value;
}

using System.Collections.Concurrent;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Flow.Contracts;

/// <summary>
/// What declarations state: [Irreps], [Invariant] and [Positions] on parameters, results, fields and properties,
/// and the arguments and results of operations.
/// </summary>
internal sealed class StatedContracts(Compilation compilation)
{
    private readonly ConcurrentDictionary<ISymbol, Contract?> _symbols = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyDictionary<string, OperationModel>> _operations = new(
        SymbolEqualityComparer.Default);

    /// <summary>What is stated of a parameter, field or property; null where nothing is.</summary>
    public Contract? Of(ISymbol symbol) => _symbols.GetOrAdd(symbol.OriginalDefinition, Read);

    /// <summary>What is stated of a method's result; null where nothing is.</summary>
    public Contract? Result(IMethodSymbol method) => _symbols.GetOrAdd(method.OriginalDefinition, Read);

    /// <summary>Whether a method states anything, so that its callers rely on that and not on its body.</summary>
    public bool States(IMethodSymbol method) => Result(method) is not null || method.Parameters.Any(p => Of(p) is not null);

    /// <summary>Whether the type is one whose public members must be proven.</summary>
    public static bool IsChecked(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass) || WellKnown.IsWhole(a.AttributeClass));

    /// <summary>The reason why a method's proof is waived; null where it is not.</summary>
    public static string? Waived(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            var associated = (symbol as IMethodSymbol)?.AssociatedSymbol;
            if ((OwnWaiver(symbol) ?? (associated is null ? null : OwnWaiver(associated))) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>
    /// Why values assigned to a field or property, or returned by its getter, are not proven to be what it states; null if they are.
    /// </summary>
    public static string? WaivedMember(ISymbol member) => Waived(member)
        ?? (member is IPropertySymbol property
            ? new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>().Select(OwnWaiver).FirstOrDefault(w => w is not null)
            : null);

    /// <summary>The reason on a symbol itself.</summary>
    public static string? OwnWaiver(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(a => WellKnown.Is<AssumeEquivariantAttribute>(a.AttributeClass)) is { } waiver
            ? waiver.ConstructorArguments is [{ Value: string reason }] ? reason : ""
            : null;

    /// <summary>
    /// Whether our generator writes a body. An attribute cannot show that, since anyone may put it on a method: the file shows it,
    /// or the declaration of an operation that has no body yet.
    /// </summary>
    public bool IsGenerated(IMethodSymbol method) =>
        (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is [var body] && GeneratedTrees.IsOurs(body.SyntaxTree)
        || (method.PartialImplementationPart is null && method.PartialDefinitionPart is null && Operation(method) is not null);

    /// <summary>What messages call a method that wants something.</summary>
    public static string NameOf(IMethodSymbol method) => method switch
    {
        { Name: "forward" } or { MethodKind: MethodKind.Constructor } => method.ContainingType.Name,
        { AssociatedSymbol: { } property } => property.Name,
        { MethodKind: MethodKind.AnonymousFunction } => "lambda",
        _ => method.Name,
    };

    public OperationModel? Operation(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, ContainingType: { } type }
        && method.GetAttributes().Any(a => WellKnown.IsOperation(a.AttributeClass))
        && Operations(type).TryGetValue(method.Name, out var operation) && operation is not InvalidOperationModel
            ? operation
            : null;

    private Contract? Read(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => Of(property),
        IMethodSymbol { MethodKind: MethodKind.PropertySet or MethodKind.Constructor or MethodKind.StaticConstructor } => null,
        IMethodSymbol method => Operation(method) is { } operation
            ? new Contract(ContractKind.Irreps, operation.Output, null, IsWidthChecked: true)
            : Stated(method.GetReturnTypeAttributes(), method)
                ?? Replaced(method).Select(m => Result((IMethodSymbol)m)).FirstOrDefault(c => c is not null),
        IParameterSymbol
        {
            ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.PropertySet, AssociatedSymbol: { } property } setter
        } value
            when value.Ordinal == setter.Parameters.Length - 1 => Of(property),
        IParameterSymbol { Name: "cell" or "shifts", ContainingSymbol: IMethodSymbol { ContainingType: var maker } } lattice
            when FlowTypes.IsGraph(maker) && FlowTypes.IsTensor(lattice.Type) =>
            new Contract(ContractKind.Irreps, new Irrep(1, -1), null), // rows of a matrix, or of one for each molecule
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => Operation(method) is { } operation
            ? Argument(operation, parameter)
            : Stated(symbol.GetAttributes(), symbol)
                ?? Positional(parameter) switch { { } property => Declared(property), _ => null }
                ?? Replaced(method).Select(m => ((IMethodSymbol)m).Parameters.ElementAtOrDefault(parameter.Ordinal))
                    .Where(p => p is not null).Select(p => Of(p!)).FirstOrDefault(c => c is not null),
        IPropertySymbol property => Declared(property) ?? OfPrimary(property),
        IFieldSymbol { AssociatedSymbol: IPropertySymbol property } =>
            Stated(symbol.GetAttributes(), symbol) ?? Of(property), // [field: Irreps("…")]
        IFieldSymbol or IParameterSymbol => Stated(symbol.GetAttributes(), symbol),
        _ => null,
    };

    /// <summary>What a property states itself, or what it overrides or implements.</summary>
    private Contract? Declared(IPropertySymbol property) =>
        Stated(property.GetAttributes(), property) ?? Replaced(property).Select(Of).FirstOrDefault(c => c is not null);

    /// <summary>A property of a record is what its primary constructor's parameter states.</summary>
    private Contract? OfPrimary(IPropertySymbol property) =>
        property.ContainingType.IsRecord && property.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax() is ParameterSyntax
            ? property.ContainingType.InstanceConstructors.SelectMany(c => c.Parameters)
                .Where(p => SymbolEqualityComparer.Default.Equals(Positional(p), property))
                .Select(p => Stated(p.GetAttributes(), p)).FirstOrDefault(c => c is not null)
            : null;

    /// <summary>
    /// The property that the compiler writes for a parameter of a record's primary constructor: only the constructor's argument is assigned
    /// to it, so the parameter states what the property states. Null for any other parameter.
    /// </summary>
    public static IPropertySymbol? Positional(IParameterSymbol parameter) =>
        parameter is
        {
            ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsRecord: true } type },
            DeclaringSyntaxReferences: [var declaration]
        }
            ? type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault(p =>
                p.DeclaringSyntaxReferences is [var own] && own.SyntaxTree == declaration.SyntaxTree && own.Span == declaration.Span)
            : null;

    /// <summary>What a member overrides or implements: callers of that rely on what is stated there.</summary>
    public static IEnumerable<ISymbol> Replaced(ISymbol member)
    {
        ISymbol? overridden = member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        if (overridden is not null)
        {
            yield return overridden;
        }

        ISymbol[] explicitly = member switch
        {
            IMethodSymbol method => [.. method.ExplicitInterfaceImplementations],
            IPropertySymbol property => [.. property.ExplicitInterfaceImplementations],
            _ => [],
        };
        foreach (var other in explicitly)
        {
            yield return other;
        }

        if (member.ContainingType is not { TypeKind: not TypeKind.Interface } type)
        {
            yield break;
        }

        string name = member.MetadataName.Split('.').Last();
        foreach (var other in type.AllInterfaces.SelectMany(i => i.GetMembers(name)).Where(m => m.Kind == member.Kind))
        {
            if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(other), member))
            {
                yield return other;
            }
        }
    }

    private static Contract? Argument(OperationModel operation, IParameterSymbol parameter)
    {
        if (operation.EndsWithInvariant && parameter.Ordinal == operation.Arguments.Count - 1)
        {
            return Contract.Invariant;
        }

        var irreps = operation.Arguments.ElementAtOrDefault(parameter.Ordinal);
        return irreps is null ? null : new Contract(ContractKind.Irreps, irreps, null, IsWidthChecked: true);
    }

    private Contract? Stated(IEnumerable<AttributeData> attributes, ISymbol symbol)
    {
        foreach (var attribute in attributes)
        {
            if (WellKnown.Is<InvariantAttribute>(attribute.AttributeClass))
            {
                return Contract.Invariant with
                {
                    Rows = Number(attribute, nameof(InvariantAttribute.Axes)) is >= 0 and var axes ? axes : null,
                };
            }

            if (WellKnown.Is<PositionsAttribute>(attribute.AttributeClass))
            {
                return Contract.Positions(RowsOf(attribute));
            }

            if (WellKnown.Is<IrrepsAttribute>(attribute.AttributeClass) && attribute.ConstructorArguments is [{ Value: string text }]
                && Parse(text, symbol) is { } irreps)
            {
                return new Contract(ContractKind.Irreps, irreps, RowsOf(attribute));
            }
        }

        return null;
    }

    private static int RowsOf(AttributeData attribute) => Math.Max(0, Number(attribute, nameof(IrrepsAttribute.Rows)) ?? 1);

    private static int? Number(AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == property) is { Key: not null, Value.Value: int number } ? number : null;

    private Irreps? Parse(string text, ISymbol symbol)
    {
        var entries = new List<MulIrrep>();
        foreach (string term in text.Contains('@') ? text.Split('+').Select(t => t.Trim()) : [text])
        {
            var irreps = term.StartsWith("@", StringComparison.Ordinal)
                ? Reference(symbol, term.Substring(1).Trim())
                : Irreps.TryParse(term, out var read, out _) ? read : null;
            if (irreps is null)
            {
                return null; // reported where it is declared
            }

            entries.AddRange(irreps);
        }

        return entries.Sum(e => (long)e.Dim) > int.MaxValue ? null : new Irreps(entries);
    }

    private Irreps? Reference(ISymbol symbol, string reference)
    {
        const string Input = ".Input";
        bool input = reference.EndsWith(Input, StringComparison.Ordinal);
        string name = input ? reference.Substring(0, reference.Length - Input.Length) : reference;
        return symbol.ContainingType is { } type && Operations(type).TryGetValue(name, out var operation)
            && operation is not InvalidOperationModel
            ? input ? operation.Input : operation.Output
            : null;
    }

    private IReadOnlyDictionary<string, OperationModel> Operations(INamedTypeSymbol type) =>
        _operations.GetOrAdd(type.OriginalDefinition, t =>
            t.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass))
                ? ModuleParser.ParseOperations(t, compilation, CancellationToken.None)
                : new Dictionary<string, OperationModel>());
}

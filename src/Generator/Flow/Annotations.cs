using System.Collections.Concurrent;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps that declarations state: [Irreps] on parameters, returns, fields and properties, and the arguments and results of operations.</summary>
internal sealed class Annotations(Compilation compilation)
{
    private readonly ConcurrentDictionary<ISymbol, Known?> _symbols = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyDictionary<string, OperationModel>> _operations = new(SymbolEqualityComparer.Default);

    /// <summary>Irreps of a parameter, field or property; null where none are stated.</summary>
    public Known? Of(ISymbol symbol) => _symbols.GetOrAdd(symbol.OriginalDefinition, Read);

    /// <summary>Irreps of a method's result; null where none are stated.</summary>
    public Known? Result(IMethodSymbol method) => _symbols.GetOrAdd(method.OriginalDefinition, Read);

    /// <summary>Whether a parameter takes the weights of an operation: invariants, whoever computes them.</summary>
    public bool IsWeights(IParameterSymbol parameter) => parameter is { Ordinal: 2, ContainingSymbol: IMethodSymbol method } && Operation(method) is not null;

    /// <summary>Whether the type is one that E3Gen checks.</summary>
    public static bool IsChecked(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass) || WellKnown.Is<MessagePassingNetworkAttribute>(a.AttributeClass));

    /// <summary>Whether a parameter is one of the class's own constructor, seen from another of its methods.</summary>
    public static bool IsMember(IParameterSymbol parameter, IReadOnlyList<IMethodSymbol> functions) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !functions.Contains(constructor, SymbolEqualityComparer.Default);

    /// <summary>What messages call a method that wants something.</summary>
    public static string NameOf(IMethodSymbol method) => method switch
    {
        { Name: "forward" } or { MethodKind: MethodKind.Constructor } => method.ContainingType.Name,
        { AssociatedSymbol: { } property } => property.Name,
        { MethodKind: MethodKind.AnonymousFunction } => "lambda",
        _ => method.Name,
    };

    internal OperationModel? Operation(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, ContainingType: { } type } && method.GetAttributes().Any(a => WellKnown.IsOperation(a.AttributeClass))
        && Operations(type).TryGetValue(method.Name, out var operation) && operation is not InvalidOperationModel
            ? operation
            : null;

    private Known? Read(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property } => Of(property),
        IMethodSymbol method => Operation(method) is { } operation
            ? IrrepsValue.Of(operation.Output, Locate(method))
            : Stated(method.GetReturnTypeAttributes(), method) ?? (method.OverriddenMethod is { } overridden ? Result(overridden) : null),
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.PropertySet, AssociatedSymbol: { } property } setter } value when value.Ordinal == setter.Parameters.Length - 1 =>
            Of(property),
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => Operation(method) is { } operation
            ? Argument(operation, parameter)
            : Stated(symbol.GetAttributes(), symbol) ?? (method.OverriddenMethod?.Parameters.ElementAtOrDefault(parameter.Ordinal) is { } overridden ? Of(overridden) : null),
        IPropertySymbol property => Stated(symbol.GetAttributes(), symbol) ?? (property.OverriddenProperty is { } overridden ? Of(overridden) : null),
        IFieldSymbol or IParameterSymbol => Stated(symbol.GetAttributes(), symbol),
        _ => null,
    };

    private Known? Argument(OperationModel operation, IParameterSymbol parameter)
    {
        var irreps = (operation, parameter.Ordinal) switch
        {
            (TensorProductModel product, 1) => product.Input2,
            (TensorProductModel product, 2) => Invariants(product.Plan),
            (ConvolutionModel convolution, 1) => convolution.Edges,
            (ConvolutionModel convolution, 2) => Invariants(convolution.Plan),
            (_, 0) => operation.Input,
            _ => null,
        };
        return irreps is null ? null : IrrepsValue.Of(irreps, Locate(parameter));

        static Irreps Invariants(MultilinearPlan plan) => new([new MulIrrep((int)Math.Min(int.MaxValue, plan.Operands[BilinearPlanner.Weights].Dimension), new Irrep(0, 1))]);
    }

    private Known? Stated(IEnumerable<AttributeData> attributes, ISymbol symbol)
    {
        var attribute = attributes.FirstOrDefault(a => WellKnown.Is<IrrepsAttribute>(a.AttributeClass));
        if (attribute is null || attribute.ConstructorArguments is not [{ Value: string text }])
        {
            return null;
        }

        if (!text.Contains('@'))
        {
            return Irreps.TryParse(text, out var irreps, out _) ? IrrepsValue.Of(irreps, Locate(symbol)) : null; // reported where it is declared
        }

        var entries = new List<MulIrrep>();
        foreach (string term in text.Split('+').Select(t => t.Trim()))
        {
            var irreps = term.StartsWith("@", StringComparison.Ordinal) ? Reference(symbol, term.Substring(1).Trim()) : Irreps.TryParse(term, out var read, out _) ? read : null;
            if (irreps is null)
            {
                return null;
            }

            entries.AddRange(irreps);
        }

        return entries.Sum(e => (long)e.Dim) > int.MaxValue ? null : IrrepsValue.Of(new Irreps(entries), Locate(symbol));
    }

    private Irreps? Reference(ISymbol symbol, string reference)
    {
        bool input = reference.EndsWith(".Input", StringComparison.Ordinal);
        string name = input ? reference.Substring(0, reference.Length - ".Input".Length) : reference;
        return symbol.ContainingType is { } type && Operations(type).TryGetValue(name, out var operation) && operation is not InvalidOperationModel
            ? input ? operation.Input : operation.Output
            : null;
    }

    private IReadOnlyDictionary<string, OperationModel> Operations(INamedTypeSymbol type) => _operations.GetOrAdd(type.OriginalDefinition, t =>
        t.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass))
            ? ModuleParser.ParseOperations(t, compilation, CancellationToken.None)
            : new Dictionary<string, OperationModel>());

    /// <summary>Where a symbol is declared in this project: nothing can be reported elsewhere, though the IDE knows the source of projects beside it.</summary>
    private Location? Locate(ISymbol symbol) => symbol.Locations.FirstOrDefault(l => l.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree));
}

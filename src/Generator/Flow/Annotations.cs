using System.Collections.Concurrent;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps that declarations state: [Irreps] on parameters, returns, fields and properties, and the arguments and results of operations.</summary>
internal sealed class Annotations(Compilation compilation)
{
    private readonly ConcurrentDictionary<ISymbol, IrrepsValue?> _symbols = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyDictionary<string, OperationModel>> _operations = new(SymbolEqualityComparer.Default);

    /// <summary>Irreps of a parameter, field or property; null where none are stated.</summary>
    public IrrepsValue? Of(ISymbol symbol) => _symbols.GetOrAdd(symbol, Read);

    /// <summary>Irreps of a method's result; null where none are stated.</summary>
    public IrrepsValue? Result(IMethodSymbol method) =>
        Operation(method) is { } operation
            ? IrrepsValue.Of(operation.Output, Locate(method))
            : Stated(method.GetReturnTypeAttributes(), method);

    /// <summary>Whether the type is one that E3Gen checks.</summary>
    public static bool IsChecked(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass) || WellKnown.Is<MessagePassingNetworkAttribute>(a.AttributeClass));

    public OperationModel? Operation(IMethodSymbol method) =>
        method.ContainingType is { } type && Operations(type).TryGetValue(method.Name, out var operation) && operation is not InvalidOperationModel ? operation : null;

    private IrrepsValue? Read(ISymbol symbol) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter when Operation(method) is { } operation => Argument(operation, parameter),
        IParameterSymbol or IFieldSymbol or IPropertySymbol => Stated(symbol.GetAttributes(), symbol),
        _ => null,
    };

    private static IrrepsValue? Argument(OperationModel operation, IParameterSymbol parameter)
    {
        var irreps = (operation, parameter.Ordinal) switch
        {
            (Operations.TensorProductModel product, 1) => product.Input2,
            (Operations.ConvolutionModel convolution, 1) => convolution.Edges,
            (_, 0) => operation.Input,
            _ => null,
        };
        return irreps is null ? null : IrrepsValue.Of(irreps, Locate(parameter));
    }

    private IrrepsValue? Stated(IEnumerable<AttributeData> attributes, ISymbol symbol)
    {
        var attribute = attributes.FirstOrDefault(a => WellKnown.Is<IrrepsAttribute>(a.AttributeClass));
        if (attribute is null || attribute.ConstructorArguments is not [{ Value: string text }])
        {
            return null;
        }

        var entries = new List<MulIrrep>();
        foreach (string term in text.Split('+').Select(t => t.Trim()))
        {
            if (term.StartsWith("@", StringComparison.Ordinal))
            {
                if (Reference(symbol, term.Substring(1).Trim()) is not { } referenced)
                {
                    return null;
                }

                entries.AddRange(referenced);
            }
            else if (Irreps.TryParse(term, out var irreps, out _))
            {
                entries.AddRange(irreps);
            }
            else
            {
                return null; // reported where it is declared
            }
        }

        return IrrepsValue.Of(new Irreps(entries), Locate(symbol));
    }

    private Irreps? Reference(ISymbol symbol, string reference)
    {
        var type = symbol.ContainingType;
        bool input = reference.EndsWith(".Input", StringComparison.Ordinal);
        string name = input ? reference.Substring(0, reference.Length - ".Input".Length) : reference;
        return type is not null && Operations(type).TryGetValue(name, out var operation) ? input ? operation.Input : operation.Output : null;
    }

    private IReadOnlyDictionary<string, OperationModel> Operations(INamedTypeSymbol type) => _operations.GetOrAdd(type, t =>
        t.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass))
            ? ModuleParser.ParseOperations(t, compilation, CancellationToken.None)
            : new Dictionary<string, OperationModel>());

    private static Location? Locate(ISymbol symbol) => symbol.Locations.FirstOrDefault(l => l.IsInSource);
}

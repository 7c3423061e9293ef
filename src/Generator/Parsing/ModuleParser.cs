using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// Reads an [EquivariantModule] class. The generator uses the model and drops the diagnostics; the analyzer reports the diagnostics and drops the model:
/// what is accepted and what is rejected cannot differ.
/// </summary>
internal sealed class ModuleParser
{
    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<IMethodSymbol> _methods;
    private readonly Dictionary<string, OperationModel?> _parsed = [];
    private readonly HashSet<string> _open = [];

    private ModuleParser(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        (_type, _compilation, _cancellation) = (type, compilation, cancellation);
        _methods = [.. OperationMethods(type)];
    }

    public string TypeName => _type.Name;

    public IEnumerable<string> OperationNames => _methods.Select(m => m.Name).Distinct();

    /// <summary>The operations that one of them can name with '@'.</summary>
    public IReadOnlyList<string> Nameable(string operation) => [.. new ReferenceGraph(_methods).Nameable(operation)];

    public static IEnumerable<IMethodSymbol> OperationMethods(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(m => m.PartialDefinitionPart is null && IsOperation(m));

    public static bool IsOperation(IMethodSymbol method) => method.GetAttributes().Any(a => WellKnown.IsOperation(a.AttributeClass));

    public static (ModuleModel? Model, ImmutableArray<Diagnostic> Diagnostics) Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new ModuleParser(type, compilation, cancellation);
        var model = parser.Parse();
        return (model, [.. parser._diagnostics]);
    }

    /// <summary>The operations of a class by name, whatever is wrong with the class otherwise.</summary>
    public static IReadOnlyDictionary<string, OperationModel> ParseOperations(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new ModuleParser(type, compilation, cancellation);
        return parser.OperationNames.Select(name => parser.Resolve(name).Model).Where(o => o is not null).ToDictionary(o => o!.Method.Name, o => o!);
    }

    public void Report(DiagnosticDescriptor rule, Location location, params object[] arguments) =>
        _diagnostics.Add(Suggestion.Report(rule, location, arguments));

    public AttributeReader Reader(AttributeData data) => new(data, _compilation, _cancellation);

    /// <summary>The operation of that name, parsed when it is first asked for.</summary>
    public (Resolution Resolution, OperationModel? Model) Resolve(string name)
    {
        if (_parsed.TryGetValue(name, out var known))
        {
            return (Resolution.Found, known);
        }

        if (_open.Contains(name))
        {
            return (Resolution.Circular, null);
        }

        if (_methods.Find(m => m.Name == name) is not { } method)
        {
            return (Resolution.Unknown, null);
        }

        _open.Add(name);
        var model = ParseOperation(method);
        _open.Remove(name);
        _parsed[name] = model;
        return (Resolution.Found, model);
    }

    private ModuleModel? Parse()
    {
        if (_type.GetAttributes().Any(a => WellKnown.IsWhole(a.AttributeClass)))
        {
            return null; // reported there
        }

        var (model, diagnostics) = TypeParser.Parse(_type, _compilation, _cancellation);
        _diagnostics.AddRange(diagnostics);
        foreach (var group in _methods.GroupBy(m => m.Name).Where(g => g.Count() > 1))
        {
            Report(DeclarationRules.DuplicateName, group.Last().Locations[0], group.Key, _type.Name);
        }

        foreach (var method in _methods.Where(m => InheritedOperations().Contains(m.Name)))
        {
            Report(DeclarationRules.DuplicateName, method.Locations[0], method.Name, _type.Name);
        }

        // Of several with one name the first is the operation; the others get bodies, so that the compiler misses none.
        var operations = Distinct(_methods)
            .Select(m => ReferenceEquals(_methods.Find(first => first.Name == m.Name), m) ? Resolve(m.Name).Model : Invalid(m))
            .Where(o => o is not null).Select(o => o!).ToList();
        var withModules = operations.Where(o => o.HasModule).Select(o => $"'{o.Method.Name}'");
        ConstructorParser.CheckRegistration(_type, [.. withModules], Report, _cancellation);
        if (model is null)
        {
            return Outline(_type, _compilation, _cancellation);
        }

        // A parameter named like the class of constants would hide it.
        var parameters = operations.SelectMany(o => o.Method.Arguments).Select(a => a.TrimStart('@'));
        return new ModuleModel(model with { TakenNames = model.TakenNames.Union(parameters).ToEquatable() }, operations.ToEquatable());
    }

    /// <summary>One of each signature: the compiler says that there is another, and would say the same of two bodies.</summary>
    private static IEnumerable<IMethodSymbol> Distinct(IEnumerable<IMethodSymbol> methods)
    {
        var distinct = new List<IMethodSymbol>();
        foreach (var method in methods)
        {
            if (!distinct.Exists(m => IsSameSignature(m, method)))
            {
                distinct.Add(method);
            }
        }

        return distinct;
    }

    private static bool IsSameSignature(IMethodSymbol one, IMethodSymbol other) =>
        one.Name == other.Name && one.Arity == other.Arity && one.Parameters.Length == other.Parameters.Length
        && one.Parameters.Zip(other.Parameters, (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(same => same);

    private IEnumerable<string> InheritedOperations()
    {
        for (var type = _type.BaseType; type is not null && WellKnown.IsModule(type); type = type.BaseType)
        {
            foreach (var method in OperationMethods(type))
            {
                yield return method.Name;
            }
        }
    }

    private InvalidOperationModel? Invalid(IMethodSymbol symbol) =>
        MethodParser.Parse(symbol, Report, _cancellation) is { } method
            ? new InvalidOperationModel(method, PassesWeights(symbol, _compilation, _cancellation))
            : Outline(symbol, _compilation, _cancellation);

    /// <summary>
    /// A class that cannot be generated: bodies that throw for its operations, and a base if it names none, so that the compiler misses
    /// nothing and lets our errors be seen. Null where nothing can be added to it, or nothing is missing.
    /// </summary>
    public static ModuleModel? Outline(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var operations = Distinct(OperationMethods(type)).Select(m => Outline(m, compilation, cancellation)).OfType<OperationModel>().ToList();
        bool isModule = type is { TypeKind: TypeKind.Class, IsStatic: false, IsRecord: false }
            && type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass));
        string? wanted = isModule && TypeParser.IsOpen(type, cancellation) && type.BaseType is { SpecialType: SpecialType.System_Object } ? ModuleBase.Wanted(type) : null;
        bool constructs = isModule && (wanted is not null || WellKnown.IsModule(type));
        return (operations.Count > 0 || wanted is not null) && TypeParser.Outline(type, constructs, compilation, cancellation) is { } outline
            ? new ModuleModel(outline, operations.ToEquatable(), wanted)
            : null;
    }

    private static InvalidOperationModel? Outline(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        MethodParser.Outline(method, cancellation) is { } outline ? new InvalidOperationModel(outline, PassesWeights(method, compilation, cancellation)) : null;

    private static bool PassesWeights(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => method.GetAttributes().Any(a =>
        a.AttributeClass is { } type && OperationDefinition.For(type)?.PassesWeights(new AttributeReader(a, compilation, cancellation)) == true);

    private OperationModel? ParseOperation(IMethodSymbol symbol)
    {
        var attributes = symbol.GetAttributes().Where(a => WellKnown.IsOperation(a.AttributeClass)).ToList();
        if (MethodParser.Parse(symbol, Report, _cancellation) is not { } method)
        {
            return Outline(symbol, _compilation, _cancellation);
        }

        if (attributes.Count > 1)
        {
            Report(DeclarationRules.SeveralOperations, symbol.Locations[0], symbol.Name, string.Join(", ", attributes.Select(a => $"[{Reader(a).Name}]")));
            return new InvalidOperationModel(method, PassesWeights(symbol, _compilation, _cancellation));
        }

        var context = new OperationContext(this, symbol, Reader(attributes[0]), method, _cancellation);
        bool hasPaths = WellKnown.Is<TensorProductAttribute>(attributes[0].AttributeClass) || WellKnown.Is<LinearAttribute>(attributes[0].AttributeClass);
        if (!hasPaths && context.Others<PathAttribute>().FirstOrDefault() is { } path)
        {
            context.Report(DeclarationRules.LonelyPath, path.Location, symbol.Name);
        }

        try
        {
            var model = OperationDefinition.For(attributes[0].AttributeClass!)?.Parse(context);
            if (context.IsValid && model is not null)
            {
                model.CheckSize();
                return model;
            }
        }
        catch (OverflowException)
        {
            context.Report(IrrepsRules.TooLarge, context.Attribute.Location, $"'{symbol.Name}' has more than {int.MaxValue} components or weights; use smaller multiplicities");
        }

        return new InvalidOperationModel(method, PassesWeights(symbol, _compilation, _cancellation));
    }
}

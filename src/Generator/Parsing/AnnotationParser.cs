using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>Checks everything outside operations: [Irreps] annotations, [Path] attributes, and operations in classes that are not modules.</summary>
internal static class AnnotationParser
{
    public static ImmutableArray<Diagnostic> Parse(INamedTypeSymbol type, bool isModule, Compilation compilation, CancellationToken cancellation)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        void Report(DiagnosticDescriptor rule, Location location, params object[] arguments) =>
            diagnostics.Add(Suggestion.Report(rule, location, arguments));

        if (!isModule)
        {
            foreach (var method in ModuleParser.OperationMethods(type))
            {
                Report(DeclarationRules.OutsideModule, method.Locations[0], method.Name, type.Name, NoModule(type));
            }
        }

        foreach (var (method, path) in LonelyPaths(type))
        {
            Report(DeclarationRules.LonelyPath, new AttributeReader(path, compilation, cancellation).Location, method.Name);
        }

        foreach (var data in type.GetMembers().SelectMany(Annotations).Where(a => WellKnown.Is<IrrepsAttribute>(a.AttributeClass)))
        {
            var attribute = new AttributeReader(data, compilation, cancellation);
            if (attribute.String("irreps") is not { } text)
            {
                if (!attribute.IsRejected("irreps"))
                {
                    Report(IrrepsRules.Missing, attribute.LocationOf("irreps"), "[Irreps]", "irreps", "none");
                }

                continue;
            }

            Check(text, type, Report);
        }

        return diagnostics.ToImmutable();
    }

    /// <summary>Checks the text of an [Irreps] annotation inside of a class, whose operations it may refer to.</summary>
    public static void Check(StringArgument text, INamedTypeSymbol type, Action<DiagnosticDescriptor, Location, object[]> report)
    {
        var operations = ModuleParser.OperationMethods(type).Select(m => m.Name).Distinct().ToList();
        IrrepsReader.Read(text, (reference, span) => Known(reference) ? Irreps.Empty : Unknown(reference, span), report);

        bool Known(string reference) => operations.Contains(reference) || operations.Any(o => reference == $"{o}.Input");

        Irreps? Unknown(string reference, TextSpan span)
        {
            var (known, nearest) = NearestOperation.Of(reference, operations, "no operation here", text, span);
            report(IrrepsRules.UnknownReference, text.Locate(span, intoConstants: true), [reference, type.Name, known, nearest]);
            return null;
        }
    }

    /// <summary>The first [Path] of each method that is no operation at all.</summary>
    private static IEnumerable<(IMethodSymbol Method, AttributeData Path)> LonelyPaths(INamedTypeSymbol type) =>
        from method in type.GetMembers().OfType<IMethodSymbol>()
        where method.PartialDefinitionPart is null && !ModuleParser.IsOperation(method)
        let path = method.GetAttributes().FirstOrDefault(a => WellKnown.Is<PathAttribute>(a.AttributeClass))
        where path is not null
        select (method, path);

    private static IEnumerable<AttributeData> Annotations(ISymbol member) => member switch
    {
        IMethodSymbol { IsImplicitlyDeclared: false, PartialDefinitionPart: null } method =>
            method.GetAttributes().Concat(method.GetReturnTypeAttributes()).Concat(method.Parameters.SelectMany(p => p.GetAttributes())),
        IFieldSymbol or IPropertySymbol => member.GetAttributes(),
        _ => [],
    };

    private static string NoModule(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsRecord: false }
        ? "is not marked [EquivariantModule]: nothing would be generated"
        : $"is {(type.TypeKind == TypeKind.Interface ? "an" : "a")} {TypeParser.Keyword(type)} and cannot be an [EquivariantModule]; move the operation into a class that is one";
}

using E3Gen.Generator.Model;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// An operation in a type that is not an [EquivariantModule] (E3G0308). It gets a body that throws: otherwise the compiler's error about the missing
/// body would hide ours.
/// </summary>
internal sealed record StrayOperation(TypeModel Type, MethodModel Method)
{
    /// <summary>Whether a node may be such an operation; most are in a class that says what it is.</summary>
    public static bool MayBe(SyntaxNode node) => node is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type }
        && !type.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString().Contains("EquivariantModule"));

    public static StrayOperation? Read(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)attributed.TargetSymbol;
        var type = method.ContainingType;
        return !type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass))
            && MethodParser.Outline(method, cancellation) is { } outline
            && TypeParser.Outline(type, constructs: false, attributed.SemanticModel.Compilation, cancellation) is { } owner
            ? new StrayOperation(owner with { HintName = owner.HintName.Replace(".g.cs", ".stray.g.cs") }, outline)
            : null;
    }

    /// <summary>What is written into each type.</summary>
    public static IEnumerable<ModuleModel> ByType(IEnumerable<StrayOperation> strays) => strays.Distinct().GroupBy(s => s.Type)
        .Select(group => new ModuleModel(group.Key, group.Select(s => (OperationModel)new InvalidOperationModel(s.Method)).ToEquatable()));
}

using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Completion;

/// <summary>The operations that '@' can name at a place.</summary>
internal sealed class References
{
    private References(INamedTypeSymbol type, string? own, IReadOnlyDictionary<string, OperationModel> models)
    {
        Names = [.. new ReferenceGraph([.. ModuleParser.OperationMethods(type)]).Nameable(own)];
        Models = models;
    }

    /// <summary>What is known of operations by name.</summary>
    public IReadOnlyDictionary<string, OperationModel> Models { get; }

    /// <summary>The names, without those that lead back to the operation whose string it is.</summary>
    public IReadOnlyList<string> Names { get; }

    public static References? At(IrrepsPlace place, CancellationToken cancellation)
    {
        if (place.At.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || place.Model.GetDeclaredSymbol(type, cancellation) is not { } symbol)
        {
            return null;
        }

        var method = place.At.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        var own = method is null ? null : place.Model.GetDeclaredSymbol(method, cancellation);
        var models = ModuleParser.ParseOperations(symbol, place.Model.Compilation, cancellation);
        return new References(symbol, own is not null && ModuleParser.IsOperation(own) ? own.Name : null, models);
    }
}

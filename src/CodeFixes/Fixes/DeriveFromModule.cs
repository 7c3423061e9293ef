using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Derives a class from the nn.Module whose forward is the one that the class has; from plain nn.Module where it has none.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class DeriveFromModule() : Fix(DeclarationRules.NotAModule.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var model = await reported.ModelAsync().ConfigureAwait(false);

        // A primary constructor hands on to its base what only the user knows.
        if (await reported.FindAsync<ClassDeclarationSyntax>().ConfigureAwait(false) is not { ParameterList: null } declaration
            || model.GetDeclaredSymbol(declaration, reported.Cancellation) is not { } type)
        {
            return [];
        }

        var old = WrittenBase(type, model.Compilation, reported.Cancellation);
        if (type.GetAttributes().Any(a => WellKnown.Is<MessagePassingNetworkAttribute>(a.AttributeClass)))
        {
            return old is not null && WithoutBase(declaration, old, model) is { } bare
                ? [Replace("Name no base: it is generated", reported.Document, declaration, bare)]
                : [];
        }

        if (old is not null && (old.Locations.Any(l => l.IsInSource) || WithoutBase(declaration, old, model) is null))
        {
            return []; // that class is the one to derive, or it is named elsewhere
        }

        var forward = ModuleBase.Forward(type) is { } own && declaration.Members.Any(d => IsDeclarationOf(own, d)) ? own : null;
        string Module(Func<ITypeSymbol, string> name) => ModuleBase.Of(forward, "nn.Module", name);
        var full = SyntaxFactory.ParseTypeName($"global::TorchSharp.torch.{Module(Name)}");
        var module = SyntaxFactory.SimpleBaseType(full.WithAdditionalAnnotations(Simplifier.Annotation));

        var derived = declaration.ReplaceNodes(
            declaration.Members.Where(m => m is ConstructorDeclarationSyntax { Initializer: null } || IsDeclarationOf(forward, m)),
            (_, member) => member is ConstructorDeclarationSyntax constructor
                ? CallBase(constructor, type.Name)
                : Override((MethodDeclarationSyntax)member));
        var others = (old is null ? derived : WithoutBase(derived, old, model, declaration))?.BaseList?.Types ?? default;
        var head = others.Count > 0 || derived.BaseList is not null
            ? derived
            : derived.WithIdentifier(derived.Identifier.WithTrailingTrivia(SyntaxFactory.Space));
        var bases = SyntaxFactory.BaseList(SyntaxFactory.SeparatedList<BaseTypeSyntax>([module, .. others.Select(o => o.WithoutTrivia())]))
            .WithTrailingTrivia(derived.BaseList?.GetTrailingTrivia() ?? derived.Identifier.TrailingTrivia)
            .WithAdditionalAnnotations(Formatter.Annotation);
        string title = $"Derive '{type.Name}' from {Module(Short)}{(old is null ? "" : $" instead of '{Short(old)}'")}";
        return [Replace(title, reported.Document, declaration, head.WithBaseList(bases))];
    }

    /// <summary>The base class that the user names; what we write, so that the rest compiles, names one, too.</summary>
    private static INamedTypeSymbol? WrittenBase(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var written =
            from part in type.DeclaringSyntaxReferences
            where !GeneratedTrees.IsOurs(part.SyntaxTree)
            let bases = (part.GetSyntax(cancellation) as ClassDeclarationSyntax)?.BaseList?.Types ?? default
            from name in bases
            let named = compilation.GetSemanticModel(part.SyntaxTree).GetTypeInfo(name.Type, cancellation).Type as INamedTypeSymbol
            where named is { TypeKind: TypeKind.Class }
            select named;
        return written.FirstOrDefault();
    }

    private static bool IsDeclarationOf(IMethodSymbol? method, MemberDeclarationSyntax member) =>
        method?.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == member.SyntaxTree && r.Span == member.Span) == true;

    private static MethodDeclarationSyntax Override(MethodDeclarationSyntax forward)
    {
        SyntaxKind[] instead = [SyntaxKind.VirtualKeyword, SyntaxKind.NewKeyword, SyntaxKind.OverrideKeyword];
        var modifiers = forward.Modifiers.Where(m => !instead.Contains(m.Kind())).ToList();
        int access = modifiers.FindIndex(m => m.IsKind(SyntaxKind.PublicKeyword));
        modifiers.Insert(access + 1, SyntaxFactory.Token(SyntaxKind.OverrideKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return forward.WithModifiers(SyntaxFactory.TokenList(modifiers));
    }

    private static ConstructorDeclarationSyntax CallBase(ConstructorDeclarationSyntax constructor, string name)
    {
        var arguments = SyntaxFactory.ParseArgumentList($"(\"{name}\")").WithTrailingTrivia(constructor.ParameterList.GetTrailingTrivia());
        var call = SyntaxFactory.ConstructorInitializer(SyntaxKind.BaseConstructorInitializer, arguments);
        return constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? constructor : constructor
            .WithParameterList(constructor.ParameterList.WithTrailingTrivia(SyntaxFactory.Space))
            .WithInitializer(call.WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary>Without the base class, with the interfaces; null where another part of the class names it.</summary>
    /// <param name="declaration">The declaration to change.</param>
    /// <param name="old">The base class.</param>
    /// <param name="model">Tells which of the names is a class.</param>
    /// <param name="written">The declaration as the model knows it, where that is another.</param>
    private static ClassDeclarationSyntax? WithoutBase(
        ClassDeclarationSyntax declaration, INamedTypeSymbol old, SemanticModel model, ClassDeclarationSyntax? written = null)
    {
        var types = (written ?? declaration).BaseList?.Types ?? default;
        int index = types.IndexOf(t => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(t.Type).Type, old));
        if (index < 0)
        {
            return null;
        }

        var list = declaration.BaseList!;
        return types.Count > 1
            ? declaration.WithBaseList(list.WithTypes(list.Types.RemoveAt(index)))
            : declaration.WithBaseList(null).WithIdentifier(declaration.Identifier.WithTrailingTrivia(list.GetTrailingTrivia()));
    }

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).Split('.').Last();
}

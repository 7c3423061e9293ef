using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>Marks the class of an operation as the module that the operation is to be generated into.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class MarkModule() : Fix(DeclarationRules.OutsideModule.Id)
{
    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var model = await reported.ModelAsync().ConfigureAwait(false);
        if (await reported.FindAsync<TypeDeclarationSyntax>().ConfigureAwait(false) is not ClassDeclarationSyntax written
            || model.GetDeclaredSymbol(written, reported.Cancellation) is not { IsStatic: false, IsGenericType: false } type
            || type.GetAttributes().Any(a => WellKnown.IsWhole(a.AttributeClass)))
        {
            return []; // none of these can be a module
        }

        // Always the same part of a partial class: two operations in two parts ask for one attribute.
        var solution = reported.Document.Project.Solution;
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(reported.Cancellation)).OfType<ClassDeclarationSyntax>();
        var declaration = parts.First(d => solution.GetDocument(d.SyntaxTree) is { } file and not SourceGeneratedDocument);
        return [CodeAction.Create($"Mark '{type.Name}' [EquivariantModule]", Apply, nameof(MarkModule))];

        async Task<Document> Apply(CancellationToken cancellation)
        {
            var document = solution.GetDocument(declaration.SyntaxTree)!;
            var editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
            var name = SyntaxFactory.ParseName("global::E3Gen.EquivariantModuleAttribute").WithAdditionalAnnotations(Simplifier.Annotation);
            editor.AddAttribute(declaration, SyntaxFactory.Attribute(name));
            return editor.GetChangedDocument();
        }
    }
}

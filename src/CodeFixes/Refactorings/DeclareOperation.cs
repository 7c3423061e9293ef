using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>At an operation's attribute that has no method yet: declares the partial method that the attribute asks for.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(DeclareOperation))]
internal sealed class DeclareOperation : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        int position = context.Span.Start;
        var list = new[] { position, Math.Max(0, position - 1) }
            .Select(p => root?.FindToken(p).Parent?.FirstAncestorOrSelf<AttributeListSyntax>())
            .FirstOrDefault(l => l?.Span.IntersectsWith(position) == true);
        if (list is { Attributes.Count: > 0, Parent: MemberDeclarationSyntax { Parent: TypeDeclarationSyntax type } member }
            && member is not MethodDeclarationSyntax { Body: null, ExpressionBody: null } // a declaration already: there are rules and fixes for it
            && type.AttributeLists.SelectMany(l => l.Attributes).Any(a => Name(a).StartsWith("EquivariantModule", StringComparison.Ordinal))
            && await DeclareAsync(document, type, member, list, cancellation).ConfigureAwait(false) is { } declared)
        {
            string title = $"Declare the method of [{Name(list.Attributes[0])}]";
            context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(declared), nameof(DeclareOperation)));
        }
    }

    /// <summary>Declares some method under the attribute and lets the rules say what it must be; null where the attribute is no operation's.</summary>
    public static async Task<Document?> DeclareAsync(
        Document document, TypeDeclarationSyntax type, MemberDeclarationSyntax member, AttributeListSyntax list, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var before = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        string name = FreeName(Name(list.Attributes[0]), before!.GetDeclaredSymbol(type, cancellation)!);
        var paths = member.AttributeLists.SkipWhile(l => l != list).Skip(1).TakeWhile(l => l.Attributes.All(a => Name(a) == "Path"));
        int end = paths.Append(list).Max(l => l.Span.End);
        string declaration = $"{LineBreak(text)}{Indentation(text, list)}private partial object {name}();";
        string gap = member is IncompleteMemberSyntax ? "" : LineBreak(text); // what followed the attribute is a member of its own
        var draft = document.WithText(text.Replace(end, 0, declaration + gap));

        var model = (await draft.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await draft.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root!.FindToken(end + declaration.Length - 1).Parent is not MethodDeclarationSyntax method
            || Parameters(method, model, cancellation) is not { } parameters)
        {
            return null;
        }

        var declared = OperationSignature.Apply(method, parameters, model, cancellation);
        declared = declared.WithIdentifier(declared.Identifier.WithAdditionalAnnotations(RenameAnnotation.Create()));
        return draft.WithSyntaxRoot(root.ReplaceNode(method, declared));
    }

    private static string? Parameters(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellation) =>
        ModuleParser.Parse(model.GetDeclaredSymbol(method, cancellation)!.ContainingType, model.Compilation, cancellation).Diagnostics
            .Where(d => d.Id == DeclarationRules.Signature.Id)
            .Where(d => d.Location.SourceTree == method.SyntaxTree && method.Span.Contains(d.Location.SourceSpan))
            .Select(d => d.Properties[Suggestion.Parameters])
            .FirstOrDefault();

    private static string FreeName(string name, INamedTypeSymbol type)
    {
        string free = name;
        for (int i = 2; free == type.Name || type.GetMembers(free).Length > 0; i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }

    private static string Name(AttributeSyntax attribute) => attribute.Name.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Identifier.ValueText;

    private static string LineBreak(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak - first.End == 2 ? "\r\n" : "\n";
    }

    private static string Indentation(SourceText text, SyntaxNode node)
    {
        string line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}

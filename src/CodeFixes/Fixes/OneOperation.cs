using E3Gen.CodeFixes.Editing;
using E3Gen.CodeFixes.Refactorings;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Leaves a method one of its several operations. First the way that loses nothing: an attribute that was typed above an existing operation
/// gets a method of its own.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class OneOperation() : Fix(DeclarationRules.SeveralOperations.Id)
{
    /// <summary>None: which of the attributes the method was meant for is known to whoever wrote them.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(OneOperation));
        if (await reported.FindAsync<MethodDeclarationSyntax>().ConfigureAwait(false) is not { Parent: TypeDeclarationSyntax type } method)
        {
            return choices.All;
        }

        var model = await reported.ModelAsync().ConfigureAwait(false);
        INamedTypeSymbol? Class(AttributeSyntax a) => model.GetTypeInfo(a, reported.Cancellation).Type as INamedTypeSymbol;
        var operations = method.AttributeLists.SelectMany(l => l.Attributes).Where(a => WellKnown.IsOperation(Class(a))).ToList();
        if (operations.FirstOrDefault() is { Parent: AttributeListSyntax { Attributes.Count: 1 } list } upper
            && await DeclareOperation.DeclareAsync(reported.Document, type, method, list, reported.Cancellation).ConfigureAwait(false) is
            { } declared)
        {
            choices.Add($"Give [{upper.Name}] a method of its own", declared.Project.Solution, "Own");
        }

        var text = await reported.Document.GetTextAsync(reported.Cancellation).ConfigureAwait(false);
        foreach (var kept in operations)
        {
            bool keepsPaths = WellKnown.Is<TensorProductAttribute>(Class(kept));
            bool Goes(AttributeSyntax a) => a != kept && (operations.Contains(a) || (!keepsPaths && WellKnown.Is<PathAttribute>(Class(a))));
            var changed = reported.Document.WithText(WithoutAttributes.Of(text, method, Goes));
            choices.Add($"Keep only [{kept.Name}]", changed.Project.Solution, $"{kept.Name}", CodeActionPriority.Low);
        }

        return choices.All;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>A light bulb for some of our rules, each diagnostic on its own; "fix all" makes the same choice everywhere.</summary>
internal abstract class Fix(params string[] rules) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. rules];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var reported = new Reported(context.Document, diagnostic, context.CancellationToken);
            foreach (var action in await OfferAsync(reported).ConfigureAwait(false))
            {
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>What the bulb lists, the best first; nothing where the source is not as we know it.</summary>
    protected abstract Task<IEnumerable<CodeAction>> OfferAsync(Reported reported);

    /// <summary>An action that puts a node in another's place.</summary>
    /// <param name="title">What the bulb says.</param>
    /// <param name="document">The file.</param>
    /// <param name="old">The node that goes.</param>
    /// <param name="new">The node that comes; its annotations say what is still to be laid out and shortened.</param>
    /// <param name="choice">Tells apart several actions of one bulb.</param>
    protected CodeAction Replace(string title, Document document, SyntaxNode old, SyntaxNode @new, string choice = "") => CodeAction.Create(
        title,
        cancellation => Task.FromResult(document.WithSyntaxRoot(old.SyntaxTree.GetRoot(cancellation).ReplaceNode(old, @new))),
        GetType().Name + choice);
}

using Microsoft.CodeAnalysis;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>A diagnostic in the file that a light bulb is about to change.</summary>
internal sealed record Reported(Document Document, Diagnostic Diagnostic, CancellationToken Cancellation)
{
    /// <summary>What the rule suggests under a key of <see cref="Generator.Diagnostics.Suggestion"/>; null where it does not.</summary>
    public string? Suggests(string key) => Diagnostic.Properties.TryGetValue(key, out string? value) ? value : null;

    /// <summary>The innermost node of that kind around the diagnostic.</summary>
    public async Task<TNode?> FindAsync<TNode>()
        where TNode : SyntaxNode
    {
        var root = await Document.GetSyntaxRootAsync(Cancellation).ConfigureAwait(false);
        return root?.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
    }

    /// <summary>The solution with a node in another's place.</summary>
    public Solution Replace(SyntaxNode old, SyntaxNode @new) =>
        Document.WithSyntaxRoot(old.SyntaxTree.GetRoot(Cancellation).ReplaceNode(old, @new)).Project.Solution;

    public async Task<SemanticModel> ModelAsync() => (await Document.GetSemanticModelAsync(Cancellation).ConfigureAwait(false))!;
}

using E3Gen.Generator.Analysis;
using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Reads a changed file as our analyzers would. What is right for one line of tensor code may be wrong for the next one that takes the
/// result: a choice is offered only where it leaves fewer errors than there were.
/// </summary>
internal sealed class Review(Reported reported)
{
    private int? _before;

    public async Task<bool> AcceptsAsync(Solution changed)
    {
        _before ??= await ErrorsAsync(reported.Document).ConfigureAwait(false);
        return await ErrorsAsync(changed.GetDocument(reported.Document.Id)!).ConfigureAwait(false) < _before;
    }

    private async Task<int> ErrorsAsync(Document document)
    {
        var model = (await document.GetSemanticModelAsync(reported.Cancellation).ConfigureAwait(false))!;
        var analysis = model.Compilation.WithAnalyzers([new FlowAnalyzer(), new DeclarationAnalyzer()]);
        var diagnostics = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, reported.Cancellation).ConfigureAwait(false);
        return diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
    }
}

using E3Gen.CodeFixes.Completion;
using E3Gen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Rename;

namespace E3Gen.Editor.Tests;

/// <summary>The services of Roslyn that an IDE calls, on a workspace in memory.</summary>
internal sealed class WorkspaceEditor : IEditor
{
    public async Task<IReadOnlyList<Remark>> DiagnosticsAsync(string text) =>
        [.. (await EditedProject.AnalyzeAsync(EditedProject.Create([text]))).Select(d => new Remark(d.Id, d.Location.SourceSpan))];

    public async Task<IReadOnlyList<string>> CompletionAsync(string marked) =>
        [.. (await Offered.CompletionAsync(marked)).Items.Select(i => i.DisplayText)];

    public async Task<string> HoverAsync(string marked)
    {
        var (document, caret) = Open(marked);
        var tooltip = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, caret);
        return string.Join("\n\n", tooltip!.Sections.Select(s => s.Text))
            .Replace('\u00a0', ' ').ReplaceLineEndings("\n"); // in code, Roslyn's spaces do not break and its lines end as on Windows
    }

    /// <summary>As IDEs do it, F12 leads from the declaration of a partial method to its body.</summary>
    public async Task<IReadOnlyList<string>> DefinitionsAsync(string marked)
    {
        var (document, caret) = Open(marked);
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(document, caret);
        symbol = (symbol as IMethodSymbol)?.PartialImplementationPart ?? symbol!;
        return [.. symbol.Locations.Select(l => l.SourceTree!.GetText().ToString()[l.SourceSpan.Start..])];
    }

    public async Task<IReadOnlyList<Choice>> LightBulbAsync(string marked)
    {
        var (document, caret) = Open(marked);
        var choices = new List<Choice>();
        foreach (var diagnostic in await EditedProject.AnalyzeAsync(document.Project))
        {
            foreach (var fix in Fixes().Where(f =>
                diagnostic.Location.SourceSpan.IntersectsWith(caret) && f.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                foreach (var action in await Bulb.OfferedAsync(fix, document.Project, diagnostic))
                {
                    choices.Add(new Choice(action.Title, EditedProject.Texts(await Bulb.ApplyAsync(document.Project, action)).Single()));
                }
            }
        }

        return choices;
    }

    public async Task<string> RenameAsync(string marked, string name)
    {
        var (document, caret) = Open(marked);
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(document, caret);
        var renamed = await Renamer.RenameSymbolAsync(document.Project.Solution, symbol!, new SymbolRenameOptions(), name);
        return EditedProject.Texts(renamed.GetProject(document.Project.Id)!).Single();
    }

    /// <summary>All that the assembly exports, as an IDE finds them.</summary>
    private static IEnumerable<CodeFixProvider> Fixes() =>
        typeof(IrrepsCompletion).Assembly.GetTypes()
            .Where(t => t.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
            .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!);

    private static (Document Document, int Caret) Open(string marked)
    {
        int caret = marked.IndexOf("$$", StringComparison.Ordinal);
        return (EditedProject.Create([marked.Remove(caret, 2)]).Documents.Single(), caret);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Tests.Support;

/// <summary>Clicks light bulbs.</summary>
internal static class Bulb
{
    /// <summary>Applies the choice of that title on the first diagnostic of a rule, and asserts that the text is as expected, the diagnostic is gone and everything compiles.</summary>
    public static async Task Fixes<TFix>(string rule, string title, string before, string after)
        where TFix : CodeFixProvider, new() => await Fixes<TFix>(rule, title, [before], [after]);

    public static async Task Fixes<TFix>(string rule, string title, string[] before, string[] after)
        where TFix : CodeFixProvider, new()
    {
        var project = EditedProject.Create(before);
        var diagnostics = await EditedProject.AnalyzeAsync(project);
        var offered = await OfferedAsync<TFix>(project, diagnostics.First(d => d.Id == rule));
        var action = offered.FirstOrDefault(a => a.Title == title);
        Assert.True(action is not null, $"Offered is not '{title}' but {string.Join(", ", offered.Select(a => $"'{a.Title}'"))}");
        var changed = await ApplyAsync(project, action!);
        await AssertFixedAsync(rule, after, changed);
        Assert.True(
            Misdeclared(await EditedProject.AnalyzeAsync(changed)) <= Misdeclared(diagnostics.Where(d => d.Id != rule)),
            "Another rule refuses what was chosen.");
    }

    /// <summary>Applies the first choice on the first diagnostic of a rule, and asserts that besides the text nothing of ours is left to say: no rule refuses what another offered.</summary>
    public static async Task FixesFirst<TFix>(string rule, string before, string after)
        where TFix : CodeFixProvider, new()
    {
        var project = EditedProject.Create([before]);
        var diagnostic = (await EditedProject.AnalyzeAsync(project)).First(d => d.Id == rule);
        var changed = await ApplyAsync(project, (await OfferedAsync<TFix>(project, diagnostic))[0]);
        Assert.Equal(after, EditedProject.Texts(changed).Single());
        Assert.DoesNotContain(await EditedProject.AnalyzeAsync(changed), d => d.Severity > DiagnosticSeverity.Info);
        Assert.Equal([], await EditedProject.ErrorsAsync(changed));
    }

    /// <summary>The titles that a fix offers on the first diagnostic of a rule.</summary>
    public static async Task<IEnumerable<string>> Offers<TFix>(string rule, params string[] sources)
        where TFix : CodeFixProvider, new()
    {
        var project = EditedProject.Create(sources);
        var diagnostic = (await EditedProject.AnalyzeAsync(project)).First(d => d.Id == rule);
        return (await OfferedAsync<TFix>(project, diagnostic)).Select(a => a.Title);
    }

    /// <summary>Applies a fix's first choice to every diagnostic of a rule at once, as "fix all in project" does.</summary>
    public static async Task FixesAll<TFix>(string rule, string[] before, string[] after)
        where TFix : CodeFixProvider, new()
    {
        var project = EditedProject.Create(before);
        var diagnostics = (await EditedProject.AnalyzeAsync(project)).Where(d => d.Id == rule).ToList();
        Assert.True(diagnostics.Count > 1, "Nothing to fix all of.");
        var first = (await OfferedAsync<TFix>(project, diagnostics[0]))[0];
        var context = new FixAllContext(
            project, new TFix(), FixAllScope.Project, first.EquivalenceKey!, [rule], new Known(diagnostics), CancellationToken.None);
        var action = await new TFix().GetFixAllProvider()!.GetFixAsync(context);
        var changed = await ApplyAsync(project, action!);
        await AssertFixedAsync(rule, after, changed);
    }

    /// <summary>Applies a refactoring at <c>$$</c> and asserts the text, that E3Gen has nothing to say about it and that it compiles.</summary>
    public static async Task Refactors<TRefactoring>(string title, string before, string after)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        var (project, actions) = await RefactoringsAsync<TRefactoring>(before);
        Assert.Equal([title], actions.Select(a => a.Title));
        var changed = await ApplyAsync(project, actions[0]);
        Assert.Equal(after, EditedProject.Texts(changed).Single());
        Assert.DoesNotContain(await EditedProject.AnalyzeAsync(changed), d => d.Severity > DiagnosticSeverity.Info); // a verdict is no objection
        Assert.Equal([], await EditedProject.ErrorsAsync(changed));
    }

    /// <summary>The refactorings offered at <c>$$</c>.</summary>
    public static async Task<(Project Project, List<CodeAction> Actions)> RefactoringsAsync<TRefactoring>(string marked)
        where TRefactoring : CodeRefactoringProvider, new()
    {
        int position = marked.IndexOf("$$", StringComparison.Ordinal);
        var project = EditedProject.Create([marked.Remove(position, 2)]);
        var actions = new List<CodeAction>();
        await new TRefactoring().ComputeRefactoringsAsync(
            new CodeRefactoringContext(project.Documents.Single(), new TextSpan(position, 0), actions.Add, CancellationToken.None));
        return (project, actions);
    }

    /// <summary>Errors of declarations; what bodies do with a declaration that was changed is not the light bulb's concern.</summary>
    private static int Misdeclared(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error && string.CompareOrdinal(d.Id, "E3G04") < 0);

    private static async Task AssertFixedAsync(string rule, string[] after, Project changed)
    {
        Assert.Equal(string.Join("\n", after), string.Join("\n", EditedProject.Texts(changed)));
        Assert.DoesNotContain(await EditedProject.AnalyzeAsync(changed), d => d.Id == rule);
        Assert.Equal([], await EditedProject.ErrorsAsync(changed));
    }

    private static Task<List<CodeAction>> OfferedAsync<TFix>(Project project, Diagnostic diagnostic)
        where TFix : CodeFixProvider, new() => OfferedAsync(new TFix(), project, diagnostic);

    /// <summary>What a fix offers on a diagnostic.</summary>
    public static async Task<List<CodeAction>> OfferedAsync(CodeFixProvider fix, Project project, Diagnostic diagnostic)
    {
        Assert.Contains(diagnostic.Id, fix.FixableDiagnosticIds);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        Assert.DoesNotContain(actions, a => string.IsNullOrEmpty(a.EquivalenceKey));
        return actions;
    }

    /// <summary>The project after an action.</summary>
    public static async Task<Project> ApplyAsync(Project project, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        return operation.ChangedSolution.GetProject(project.Id)!;
    }

    private sealed class Known(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellation) => Task.FromResult(diagnostics.AsEnumerable());

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellation) => Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellation) =>
            Task.FromResult(diagnostics.Where(d => d.Location.SourceTree?.FilePath == document.FilePath));
    }
}

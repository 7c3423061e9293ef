using E3Gen.CodeFixes.Editing;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Fixes;

/// <summary>
/// Where a value is something else than what is stated: states what it is, or, of a value that states something itself, what is wanted of
/// it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
internal sealed class RestateIrreps() : Fix(FlowRules.Argument.Id, FlowRules.Return.Id, FlowRules.Assignment.Id)
{
    /// <summary>None: others rely on what is stated, and one mistake must not state away all that it led to.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    protected override async Task<IEnumerable<CodeAction>> OfferAsync(Reported reported)
    {
        var choices = new Choices(nameof(RestateIrreps));
        var review = new Review(reported);
        if (reported.Suggests(Suggestion.Irreps) is { } actual)
        {
            // The last of the places involved is where the statement is.
            var place = reported.Diagnostic.AdditionalLocations.LastOrDefault();
            await OfferStatementAsync(place, actual, "State").ConfigureAwait(false);
        }

        if (await reported.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } value)
        {
            return choices.All;
        }

        if (value.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Assumption.Method } access
            && access.Parent is InvocationExpressionSyntax assumed
            && reported.Suggests(Suggestion.Irreps) is { } known)
        {
            var changed = reported.Replace(assumed, value.WithTriviaFrom(assumed));
            string title = $"Leave .{Assumption.Method} out: it is known to be {known}";
            await choices.AddAcceptedAsync(title, changed, "Leave", review).ConfigureAwait(false);
        }

        var model = await reported.ModelAsync().ConfigureAwait(false);
        var origin = model.GetSymbolInfo(value, reported.Cancellation).Symbol;
        if (reported.Suggests(Suggestion.Wanted) is { } wanted && origin is IParameterSymbol or IFieldSymbol or IPropertySymbol)
        {
            await OfferStatementAsync(origin.Locations.FirstOrDefault(), wanted, "Take").ConfigureAwait(false);
        }

        return choices.All;

        async Task OfferStatementAsync(Location? location, string irreps, string kind)
        {
            var solution = reported.Document.Project.Solution;
            if (await Statement.FindAsync(solution, location, reported.Cancellation).ConfigureAwait(false) is { } statement)
            {
                string name = location!.SourceTree!.GetText(reported.Cancellation).ToString(location.SourceSpan);
                string title = $"State that '{name}' is {irreps}";
                await choices.AddAcceptedAsync(title, statement.With(irreps), kind, review).ConfigureAwait(false);
            }
        }
    }
}

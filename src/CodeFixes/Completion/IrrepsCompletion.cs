using System.Collections.Immutable;
using System.Text.RegularExpressions;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Completion;

/// <summary>
/// Completes strings that hold irreps, also in constants: irreps after a multiplicity or at the start of a term, <c>@Operation</c> for what another operation of
/// the class yields, <c>.Input</c> for what it takes; in a [Path] the irreps of its product.
/// </summary>
[ExportCompletionProvider(nameof(IrrepsCompletion), LanguageNames.CSharp)]
internal sealed class IrrepsCompletion : CompletionProvider
{
    private const int HighestDegree = 4; // beyond that nobody needs a list
    private const string Description = "Description";

    /// <summary>What of the word before the caret is replaced: "@Op", or the name after a dot, or what follows the x of a multiplicity.</summary>
    private static readonly Regex Word = new(@"(?:@(?<operation>\w+)\.(?<member>\w*)|(?<reference>@\w*)|(?:(?<copies>\d+)\s*[x×]\s*)?(?<irrep>\d*[eoy]?))$", RegexOptions.CultureInvariant);

    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind != CompletionTriggerKind.Insertion || trigger.Character is '@' or '.' or '"' or '+' or ' ' or 'x' or '>' || char.IsDigit(trigger.Character);

    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var (document, position, cancellation) = (context.Document, context.Position, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root?.FindToken(position) is not { Parent: LiteralExpressionSyntax literal } token
            || !literal.IsKind(SyntaxKind.StringLiteralExpression)
            || position <= token.SpanStart
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await IrrepsPlace.FindAsync(literal, model, document, cancellation).ConfigureAwait(false) is not { } place)
        {
            return;
        }

        string before = token.Text.Substring(0, position - token.SpanStart);
        before = before.Substring(before.LastIndexOf('"') + 1);
        var word = Word.Match(before);
        if (place.Syntax == "IrrepsPath")
        {
            AddPath(context, place, before);
        }
        else if (word.Groups["operation"].Success)
        {
            AddMember(context, place, token.ValueText, word.Groups["operation"].Value);
        }
        else
        {
            if (!word.Groups["reference"].Success)
            {
                AddIrreps(context, place, token.ValueText, int.TryParse(word.Groups["copies"].Value, out int copies) ? copies : 1);
            }

            AddOperations(context, place, token.ValueText);
        }

        var replaced = new[] { "member", "reference", "irrep" }.Select(g => word.Groups[g]).First(g => g.Success);
        context.CompletionListSpan = TextSpan.FromBounds(position - replaced.Length, position);
    }

    public override Task<CompletionDescription?> GetDescriptionAsync(Document document, CompletionItem item, CancellationToken cancellationToken) =>
        Task.FromResult(item.Properties.TryGetValue(Description, out string? text) ? CompletionDescription.FromText(text) : null);

    private static void AddIrreps(CompletionContext context, IrrepsPlace place, string text, int copies)
    {
        foreach (var irrep in Irrep.Iterator(HighestDegree).Where(i => Allowed.Irrep(place, text, i)))
        {
            Add(context, $"{irrep}", $"{Descriptions.Order(irrep):d2}", WellKnownTags.Constant, Descriptions.Short(irrep), Descriptions.Of(irrep, copies));
        }
    }

    private static void AddPath(CompletionContext context, IrrepsPlace place, string before)
    {
        foreach (var entry in PathIrreps.At(place, before, context.CancellationToken).GroupBy(e => e.Irrep))
        {
            Add(context, $"{entry.Key}", $"{Descriptions.Order(entry.Key):d2}", WellKnownTags.Constant, Describe.Sum(entry), Descriptions.Of(entry.Key, entry.Sum(e => e.Multiplicity)));
        }
    }

    private static void AddOperations(CompletionContext context, IrrepsPlace place, string text)
    {
        foreach (string name in Operations(place, context.CancellationToken, out var models))
        {
            models.TryGetValue(name, out var model);
            if (Known(model)?.Output is not { } output)
            {
                Add(context, $"@{name}", $"@{name}", WellKnownTags.Method, $"what {name} yields", $"What {name} yields; its declaration has errors");
            }
            else if (output.All(e => Allowed.Irrep(place, text, e.Irrep)))
            {
                Add(context, $"@{name}", $"@{name}", WellKnownTags.Method, $"what {name} yields", $"What {name} yields: {Descriptions.Of(output)}");
            }
        }
    }

    private static void AddMember(CompletionContext context, IrrepsPlace place, string text, string operation)
    {
        if (Operations(place, context.CancellationToken, out var models).Contains(operation))
        {
            models.TryGetValue(operation, out var model);
            var input = Known(model)?.Input;
            if (input is null || input.All(e => Allowed.Irrep(place, text, e.Irrep)))
            {
                Add(context, "Input", "Input", WellKnownTags.Property, $"what {operation} takes", $"What {operation} takes{(input is null ? "" : $": {Descriptions.Of(input)}")}");
            }
        }
    }

    private static IEnumerable<string> Operations(IrrepsPlace place, CancellationToken cancellation, out IReadOnlyDictionary<string, OperationModel> models)
    {
        var references = Allowed.References(place) ? References.At(place, cancellation) : null;
        models = references?.Models ?? ImmutableDictionary<string, OperationModel>.Empty;
        return references?.Names ?? [];
    }

    private static OperationModel? Known(OperationModel? model) => model is InvalidOperationModel ? null : model;

    private static void Add(CompletionContext context, string text, string order, string tag, string beside, string description) => context.AddItem(CompletionItem.Create(
        text,
        sortText: order,
        properties: ImmutableDictionary<string, string>.Empty.Add(Description, description),
        tags: [tag],
        inlineDescription: beside));
}

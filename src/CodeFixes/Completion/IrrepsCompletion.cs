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
/// Completes strings that hold irreps, also in constants: irreps after a multiplicity or at the start of a term, <c>@Operation</c> for what
/// another operation of the class yields, <c>.Input</c> for what it takes; in a [Path] the irreps of its product.
/// </summary>
[ExportCompletionProvider(nameof(IrrepsCompletion), LanguageNames.CSharp)]
internal sealed class IrrepsCompletion : CompletionProvider
{
    private const int HighestDegree = 4; // beyond that nobody needs a list
    private const string Description = "Description";

    /// <summary>
    /// What of the word before the caret is replaced: "@Op", or the name after a dot, or what follows the x of a multiplicity.
    /// </summary>
    private static readonly Regex Word = new(
        @"(?:@(?<operation>\w+)\.(?<member>\w*)|(?<reference>@\w*)|(?:(?<copies>\d+)\s*[x×]\s*)?(?<irrep>\d*[eoy]?))$",
        RegexOptions.CultureInvariant);

    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind != CompletionTriggerKind.Insertion
        || trigger.Character is '@' or '.' or '"' or '+' or ' ' or 'x' or '>'
        || char.IsDigit(trigger.Character);

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

    public override Task<CompletionDescription?> GetDescriptionAsync(
        Document document, CompletionItem item, CancellationToken cancellationToken) =>
        Task.FromResult(item.Properties.TryGetValue(Description, out string? text) ? CompletionDescription.FromText(text) : null);

    private static void AddIrreps(CompletionContext context, IrrepsPlace place, string text, int copies)
    {
        foreach (var irrep in Irrep.Iterator(HighestDegree).Where(i => Allowed.Irrep(place, text, i)))
        {
            Add(context, irrep, Descriptions.Short(irrep), copies);
        }
    }

    private static void AddPath(CompletionContext context, IrrepsPlace place, string before)
    {
        foreach (var entry in PathIrreps.At(place, before, context.CancellationToken).GroupBy(e => e.Irrep))
        {
            Add(context, entry.Key, Describe.Sum(entry), entry.Sum(e => e.Multiplicity));
        }
    }

    private static void AddOperations(CompletionContext context, IrrepsPlace place, string text)
    {
        foreach (string name in Operations(place, context.CancellationToken, out var models))
        {
            models.TryGetValue(name, out var model);
            AddReference(context, place, text, ($"@{name}", WellKnownTags.Method), $"what {name} yields", Known(model)?.Output);
        }
    }

    private static void AddMember(CompletionContext context, IrrepsPlace place, string text, string operation)
    {
        if (Operations(place, context.CancellationToken, out var models).Contains(operation))
        {
            models.TryGetValue(operation, out var model);
            AddReference(context, place, text, ("Input", WellKnownTags.Property), $"what {operation} takes", Known(model)?.Input);
        }
    }

    /// <summary>Irreps by name; of operations with errors they are not known, and nothing speaks against them.</summary>
    private static void AddReference(
        CompletionContext context, IrrepsPlace place, string text, (string Text, string Tag) item, string meaning, Irreps? irreps)
    {
        if (irreps?.All(e => Allowed.Irrep(place, text, e.Irrep)) != false)
        {
            string description = irreps is null ? "; its declaration has errors" : $": {Descriptions.Of(irreps)}";
            Add(context, item.Text, item.Text, item.Tag, meaning, $"W{meaning.Substring(1)}{description}");
        }
    }

    private static IEnumerable<string> Operations(
        IrrepsPlace place, CancellationToken cancellation, out IReadOnlyDictionary<string, OperationModel> models)
    {
        var references = Allowed.References(place) ? References.At(place, cancellation) : null;
        models = references?.Models ?? ImmutableDictionary<string, OperationModel>.Empty;
        return references?.Names ?? [];
    }

    private static OperationModel? Known(OperationModel? model) => model is InvalidOperationModel ? null : model;

    private static void Add(CompletionContext context, Irrep irrep, string beside, int copies) =>
        Add(context, $"{irrep}", $"{Descriptions.Order(irrep):d2}", WellKnownTags.Constant, beside, Descriptions.Of(irrep, copies));

    private static void Add(CompletionContext context, string text, string order, string tag, string beside, string description)
    {
        var properties = ImmutableDictionary<string, string>.Empty.Add(Description, description);
        context.AddItem(CompletionItem.Create(text, sortText: order, properties: properties, tags: [tag], inlineDescription: beside));
    }
}

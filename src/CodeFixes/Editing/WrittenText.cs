using E3Gen.CodeFixes.Fixes;
using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Editing;

/// <summary>
/// The characters of a string that a rule is about, where they are written: in a literal of any form, perhaps that of a constant in another file.
/// </summary>
internal sealed class WrittenText
{
    private readonly Document _document;
    private readonly SourceText _source;
    private readonly TextSpan _span;

    private WrittenText(Document document, SourceText source, TextSpan span, string value) =>
        (_document, _source, _span, Value) = (document, source, span, value);

    public string Value { get; }

    /// <summary>Null where the source does not read as the value does (escapes, terms glued from several strings), or is not the user's.</summary>
    public static async Task<WrittenText?> FindAsync(Reported reported)
    {
        if (reported.Suggests(Suggestion.Text) is not { } value
            || reported.Diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } location, ..]
            || reported.Document.Project.Solution.GetDocument(tree) is not { } document
            || document is SourceGeneratedDocument)
        {
            return null;
        }

        var source = await document.GetTextAsync(reported.Cancellation).ConfigureAwait(false);
        return source.ToString(location.SourceSpan) == value ? new WrittenText(document, source, location.SourceSpan, value) : null;
    }

    public Solution Replace(string text) => With(_span, text);

    /// <summary>
    /// The solution without the term and the '+' that joins it to its neighbours; null where no '+' stands beside it in the same literal.
    /// A '+' too many goes alone.
    /// </summary>
    public Solution? Remove() => Removed() is { } span ? With(span, "") : null;

    private Solution With(TextSpan span, string text) =>
        _document.Project.Solution.WithDocumentText(_document.Id, _source.Replace(span, text));

    private TextSpan? Removed()
    {
        int left = Before(_span.Start), right = After(_span.End);
        if (Value == "+")
        {
            // With the spaces on its left, or, at the start of the literal, with those on its right.
            return _source[left - 1] == '"' ? TextSpan.FromBounds(left, right) : TextSpan.FromBounds(left, _span.End);
        }

        if (_source[left - 1] == '+')
        {
            return TextSpan.FromBounds(Before(left - 1), _span.End);
        }

        return _source[right] == '+' ? TextSpan.FromBounds(_span.Start, After(right + 1)) : null;
    }

    // A literal has quotes around it: neither search leaves the text.
    private int Before(int position)
    {
        while (char.IsWhiteSpace(_source[position - 1]))
        {
            position--;
        }

        return position;
    }

    private int After(int position)
    {
        while (char.IsWhiteSpace(_source[position]))
        {
            position++;
        }

        return position;
    }
}

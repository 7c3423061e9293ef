using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.CodeFixes.Editing;

/// <summary>The characters of a string that a rule is about, where they are written: in a literal of any form, perhaps that of a constant in another file.</summary>
internal sealed class WrittenText
{
    private readonly Document _document;
    private readonly SourceText _source;

    private WrittenText(Document document, SourceText source, TextSpan span, string value) => (_document, _source, Span, Value) = (document, source, span, value);

    public TextSpan Span { get; }

    public string Value { get; }

    /// <summary>Null where the source does not read as the value does (escapes, terms glued from several strings), or is not the user's.</summary>
    public static async Task<WrittenText?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (!diagnostic.Properties.TryGetValue(Suggestion.Text, out string? value)
            || diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } location, ..]
            || document.Project.Solution.GetDocument(tree) is not { } written
            || written is SourceGeneratedDocument)
        {
            return null;
        }

        var source = await written.GetTextAsync(cancellation).ConfigureAwait(false);
        return source.ToString(location.SourceSpan) == value ? new WrittenText(written, source, location.SourceSpan, value!) : null;
    }

    public Solution Replace(string text) => With(Span, text);

    /// <summary>
    /// The solution without the term and the '+' that joins it to its neighbours; null where no '+' stands beside it in the same literal.
    /// A '+' too many goes alone.
    /// </summary>
    public Solution? Remove() => Removed() is { } span ? With(span, "") : null;

    private Solution With(TextSpan span, string text) =>
        _document.Project.Solution.WithDocumentText(_document.Id, _source.Replace(span, text));

    private TextSpan? Removed()
    {
        int left = Before(Span.Start), right = After(Span.End);
        if (Value == "+")
        {
            // With the spaces on its left, or, at the start of the literal, with those on its right.
            return left == 0 || _source[left - 1] == '"' ? TextSpan.FromBounds(left, right) : TextSpan.FromBounds(left, Span.End);
        }

        if (left > 0 && _source[left - 1] == '+')
        {
            return TextSpan.FromBounds(Before(left - 1), Span.End);
        }

        return right < _source.Length && _source[right] == '+' ? TextSpan.FromBounds(Span.Start, After(right + 1)) : null;
    }

    private int Before(int position)
    {
        while (position > 0 && char.IsWhiteSpace(_source[position - 1]))
        {
            position--;
        }

        return position;
    }

    private int After(int position)
    {
        while (position < _source.Length && char.IsWhiteSpace(_source[position]))
        {
            position++;
        }

        return position;
    }
}

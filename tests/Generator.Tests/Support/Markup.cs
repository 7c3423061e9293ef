using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Tests.Support;

/// <summary>A source in which <c>[|…|]</c> marks characters that a diagnostic must point at; an empty pair marks a place between characters.</summary>
/// <param name="Text">The source without marks.</param>
/// <param name="Spans">What was marked, in order.</param>
public sealed record Markup(string Text, IReadOnlyList<TextSpan> Spans)
{
    public static Markup Parse(string marked)
    {
        var spans = new List<TextSpan>();
        string text = "";
        int at = 0;
        for (int open = marked.IndexOf("[|", StringComparison.Ordinal); open >= 0; open = marked.IndexOf("[|", at, StringComparison.Ordinal))
        {
            int close = marked.IndexOf("|]", open, StringComparison.Ordinal);
            text += marked[at..open];
            spans.Add(new TextSpan(text.Length, close - open - 2));
            text += marked[(open + 2)..close];
            at = close + 2;
        }

        return new Markup(text + marked[at..], spans);
    }
}

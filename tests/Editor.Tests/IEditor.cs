using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Editor.Tests;

/// <summary>What a person does in an editor with the one file of a project. <c>$$</c> in a marked text is the caret.</summary>
public interface IEditor
{
    /// <summary>What our analyzers say about the text, in the order of places.</summary>
    Task<IReadOnlyList<Remark>> DiagnosticsAsync(string text);

    /// <summary>The titles in the list that completion opens.</summary>
    Task<IReadOnlyList<string>> CompletionAsync(string marked);

    /// <summary>The text of the tooltip.</summary>
    Task<string> HoverAsync(string marked);

    /// <summary>The sources that F12 leads to, each from the place that it leads to.</summary>
    Task<IReadOnlyList<string>> DefinitionsAsync(string marked);

    /// <summary>What the light bulb offers, and the text after each choice.</summary>
    Task<IReadOnlyList<Choice>> LightBulbAsync(string marked);

    /// <summary>The text after F2 and a new name.</summary>
    Task<string> RenameAsync(string marked, string name);
}

/// <summary>A diagnostic: its rule and its characters.</summary>
public sealed record Remark(string Id, TextSpan Span);

/// <summary>One line of a light bulb.</summary>
public sealed record Choice(string Title, string After);

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Tests.Support;

/// <summary>Asserts what E3Gen says about a source, where, and in which words: exactly that and nothing else.</summary>
public static class Diagnose
{
    /// <summary>Members of a module; see <see cref="Source"/>.</summary>
    public static void Members(string id, string? message, string members, params string[] compilerErrors) =>
        Sources(id, message, [Sample.Module(members)], compilerErrors);

    /// <summary>Arguments of a network's attribute; see <see cref="Source"/>.</summary>
    public static void Network(string id, string? message, string arguments) => Sources(id, message, [Sample.Network(arguments)], []);

    /// <summary>A whole file, usings aside; see <see cref="Sources"/>.</summary>
    public static void Source(string id, string? message, string source, params string[] compilerErrors) =>
        Sources(id, message, [Sample.Usings + source], compilerErrors);

    /// <summary>
    /// Each <c>[|…|]</c> in the sources must be what one diagnostic of this ID points at, character by character; there must be no other diagnostic of E3Gen's, and of the
    /// compiler's errors only these, each at least once, and none in what is generated.
    /// </summary>
    /// <param name="id">ID of the rule.</param>
    /// <param name="message">The exact message of every one; null where a test is only about places.</param>
    /// <param name="sources">Files with marks.</param>
    /// <param name="compilerErrors">IDs of the compiler's errors.</param>
    public static void Sources(string id, string? message, IReadOnlyList<string> sources, IReadOnlyList<string> compilerErrors)
    {
        var files = sources.Select(Markup.Parse).ToList();
        var compiled = TestCompiler.Compile(new ProjectSettings(), files.Select(f => f.Text));
        var expected = files.SelectMany((file, i) => file.Spans.Select(span => Describe(TestCompiler.PathOf(i), file.Text, span, id, message ?? "")));
        var actual = compiled.Reported.Select(d => Describe(
            d.Location.SourceTree!.FilePath, d.Location.SourceTree.ToString(), d.Location.SourceSpan, d.Id, message is null ? "" : d.GetMessage()));
        string wanted = string.Join("\n", expected.Order()), reported = string.Join("\n", actual.Order());
        Assert.True(wanted == reported, $"Expected\n{wanted}\nbut reported was\n{reported}");
        Assert.Equal(compilerErrors.Order(), compiled.Errors.Select(d => d.Id).Distinct().Order());
        Assert.Equal([], compiled.Errors.Where(d => files.TrueForAll(f => f.Text != d.Location.SourceTree?.ToString())).Select(d => d.ToString()));
    }

    /// <summary>No diagnostic of E3Gen's and no error of the compiler's.</summary>
    public static void Nothing(string source)
    {
        var compiled = TestCompiler.Compile(source);
        Assert.Equal([], compiled.Reported.Select(d => d.ToString()));
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
    }

    private static string Describe(string path, string text, TextSpan span, string id, string message) =>
        $"{path}:{span.Start:D5}+{span.Length} '{text.Substring(span.Start, span.Length)}' {id} {message}";
}

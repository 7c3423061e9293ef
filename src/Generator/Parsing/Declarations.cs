using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// All declarations of a project: its sources without bodies, its references and options. Two projects with equal declarations have the same models;
/// a keystroke inside a method changes nothing here.
/// </summary>
internal sealed class Declarations
{
    private static readonly ConditionalWeakTable<Compilation, Declarations> Known = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string> Texts = new();

    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly IReadOnlyList<MetadataReference> _references;
    private readonly IReadOnlyList<(string Text, ParseOptions Options)> _sources;

    private Declarations(Compilation compilation, CancellationToken cancellation)
    {
        _assembly = compilation.AssemblyName;
        _options = compilation.Options;
        _references = [.. compilation.References];
        _sources = [.. compilation.SyntaxTrees.Select(t => (TextOf(t, cancellation), t.Options))];
    }

    public static Declarations Of(Compilation compilation, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(compilation, out var declarations))
        {
            declarations = Known.GetValue(compilation, c => new Declarations(c, cancellation));
        }

        return declarations;
    }

    /// <summary>Compares; what has not been typed in is the same object.</summary>
    public bool Agrees(Declarations other) => ReferenceEquals(this, other)
        || (_assembly == other._assembly
            && _options.Equals(other._options)
            && _references.SequenceEqual(other._references)
            && _sources.SequenceEqual(other._sources));

    private static string TextOf(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Texts.TryGetValue(tree, out string? text))
        {
            var builder = new StringBuilder();
            Write(tree.GetRoot(cancellation), builder);
            text = Texts.GetValue(tree, _ => builder.ToString());
        }

        return text;
    }

    private static void Write(SyntaxNode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is not { } part)
            {
                Write(child.AsToken(), text);
            }
            else if (part is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax)
            {
                text.Append("{ } ");
                Write(part.DescendantTrivia(), text);
            }
            else
            {
                Write(part, text);
            }
        }
    }

    private static void Write(SyntaxToken token, StringBuilder text)
    {
        Write(token.LeadingTrivia, text);
        text.Append(token.Text).Append(' ');
        Write(token.TrailingTrivia, text);
    }

    /// <summary>Directives, which mean something for what follows, and documentation, which the generated half repeats.</summary>
    private static void Write(IEnumerable<SyntaxTrivia> trivia, StringBuilder text)
    {
        foreach (var one in trivia)
        {
            if (one.HasStructure)
            {
                text.Append(one.ToFullString()).Append('\n');
            }
        }
    }
}

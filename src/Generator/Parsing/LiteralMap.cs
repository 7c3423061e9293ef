using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// Maps positions in the value of a constant string expression back to the characters of the source: through regular, verbatim and raw literals, escapes,
/// concatenation and constant interpolation, and on request through constants into their declaration.
/// </summary>
internal sealed class LiteralMap
{
    private static readonly Lazy<LiteralMap?> NoDeclaration = new(() => null);

    private readonly List<Piece> _pieces = [];
    private readonly ExpressionSyntax _expression;
    private readonly string _value;

    private LiteralMap(ExpressionSyntax expression, string value) => (_expression, _value) = (expression, value);

    public static LiteralMap Create(ExpressionSyntax expression, string value, SemanticModel model, CancellationToken cancellation)
    {
        var map = new LiteralMap(expression, value);
        map.Add(expression, model, cancellation);
        if (string.Concat(map._pieces.Select(p => p.Value)) != value)
        {
            map._pieces.Clear(); // an expression that we do not understand: point at the whole of it
        }

        return map;
    }

    /// <summary>The source of <c>value[start .. start + length]</c>.</summary>
    /// <param name="intoConstants">Where that part comes from a constant: point into the constant's own literal instead of at its use.</param>
    public Location Locate(int start, int length, bool intoConstants)
    {
        TextSpan? span = null;
        SyntaxTree? tree = null;
        int offset = 0;
        bool apart = false;
        foreach (var piece in _pieces)
        {
            int from = Math.Max(start, offset), to = Math.Min(start + length, offset + piece.Value.Length);
            bool inside = from < to || (length == 0 && start >= offset && start <= offset + piece.Value.Length);
            if (inside)
            {
                bool elsewhere = intoConstants && piece.Declaration.Value is not null;
                if (tree is not null && (elsewhere || apart))
                {
                    break; // the characters lie in several constants: the first is where to look
                }

                var (pieceTree, pieceSpan) = piece.Locate(from - offset, Math.Max(0, to - from), intoConstants);
                (tree, apart) = (pieceTree, elsewhere);
                span = span is { } s ? TextSpan.FromBounds(Math.Min(s.Start, pieceSpan.Start), Math.Max(s.End, pieceSpan.End)) : pieceSpan;
            }

            offset += piece.Value.Length;
        }

        return tree is null || span is null ? _expression.GetLocation() : Location.Create(tree, span.Value);
    }

    private void Add(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                Add(parenthesized.Expression, model, cancellation);
                return;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                // Sums lean to the left, as deep as there are terms.
                var terms = new Stack<ExpressionSyntax>();
                ExpressionSyntax first = sum;
                for (; first is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } rest; first = rest.Left)
                {
                    terms.Push(rest.Right);
                }

                foreach (var term in terms.Prepend(first))
                {
                    Add(term, model, cancellation);
                }

                return;
            case LiteralExpressionSyntax { Token.Value: string value } literal:
                _pieces.Add(new Piece(value, literal.SyntaxTree, literal.Token.Span, LiteralCharacters.Spans(literal.Token), NoDeclaration));
                return;
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (var content in interpolated.Contents)
                {
                    AddInterpolated(content, model, cancellation);
                }

                return;
        }

        if (model.GetConstantValue(expression, cancellation) is { HasValue: true, Value: { } constant })
        {
            string text = Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture) ?? "";
            _pieces.Add(new Piece(text, expression.SyntaxTree, expression.Span, null, new(() => Declaration(expression, text, model, cancellation))));
        }
    }

    private void AddInterpolated(InterpolatedStringContentSyntax content, SemanticModel model, CancellationToken cancellation)
    {
        if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole)
        {
            Add(hole.Expression, model, cancellation);
        }
        else if (content is InterpolatedStringTextSyntax { TextToken: var token } && token.Text == token.ValueText)
        {
            var spans = Enumerable.Range(token.SpanStart, token.Text.Length).Select(i => new TextSpan(i, 1)).ToImmutableArray();
            _pieces.Add(new Piece(token.ValueText, token.SyntaxTree!, token.Span, spans, NoDeclaration));
        }
    }

    /// <summary>The map of the constant's own initialiser, where that is in this compilation.</summary>
    private static LiteralMap? Declaration(ExpressionSyntax use, string value, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(use, cancellation).Symbol is not IFieldSymbol { IsConst: true } field
            || field.DeclaringSyntaxReferences is not [var reference, ..]
            || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } initialiser }
            || !model.Compilation.ContainsSyntaxTree(initialiser.SyntaxTree))
        {
            return null;
        }

#pragma warning disable RS1030 // The constant may be declared in another file, whose semantic model nobody hands us.
        var declarationModel = initialiser.SyntaxTree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(initialiser.SyntaxTree);
#pragma warning restore RS1030
        return Create(initialiser, value, declarationModel, cancellation);
    }

    /// <param name="Value">Its part of the value.</param>
    /// <param name="Tree">The file that it stands in.</param>
    /// <param name="Whole">Its place there.</param>
    /// <param name="Characters">The place of each character; null where it is no literal.</param>
    /// <param name="Declaration">The map of a constant's own initialiser: made when it is asked for, since constants of constants can double at every step.</param>
    private sealed record Piece(string Value, SyntaxTree Tree, TextSpan Whole, ImmutableArray<TextSpan>? Characters, Lazy<LiteralMap?> Declaration)
    {
        public (SyntaxTree Tree, TextSpan Span) Locate(int start, int length, bool intoConstants)
        {
            if (intoConstants && Declaration.Value is { } declaration)
            {
                var location = declaration.Locate(start, length, intoConstants);
                return (location.SourceTree!, location.SourceSpan);
            }

            if (Characters is not { IsEmpty: false } spans || spans.Length != Value.Length)
            {
                return (Tree, Whole);
            }

            if (length > 0)
            {
                return (Tree, TextSpan.FromBounds(spans[start].Start, spans[start + length - 1].End));
            }

            int at = start < spans.Length ? spans[start].Start : spans[spans.Length - 1].End;
            return (Tree, new TextSpan(at, 0));
        }
    }
}

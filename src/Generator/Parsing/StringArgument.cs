using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>A constant string in an attribute, which knows where each of its characters stands in the source. Locations are computed only when something is reported.</summary>
internal sealed class StringArgument(string value, ExpressionSyntax expression, Compilation compilation, CancellationToken cancellation)
{
    private LiteralMap? _map;

    public string Value { get; } = value;

    /// <summary>Source of part of the value. A mistake in the string itself is shown in the constant that holds it; anything else where the string is used.</summary>
    public Location Locate(TextSpan part, bool intoConstants = false)
    {
        if (!compilation.ContainsSyntaxTree(expression.SyntaxTree))
        {
            return Location; // a module of another project, open beside this one: what is wrong in it is reported there
        }

#pragma warning disable RS1030 // The attribute may stand in another file of a partial class, whose semantic model nobody hands us.
        _map ??= LiteralMap.Create(expression, Value, compilation.GetSemanticModel(expression.SyntaxTree), cancellation);
#pragma warning restore RS1030
        return _map.Locate(part.Start, part.Length, intoConstants);
    }

    public Location Location => expression.GetLocation();
}

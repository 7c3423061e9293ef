using System.Text;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Torch;

/// <summary>
/// One line that names an overload of TorchSharp, such as <c>Tensor.sum(long dim, bool keepdim, ScalarType? type)</c>: the key of
/// <see cref="OperationTable"/>. Types nested in <c>torch</c> are written without it, and namespaces are omitted except <c>Modules</c>; nullable
/// references are not distinguished from others.
/// </summary>
internal static class OverloadName
{
    private const string Modules = "Modules";

    private static readonly SymbolDisplayFormat Types = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>
    /// The name of a method, an operator, a constructor or an accessor; of whichever construction of a generic one,
    /// and of an extension method as declared.
    /// </summary>
    public static string Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        var name = new StringBuilder(96);
        AppendType(name, method.ContainingType);
        name.Append('.');
        switch (method.MethodKind)
        {
            case MethodKind.PropertyGet or MethodKind.PropertySet when method.AssociatedSymbol is IPropertySymbol property:
                name.Append(method.MethodKind == MethodKind.PropertyGet ? "get " : "set ");
                if (property.IsIndexer)
                {
                    name.Append("this");
                    AppendParameters(name, '[', property.Parameters, ']');
                }
                else
                {
                    name.Append(property.Name);
                }

                break;
            case MethodKind.Conversion:
                name.Append(method.Name == WellKnownMemberNames.ImplicitConversionName ? "implicit operator " : "explicit operator ")
                    .Append(Display(method.ReturnType));
                AppendParameters(name, '(', method.Parameters, ')');
                break;
            case MethodKind.UserDefinedOperator or MethodKind.BuiltinOperator:
                name.Append("operator ").Append(Token(method.Name));
                AppendParameters(name, '(', method.Parameters, ')');
                break;
            default:
                name.Append(method.Name);
                AppendTypeParameters(name, method.TypeParameters);
                AppendParameters(name, '(', method.Parameters, ')');
                break;
        }

        return name.ToString();
    }

    private static void AppendType(StringBuilder name, INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            if (outer.ContainingType is not null || outer.Name != "torch")
            {
                AppendType(name, outer);
                name.Append('.');
            }
        }
        else if (type.ContainingNamespace.Name == Modules)
        {
            name.Append(Modules).Append('.');
        }

        name.Append(type.Name);
        AppendTypeParameters(name, type.TypeParameters);
    }

    private static void AppendTypeParameters(StringBuilder name, IReadOnlyList<ITypeParameterSymbol> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            name.Append(i == 0 ? "<" : ", ").Append(parameters[i].Name).Append(i == parameters.Count - 1 ? ">" : "");
        }
    }

    private static void AppendParameters(StringBuilder name, char open, IReadOnlyList<IParameterSymbol> parameters, char close)
    {
        name.Append(open);
        for (int i = 0; i < parameters.Count; i++)
        {
            name.Append(i == 0 ? "" : ", ").Append(Display(parameters[i]));
        }

        name.Append(close);
    }

    private static string Display(ISymbol symbol) => symbol.ToDisplayString(Types);

    private static string Token(string metadataName) => metadataName switch
    {
        WellKnownMemberNames.AdditionOperatorName or WellKnownMemberNames.UnaryPlusOperatorName => "+",
        WellKnownMemberNames.SubtractionOperatorName or WellKnownMemberNames.UnaryNegationOperatorName => "-",
        WellKnownMemberNames.MultiplyOperatorName => "*",
        WellKnownMemberNames.DivisionOperatorName => "/",
        WellKnownMemberNames.ModulusOperatorName => "%",
        WellKnownMemberNames.BitwiseAndOperatorName => "&",
        WellKnownMemberNames.BitwiseOrOperatorName => "|",
        WellKnownMemberNames.ExclusiveOrOperatorName => "^",
        WellKnownMemberNames.OnesComplementOperatorName => "~",
        WellKnownMemberNames.LogicalNotOperatorName => "!",
        WellKnownMemberNames.LeftShiftOperatorName => "<<",
        WellKnownMemberNames.RightShiftOperatorName => ">>",
        WellKnownMemberNames.EqualityOperatorName => "==",
        WellKnownMemberNames.InequalityOperatorName => "!=",
        WellKnownMemberNames.LessThanOperatorName => "<",
        WellKnownMemberNames.LessThanOrEqualOperatorName => "<=",
        WellKnownMemberNames.GreaterThanOperatorName => ">",
        WellKnownMemberNames.GreaterThanOrEqualOperatorName => ">=",
        WellKnownMemberNames.TrueOperatorName => "true",
        WellKnownMemberNames.FalseOperatorName => "false",
        _ => metadataName,
    };
}

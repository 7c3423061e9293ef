using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Reads an attribute's arguments by name, constructor parameters and properties alike, with their source.</summary>
internal sealed class AttributeReader(AttributeData data, Compilation compilation, CancellationToken cancellation)
{
    private readonly AttributeSyntax? _syntax = data.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>The attribute's name as users write it, without brackets.</summary>
    public string Name { get; } = Shorten(data.AttributeClass?.Name ?? "");

    public Location Location => _syntax?.GetLocation() ?? Location.None;

    public bool Has(string name) => data.NamedArguments.Any(a => a.Key == name);

    public T Get<T>(string name, T fallback)
    {
        foreach (var argument in data.NamedArguments)
        {
            if (argument.Key == name)
            {
                return Convert(argument.Value, fallback);
            }
        }

        int index = Parameters.IndexOf(name);
        return index >= 0 && index < data.ConstructorArguments.Length ? Convert(data.ConstructorArguments[index], fallback) : fallback;
    }

    /// <summary>Whether the compiler rejects the argument (not a constant, wrong type, malformed, missing): it says so itself.</summary>
    public bool IsRejected(string name)
    {
        int index = Parameters.IndexOf(name);
        return data.AttributeConstructor is null
            || Expression(name)?.ContainsDiagnostics == true
            || data.NamedArguments.Any(a => a.Key == name && a.Value.Kind == TypedConstantKind.Error)
            || (index >= 0 && (index >= data.ConstructorArguments.Length || data.ConstructorArguments[index].Kind == TypedConstantKind.Error));
    }

    /// <summary>Whether the constructor that is called has a parameter of that name.</summary>
    public bool Takes(string parameter) => Parameters.Contains(parameter);

    /// <summary>The string argument of that name; null where it is absent, null or not a constant.</summary>
    public StringArgument? String(string name) =>
        Get<string?>(name, null) is { } value && Expression(name) is { ContainsDiagnostics: false } expression ? new StringArgument(value, expression, compilation, cancellation) : null;

    /// <summary>Whether the named argument is written as null.</summary>
    public bool IsNull(string name) => data.NamedArguments.Any(a => a.Key == name && a.Value is { Kind: not TypedConstantKind.Error, IsNull: true });

    /// <summary>The elements of an array with where each is written, also of one that takes all further arguments; null where it is absent, null or rejected by the compiler.</summary>
    public IReadOnlyList<(T Value, Location Location)>? List<T>(string name)
        where T : notnull
    {
        int index = Parameters.IndexOf(name);
        var array = index >= 0 && index < data.ConstructorArguments.Length ? data.ConstructorArguments[index] : data.NamedArguments.FirstOrDefault(a => a.Key == name).Value;
        if (array is not { Kind: TypedConstantKind.Array, IsNull: false } || array.Values.Any(v => v.Kind == TypedConstantKind.Error))
        {
            return null;
        }

        var written = Elements(name, array.Values.Length);
        return [.. array.Values.Select((v, i) => (Convert(v, default(T)!), written?[i].GetLocation() ?? LocationOf(name)))];
    }

    /// <summary>The argument's elements in source; null where they cannot be told apart.</summary>
    private IReadOnlyList<ExpressionSyntax>? Elements(string name, int count)
    {
        var first = Expression(name);
        List<ExpressionSyntax> elements = first switch
        {
            CollectionExpressionSyntax collection => [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression)],
            ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
            _ => [.. _syntax?.ArgumentList?.Arguments.SkipWhile(a => a.Expression != first).TakeWhile(a => a.NameEquals is null).Select(a => a.Expression) ?? []],
        };
        return elements.Count == count ? elements : null;
    }

    /// <summary>Where the argument is written; the attribute's name where it is not, since nothing of what is written is wrong.</summary>
    public Location LocationOf(string name) => Expression(name)?.GetLocation() ?? _syntax?.Name.GetLocation() ?? Location.None;

    private List<string> Parameters => data.AttributeConstructor?.Parameters.Select(p => p.Name).ToList() ?? [];

    private ExpressionSyntax? Expression(string name)
    {
        var arguments = _syntax?.ArgumentList?.Arguments;
        if (arguments is null)
        {
            return null;
        }

        int position = 0;
        var parameters = Parameters;
        foreach (var argument in arguments.Value)
        {
            string? written = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (written == name || (written is null && position < parameters.Count && parameters[position] == name))
            {
                return argument.Expression;
            }

            position++;
        }

        return null;
    }

    private static T Convert<T>(TypedConstant constant, T fallback)
    {
        if (constant.Kind == TypedConstantKind.Error || constant.Value is not { } value)
        {
            return fallback;
        }

        return typeof(T).IsEnum ? (T)Enum.ToObject(typeof(T), value) : value is T typed ? typed : fallback;
    }

    private static string Shorten(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace E3Gen.CodeFixes.Tests.Completion;

/// <summary>The mark that tells an editor what stands in a string.</summary>
public class StringSyntaxTests
{
    public static TheoryData<string> Strings =>
    [
        .. typeof(IrrepsAttribute).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Attribute))).SelectMany(Places).Select(p => p.Name),
    ];

    [Fact]
    public void There_are_strings() => Assert.NotEmpty(Strings);

    [Theory, MemberData(nameof(Strings))]
    public void Every_string_of_an_attribute_is_marked(string name)
    {
        if (name == "AssumeEquivariantAttribute(reason)")
        {
            return; // prose
        }

        var marked = typeof(IrrepsAttribute).Assembly.GetExportedTypes().SelectMany(Places).Single(p => p.Name == name).Mark;
        Assert.Equal(name.StartsWith(nameof(PathAttribute), StringComparison.Ordinal) ? "IrrepsPath" : "Irreps", marked);
    }

    private static IEnumerable<(string Name, string? Mark)> Places(Type type) =>
        type.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p.ParameterType == typeof(string)).Select(p => ($"{type.Name}({p.Name})", Mark(p)))
            .Concat(type.GetProperties().Where(p => p.PropertyType == typeof(string) && p.SetMethod is { IsPublic: true }).Select(p => ($"{type.Name}.{p.Name}", Mark(p))));

    // By name: the attributes bring their own copy of the mark, since netstandard2.0 has none.
    private static string? Mark(MemberInfo place) => Mark(place.CustomAttributes);

    private static string? Mark(ParameterInfo place) => Mark(place.CustomAttributes);

    private static string? Mark(IEnumerable<CustomAttributeData> attributes) =>
        attributes.SingleOrDefault(a => a.AttributeType.Name == nameof(StringSyntaxAttribute))?.ConstructorArguments[0].Value as string;
}

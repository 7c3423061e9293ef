using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// The names in a compiled assembly that state irreps, from its table of attributes: reading its symbols would load all of their types.
/// </summary>
internal static class MetadataNames
{
    public static IReadOnlyCollection<string> Of(IAssemblySymbol assembly)
    {
        var names = new HashSet<string>();
        foreach (var module in assembly.GetMetadata()?.GetModules() ?? [])
        {
            names.UnionWith(Of(module.GetMetadataReader()));
        }

        return names;
    }

    /// <summary>A member's name without the interface that it implements explicitly.</summary>
    public static string Shorten(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 ? name.Substring(dot + 1) : name; // a constructor's name starts with a dot
    }

    private static IEnumerable<string> Of(MetadataReader reader)
    {
        var stating = new HashSet<EntityHandle>(reader.CustomAttributes.Select(reader.GetCustomAttribute).Where(a => IsOurs(reader, a))
            .Select(a => a.Parent));
        if (stating.Count == 0)
        {
            yield break;
        }

        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            if (stating.Contains(handle) || method.GetParameters().Any(p => stating.Contains(p)))
            {
                yield return Shorten(reader.GetString(method.Name));
            }
        }

        foreach (var parent in stating)
        {
            switch (parent.Kind)
            {
                case HandleKind.FieldDefinition:
                    yield return reader.GetString(reader.GetFieldDefinition((FieldDefinitionHandle)parent).Name);
                    break;
                case HandleKind.PropertyDefinition:
                    yield return Shorten(reader.GetString(reader.GetPropertyDefinition((PropertyDefinitionHandle)parent).Name));
                    yield return ImpliedName.Indexer; // it may be one: its name does not tell
                    break;
            }
        }
    }

    private static bool IsOurs(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor is { Kind: HandleKind.MemberReference } constructor
        && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && reader.GetTypeReference((TypeReferenceHandle)parent) is var type
        && reader.StringComparer.Equals(type.Namespace, "E3Gen")
        && StatedNames.Attributes.Contains(StatedNames.Shorten(reader.GetString(type.Name)));
}

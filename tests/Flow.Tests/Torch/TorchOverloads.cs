using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Flow.Tests.Torch;

/// <summary>The public overloads of TorchSharp that the table has to have, from TorchSharp.dll.</summary>
internal static class TorchOverloads
{
    /// <summary>Classes of which every member counts.</summary>
    private static readonly string[] Classes =
    [
        "torch", "torch+Tensor", "torch+nn", "torch+nn+functional", "torch+nn+init", "torch+nn+utils", "torch+nn+utils+rnn", "torch+linalg", "torch+special",
        "torch+fft", "torch+autograd", "torch+TensorIndex", "Scalar", "TensorExtensionMethods", "ScalarExtensionMethods",
    ];

    /// <summary>Classes within <c>torch.nn</c> of which every member counts, whatever type parameters they have.</summary>
    private static readonly string[] BaseClasses = ["Module", "HookableModule"];

    /// <summary>TorchSharp, and a compilation to find it in.</summary>
    public static CSharpCompilation Compilation { get; } = CSharpCompilation.Create(
        "Overloads", references: [.. Net100.References.All, MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll"))]);

    public static IEnumerable<IMethodSymbol> All() =>
    [
        .. Classes.Select(Find).SelectMany(Members),
        .. BaseClasses.SelectMany(name => Find("torch+nn").GetTypeMembers(name)).SelectMany(Members),
        .. Public(Find("Modules.Linear").ContainingNamespace.GetTypeMembers()).Where(IsModule).SelectMany(Members)
            .Where(m => m.Name is "forward" or "call" or WellKnownMemberNames.InstanceConstructorName),
    ];

    private static INamedTypeSymbol Find(string name) =>
        Compilation.GetTypeByMetadataName("TorchSharp." + name) ?? throw new InvalidOperationException($"TorchSharp no longer has {name}.");

    private static IEnumerable<INamedTypeSymbol> Public(IEnumerable<INamedTypeSymbol> types) =>
        types.Where(t => t.DeclaredAccessibility == Accessibility.Public).SelectMany(t => Public(t.GetTypeMembers()).Prepend(t));

    private static bool IsModule(INamedTypeSymbol type) => type.BaseType is { } b && (b is { Name: "Module", ContainingType.Name: "nn" } || IsModule(b));

    private static IEnumerable<IMethodSymbol> Members(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(m => m.DeclaredAccessibility == Accessibility.Public && m.MethodKind is not MethodKind.StaticConstructor and not MethodKind.Destructor);
}

using System.Text;
using E3Gen.Generator.Emission;
using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator;

/// <summary>Writes the bodies of equivariant operations. It reports nothing: what is wrong is the analyzer's to say, from the same parser.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class E3GenGenerator : IIncrementalGenerator
{
    /// <summary>Tracking name of the step that reads [EquivariantModule] classes.</summary>
    public const string ModulesStep = "Modules";

    /// <summary>Tracking name of the step that reads [MessagePassingNetwork] classes.</summary>
    public const string NetworksStep = "Networks";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var modules = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                typeof(EquivariantModuleAttribute).FullName!,
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, cancellation) => IsFirst(attributed)
                    ? ModuleParser.Parse((INamedTypeSymbol)attributed.TargetSymbol, attributed.SemanticModel.Compilation, cancellation).Model
                    : null)
            .WithTrackingName(ModulesStep);
        context.RegisterSourceOutput(modules, static (output, module) => Add(output, module?.Type, () => ModuleEmitter.Emit(module!)));

        var networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                typeof(MessagePassingNetworkAttribute).FullName!,
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, cancellation) => IsFirst(attributed)
                    ? NetworkParser.Parse((INamedTypeSymbol)attributed.TargetSymbol, attributed.SemanticModel.Compilation, cancellation).Model
                    : null)
            .WithTrackingName(NetworksStep);
        context.RegisterSourceOutput(networks, static (output, network) => Add(output, network?.Type, () => NetworkEmitter.Emit(network!)));
    }

    /// <summary>Whether this is the first of the attributes on the parts of the class: the compiler forbids a second, but we must not stumble over it.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext attributed) =>
        attributed.TargetSymbol.GetAttributes()
            .First(a => a.AttributeClass?.Name == attributed.Attributes[0].AttributeClass?.Name)
            .ApplicationSyntaxReference is { } first
        && first.SyntaxTree == attributed.TargetNode.SyntaxTree
        && attributed.TargetNode.Span.Contains(first.Span);

    private static void Add(SourceProductionContext output, TypeModel? type, Func<string> emit)
    {
        if (type is not null)
        {
            output.AddSource(type.HintName, SourceText.From(emit(), Encoding.UTF8));
        }
    }
}

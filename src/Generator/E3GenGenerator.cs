using System.Text;
using E3Gen.Generator.Emission;
using E3Gen.Generator.Emission.Potentials;
using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Potentials;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator;

/// <summary>Writes the bodies of equivariant operations. It reports nothing: the analyzer reports mistakes, from the same parser.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class E3GenGenerator : IIncrementalGenerator
{
    /// <summary>Tracking name of the step that reads [EquivariantModule] classes.</summary>
    public const string ModulesStep = "Modules";

    /// <summary>Tracking name of the step that reads [MessagePassingNetwork] classes.</summary>
    public const string NetworksStep = "Networks";

    /// <summary>Tracking name of the step that reads [MACE] and [NequIP] classes.</summary>
    public const string PotentialsStep = "Potentials";

    /// <summary>Tracking name of the step that yields the couplings of the project, each once.</summary>
    public const string CouplingsStep = "Couplings";

    /// <summary>Tracking name of the step that yields types which have operations but are no modules.</summary>
    public const string StrayStep = "Strays";

    private static readonly ModelCache<ModuleModel> Modules = new();
    private static readonly ModelCache<NetworkDeclaration> Networks = new();
    private static readonly ModelCache<PotentialDeclaration> Maces = new(), Nequips = new();

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var assembly = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName);
        var modules = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                typeof(EquivariantModuleAttribute).FullName!,
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, cancellation) => Modules.Get(
                    attributed, (type, compilation) => IsFirst(attributed) ? ModuleParser.Parse(type, compilation, cancellation).Model : null, cancellation))
            .WithTrackingName(ModulesStep);
        context.RegisterSourceOutput(
            modules.Combine(assembly), static (output, pair) => Add(output, pair.Left?.Type, () => ModuleEmitter.Emit(pair.Left!, new CouplingNames(pair.Right))));

        var networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                typeof(MessagePassingNetworkAttribute).FullName!,
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, cancellation) => Networks.Get(
                    attributed, (type, compilation) => IsFirst(attributed) ? NetworkParser.Parse(type, compilation, cancellation).Declaration : null, cancellation))
            .WithTrackingName(NetworksStep);
        context.RegisterSourceOutput(
            networks.Combine(assembly),
            static (output, pair) =>
            {
                Add(output, pair.Left?.Network?.Type, () => NetworkEmitter.Emit(pair.Left!.Network!, new CouplingNames(pair.Right)));
                Add(output, pair.Left?.Outline?.Type, () => NetworkOutlineEmitter.Emit(pair.Left!.Outline!, new CouplingNames(pair.Right)));
            });

        var maces = PotentialsOf(context, typeof(MACEAttribute), Maces, assembly);
        var nequips = PotentialsOf(context, typeof(NequIPAttribute), Nequips, assembly);

        var strays = context.CompilationProvider.Select(static (_, _) => default(EquatableArray<StrayOperation>));
        foreach (string attribute in OperationDefinition.Attributes)
        {
            var more = context.SyntaxProvider.ForAttributeWithMetadataName(
                attribute, static (node, _) => StrayOperation.MayBe(node), static (attributed, cancellation) => StrayOperation.Read(attributed, cancellation));
            strays = strays.Combine(more.Collect()).Select(static (pair, _) => pair.Left.Concat(pair.Right.OfType<StrayOperation>()).ToEquatable());
        }

        var stray = strays.SelectMany(static (all, _) => StrayOperation.ByType(all)).WithTrackingName(StrayStep);
        context.RegisterSourceOutput(
            stray.Combine(assembly), static (output, pair) => Add(output, pair.Left.Type, () => ModuleEmitter.Emit(pair.Left, new CouplingNames(pair.Right))));

        // Every coupling has one file, however many operations use it.
        var used = modules.Select(static (module, _) => (module?.Couplings ?? []).ToEquatable()).Collect()
            .Combine(networks.Select(static (network, _) => (network?.Network?.Couplings ?? []).ToEquatable()).Collect())
            .Combine(maces.Collect().Combine(nequips.Collect()))
            .SelectMany(static (all, _) => CouplingUse.Merge(all.Left.Left.Concat(all.Left.Right).Concat(all.Right.Left).Concat(all.Right.Right).SelectMany(c => c)))
            .WithTrackingName(CouplingsStep);
        context.RegisterSourceOutput(used.Combine(assembly), static (output, pair) => CouplingEmitter.AddTo(output, pair.Left, new CouplingNames(pair.Right)));
    }

    /// <summary>Writes the potentials of an attribute, and yields the couplings that each uses.</summary>
    private static IncrementalValuesProvider<EquatableArray<CouplingUse>> PotentialsOf(
        IncrementalGeneratorInitializationContext context, Type attribute, ModelCache<PotentialDeclaration> cache, IncrementalValueProvider<string?> assembly)
    {
        var potentials = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute.FullName!,
                static (node, _) => node is ClassDeclarationSyntax,
                (attributed, cancellation) => cache.Get(
                    attributed,
                    (type, compilation) => IsFirst(attributed) && PotentialParser.First(type)?.Name == attribute.Name ? PotentialParser.Read(type, compilation, cancellation)?.Declaration : null,
                    cancellation))
            .WithTrackingName(PotentialsStep);
        context.RegisterSourceOutput(
            potentials.Combine(assembly),
            static (output, pair) =>
            {
                Add(output, pair.Left?.Potential?.Type, () => PotentialEmitter.Emit(pair.Left!.Potential!, new CouplingNames(pair.Right)));
                Add(output, pair.Left?.Outline?.Type, () => PotentialOutlineEmitter.Emit(pair.Left!.Outline!, new CouplingNames(pair.Right)));
            });
        return potentials.Select(static (potential, _) => (potential?.Potential?.Couplings ?? []).ToEquatable());
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

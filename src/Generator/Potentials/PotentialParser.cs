using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Potentials;

/// <summary>What [MACE] and [NequIP] classes have in common; as with modules, generator and analyzer share it.</summary>
internal abstract class PotentialParser
{
    /// <summary>The largest degree that an option may ask for.</summary>
    protected const int MostDegree = 11;

    private const int MostNeurons = 65536;
    /// <summary>The public members that are generated.</summary>
    private static readonly string[] Members = ["forward", "Species", "Cutoff", "Features", "Adapt"];

    private static readonly string[] Arguments = ["Tensor", "Tensor", "Graph", "Tensor"];

    private readonly CancellationToken _cancellation;
    private readonly Compilation _compilation;

    protected PotentialParser(INamedTypeSymbol type, Type attribute, Compilation compilation, CancellationToken cancellation)
    {
        var data = type.GetAttributes().First(a => a.AttributeClass?.Name == attribute.Name);
        (Type, _compilation, _cancellation) = (type, compilation, cancellation);
        Attribute = new AttributeReader(data, compilation, cancellation);
        Options = new ClassOptions(type.Name, Attribute);
    }

    protected INamedTypeSymbol Type { get; }

    protected AttributeReader Attribute { get; }

    protected ClassOptions Options { get; }

    /// <summary>Symbols of the elements.</summary>
    protected EquatableArray<string> Species { get; private set; }

    /// <summary>The cutoff radius.</summary>
    protected double Cutoff { get; private set; }

    /// <summary>The number of neighbours, where it is given.</summary>
    protected double? NumNeighbors { get; private set; }

    /// <summary>The class that is generated into.</summary>
    protected TypeModel Class { get; private set; } = null!;

    protected bool DeclaresBase => WellKnown.IsModule(Type);

    /// <summary>Reads a class with the attribute of a potential, the first where it has two; null where it has none.</summary>
    public static (PotentialDeclaration Declaration, ImmutableArray<Diagnostic> Diagnostics)? Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var first = First(type);
        PotentialParser? parser = first is null ? null
            : WellKnown.Is<MACEAttribute>(first) ? new MaceParser(type, compilation, cancellation)
            : new NequipParser(type, compilation, cancellation);
        return parser?.Parse();
    }

    /// <summary>The first attribute that stands for a potential.</summary>
    public static INamedTypeSymbol? First(INamedTypeSymbol type) => type.GetAttributes().Select(a => a.AttributeClass).FirstOrDefault(WellKnown.IsPotential);

    private (PotentialDeclaration Declaration, ImmutableArray<Diagnostic> Diagnostics) Parse()
    {
        var (type, diagnostics) = TypeParser.Parse(Type, _compilation, _cancellation, "nn.Module<Tensor, Tensor, Graph, Tensor>", t => WellKnown.IsModuleOf(t, Arguments));
        Options.Diagnostics.AddRange(diagnostics);
        if (type is not null || diagnostics.All(d => d.Id != DeclarationRules.NotAModule.Id))
        {
            CheckClass();
        }

        ReadCommon();
        PotentialModel? model = null;
        if (type is not null)
        {
            Class = type;
            try
            {
                model = Read();
                model?.Operations.ToList().ForEach(o => o.CheckSize());
            }
            catch (OverflowException)
            {
                Options.Report(IrrepsRules.TooLarge, Attribute.Location, $"A layer of '{Type.Name}' has more than {int.MaxValue} components or weights; use smaller multiplicities");
            }
        }

        bool isValid = Options.IsValid && model is not null;
        return (new PotentialDeclaration(isValid ? model : null, isValid ? null : Outline()), [.. Options.Diagnostics]);
    }

    /// <summary>The potential, as far as its own options go; null where one is wrong.</summary>
    protected abstract PotentialModel? Read();

    /// <summary>Whether an operation may have so many paths.</summary>
    protected bool AllowsPaths(long count)
    {
        if (count > PathLimit.Most)
        {
            Options.Report(IrrepsRules.TooLarge, Attribute.Location, PathLimit.Message($"A layer of '{Type.Name}'", count));
        }

        return count <= PathLimit.Most;
    }

    /// <summary>Widths of hidden layers.</summary>
    protected IReadOnlyList<int> Widths(string option, IReadOnlyList<int> fallback) => Numbers(option, fallback, 1, MostNeurons);

    /// <summary>A number for each of some things.</summary>
    protected IReadOnlyList<int> Numbers(string option, IReadOnlyList<int> fallback, int minimum, int maximum)
    {
        if (!Attribute.Has(option) || Attribute.List<int>(option) is not { } given)
        {
            return fallback;
        }

        foreach (var (value, location) in given.Where(v => v.Value < minimum || v.Value > maximum))
        {
            Options.Report(DeclarationRules.OptionOutOfRange, location, option, Type.Name, value, $"from {minimum} to {maximum}", Suggestion.None);
        }

        return [.. given.Select(v => v.Value)];
    }

    /// <summary>Width of a layer.</summary>
    protected int Width(string option, int fallback) => Options.Integer(option, fallback, 1, MostNeurons);

    private void CheckClass()
    {
        if (Type.GetAttributes().Count(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass) || WellKnown.IsWhole(a.AttributeClass)) > 1)
        {
            Options.Report(DeclarationRules.UnsupportedType, Attribute.Location, Type.Name, $"it has a second attribute beside [{Attribute.Name}] that generates it; keep one of them");
        }

        if (Type.InstanceConstructors.FirstOrDefault(IsUsers) is { } constructor)
        {
            string reason = "it declares a constructor, but the one of a potential is generated; set what you need in properties, or hold the potential in a class of yours";
            Options.Report(DeclarationRules.UnsupportedType, constructor.Locations[0], Type.Name, reason);
        }

        if (Members.Contains(Type.Name))
        {
            Options.Report(DeclarationRules.UnsupportedType, Type.Locations[0], Type.Name, $"its member '{Type.Name}' would have the name of the class; name the class otherwise");
        }

        if (WellKnown.BasesOf(Type).SelectMany(b => Members.Where(m => m != "forward").SelectMany(m => b.GetMembers(m))).FirstOrDefault(IsUsers) is { } inherited)
        {
            string reason = $"its base '{inherited.ContainingType.Name}' declares '{inherited.Name}', which is generated; name that otherwise";
            Options.Report(DeclarationRules.UnsupportedType, Type.Locations[0], Type.Name, reason);
        }

        foreach (var member in Declared())
        {
            Options.Report(DeclarationRules.ForwardDeclared, member.Locations[0], Type.Name, member.Name, Attribute.Name);
        }
    }

    private static bool IsUsers(ISymbol member) => !member.IsImplicitlyDeclared && !member.DeclaringSyntaxReferences.All(r => GeneratedTrees.IsOurs(r.SyntaxTree));

    private void ReadCommon()
    {
        Species = [];
        var species = Attribute.List<string>("species") ?? [];
        foreach (var (symbol, location) in species)
        {
            if (symbol is null || ElementSymbols.AtomicNumber(symbol) == 0)
            {
                Options.Report(DeclarationRules.Species, location, symbol ?? "null", Type.Name, "is no chemical element; write symbols such as \"H\" and \"Cl\"");
            }
            else if (species.First(s => s.Value == symbol).Location != location)
            {
                Options.Report(DeclarationRules.Species, location, symbol, Type.Name, "is there twice; each element has its weights once");
            }
        }

        Species = species.Select(s => s.Value ?? "").ToEquatable();
        Cutoff = Options.Positive(nameof(MACEAttribute.Cutoff), 0.0, wish: 5);
        NumNeighbors = Attribute.Has(nameof(MACEAttribute.NumNeighbors)) ? Options.Positive(nameof(MACEAttribute.NumNeighbors), 1.0) : null;
    }

    /// <summary>What the user declares although it is generated.</summary>
    private IEnumerable<ISymbol> Declared() =>
        Members.Select(name => Type.GetMembers(name).FirstOrDefault(IsUsers)).OfType<ISymbol>();

    /// <summary>The class with throwing members; null where nothing can be added to it.</summary>
    private PotentialOutline? Outline()
    {
        bool isOpen = Type is { IsStatic: false, IsRecord: false } && TypeParser.IsOpen(Type, _cancellation);
        bool fits = Type.BaseType is { SpecialType: SpecialType.System_Object } || WellKnown.IsModuleOf(Type, Arguments);
        return isOpen && fits && TypeParser.Outline(Type, constructs: true, _compilation, _cancellation) is { } type
            ? new PotentialOutline(type, DeclaresBase, Species.Count == 0, Declared().Select(m => m.Name).Append(Type.Name).ToEquatable())
            : null;
    }
}

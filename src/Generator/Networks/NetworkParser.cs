using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Networks;

/// <summary>Reads a [MessagePassingNetwork] class; as with modules, generator and analyzer share it.</summary>
internal sealed class NetworkParser
{
    private const int MostNeurons = 65536; // the products of neighbouring layers are counted

    private readonly INamedTypeSymbol _type;
    private readonly AttributeReader _attribute;
    private readonly ClassOptions _options;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly List<ForwardParameter> _inputs = [];
    private string[] _arguments = [];
    private Irreps? _output;

    private NetworkParser(INamedTypeSymbol type, AttributeReader attribute, Compilation compilation, CancellationToken cancellation) =>
        (_type, _attribute, _options, _compilation, _cancellation) = (type, attribute, new ClassOptions(type.Name, attribute), compilation, cancellation);

    public static (NetworkDeclaration Declaration, ImmutableArray<Diagnostic> Diagnostics) Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (type.GetAttributes().Any(a => WellKnown.IsPotential(a.AttributeClass)))
        {
            return (new NetworkDeclaration(null, null), []); // reported there
        }

        var data = type.GetAttributes().First(a => WellKnown.Is<MessagePassingNetworkAttribute>(a.AttributeClass));
        var parser = new NetworkParser(type, new AttributeReader(data, compilation, cancellation), compilation, cancellation);
        var model = parser.Parse();
        bool isValid = parser._options.IsValid && model is not null;
        return (isValid ? new NetworkDeclaration(model, null) : new NetworkDeclaration(null, parser.Outline()), [.. parser._options.Diagnostics]);
    }

    /// <summary>The class without its layers; null where nothing can be added to it.</summary>
    private NetworkOutline? Outline()
    {
        bool isOpen = _type is { IsStatic: false, IsRecord: false } && TypeParser.IsOpen(_type, _cancellation);
        if (!isOpen || TypeParser.Outline(_type, constructs: true, _compilation, _cancellation) is not { } type)
        {
            return null;
        }

        bool declaresForward = _type.GetMembers("forward").Any(m => !WellKnown.IsGenerated(m));
        if (_type.BaseType is not { SpecialType: SpecialType.System_Object })
        {
            return new NetworkOutline(type, null, declaresForward ? null : WellKnown.IsModuleOf(_type, _arguments) ? Forward() : InheritedForward());
        }

        var types = _arguments.Select(a => a == "Graph" ? WellKnown.Graph : WellKnown.Tensor);
        return declaresForward
            ? new NetworkOutline(type, ModuleBase.Wanted(_type), null)
            : new NetworkOutline(type, $"{WellKnown.Module}<{string.Join(", ", types)}>", Forward());
    }

    private ForwardOutline Forward()
    {
        ForwardParameter positions = new(WellKnown.Tensor, "positions", "[global::E3Gen.Positions] "), graph = new(WellKnown.Graph, "graph");
        return new ForwardOutline(_inputs.Prepend(positions).Append(graph).ToEquatable(), WellKnown.Tensor, _output);
    }

    /// <summary>What a base that is not the network's asks for.</summary>
    private ForwardOutline? InheritedForward()
    {
        static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var wanted = _type.IsAbstract ? null : WellKnown.BasesOf(_type).SelectMany(t => t.GetMembers("forward")).OfType<IMethodSymbol>().FirstOrDefault();
        return wanted is { IsAbstract: true }
            ? new ForwardOutline(
                wanted.Parameters.Select(p => new ForwardParameter(Name(p.Type), Identifiers.Escape(p.Name))).ToEquatable(), Name(wanted.ReturnType), null)
            : null;
    }

    private NetworkModel? Parse()
    {
        string[] optional = [nameof(MessagePassingNetworkAttribute.Input), nameof(MessagePassingNetworkAttribute.NodeAttributes), nameof(MessagePassingNetworkAttribute.EdgeAttributes)];
        var given = optional.Where(o => _attribute.String(o) is not null);
        string[] arguments = _arguments = ["Tensor", .. given.Select(_ => "Tensor"), "Graph", "Tensor"];
        var (typeModel, diagnostics) = TypeParser.Parse(
            _type, _compilation, _cancellation, $"nn.Module<{string.Join(", ", arguments)}>", t => WellKnown.IsModuleOf(t, arguments));
        _options.Diagnostics.AddRange(diagnostics);
        ConstructorParser.CheckRegistration(_type, ["its layers"], (rule, location, arguments) => _options.Report(rule, location, arguments), _cancellation);
        if (_type.GetAttributes().Any(a => WellKnown.Is<EquivariantModuleAttribute>(a.AttributeClass)))
        {
            _options.Report(DeclarationRules.UnsupportedType, _attribute.Location, _type.Name, "it is an [EquivariantModule] and a [MessagePassingNetwork]; keep one of them");
        }

        if (_type.GetMembers("forward").FirstOrDefault(m => !WellKnown.IsGenerated(m)) is { } forward)
        {
            _options.Report(DeclarationRules.ForwardDeclared, forward.Locations[0], _type.Name, "forward", "MessagePassingNetwork");
        }

        int layers = _options.Integer(nameof(MessagePassingNetworkAttribute.Layers), 2, minimum: 0, maximum: 100);
        var options = Options();
        var input = _options.Optional(nameof(MessagePassingNetworkAttribute.Input));
        var attributes = _options.Optional(nameof(MessagePassingNetworkAttribute.NodeAttributes));
        var edgeAttributes = _options.Optional(nameof(MessagePassingNetworkAttribute.EdgeAttributes));
        var hidden = layers > 0 ? _options.Required(nameof(MessagePassingNetworkAttribute.Hidden)) : _options.Optional(nameof(MessagePassingNetworkAttribute.Hidden));
        var output = _options.Required(nameof(MessagePassingNetworkAttribute.Output));
        _output = output?.Irreps;
        AddInput("nodes", nameof(MessagePassingNetworkAttribute.Input), input);
        AddInput("attributes", nameof(MessagePassingNetworkAttribute.NodeAttributes), attributes);
        AddInput("edgeAttributes", nameof(MessagePassingNetworkAttribute.EdgeAttributes), edgeAttributes);
        var edges = _options.Required(nameof(MessagePassingNetworkAttribute.EdgeHarmonics));
        if (typeModel is null || output is null || edges is null || (layers > 0 && hidden is null) || !_options.IsValid)
        {
            return null;
        }

        // Edges are differences of positions: inversion changes their sign, and that of every harmonic of odd degree.
        HarmonicVector.Check(edges, GatePoints.EdgeVector, (entry, rule, arguments) => _options.ReportAt(edges, entry, rule, arguments));
        var nodes = input?.Irreps.RemoveZeroMultiplicities() ?? new Irrep(0, 1);
        if (!_options.IsValid)
        {
            return null;
        }

        var texts = new NetworkTexts(input, hidden, output, edges, attributes, edgeAttributes);
        if (Plan(nodes, hidden?.Irreps ?? Irreps.Empty, output.Irreps, texts.AllEdges, attributes?.Irreps, layers, options) is not { } models)
        {
            return null;
        }

        new NetworkRules(_type.Name, texts, _options.ReportAt, (rule, arguments) => _options.Report(rule, _type.Locations[0], arguments)).Check(models);
        _options.CheckUsed(nameof(MessagePassingNetworkAttribute.Hidden), "gated layers", layers > 0);
        _options.CheckUsed(nameof(MessagePassingNetworkAttribute.RadialNeurons), "hidden layers in its radial network", options.RadialLayers > 0);
        _options.CheckUsed(nameof(MessagePassingNetworkAttribute.TransformLength), "distance transform", options.Transform != DistanceTransform.None);
        _options.CheckUsed(nameof(MessagePassingNetworkAttribute.CutoffPower), "polynomial cutoff", options.Cutoff == CutoffKind.Polynomial);
        _options.CheckUsed(nameof(MessagePassingNetworkAttribute.NumNodes), "sum over nodes", options.ReduceOutput);
        CheckContinuous(options);
        return new NetworkModel(
            typeModel,
            WellKnown.IsModule(_type),
            nodes,
            input is not null,
            attributes?.Irreps,
            edgeAttributes?.Irreps,
            GatePoints.Harmonics(edges.Irreps),
            models.ToEquatable(),
            options);
    }

    private void AddInput(string name, string option, IrrepsText? text)
    {
        if (_attribute.String(option) is not null)
        {
            _inputs.Add(new ForwardParameter(WellKnown.Tensor, name, text is null ? "" : $"[global::E3Gen.Irreps(\"{text.Irreps}\")] "));
        }
    }

    private List<LayerModel>? Plan(Irreps nodes, Irreps hidden, Irreps output, Irreps edges, Irreps? attributes, int layers, NetworkOptions options)
    {
        try
        {
            var models = GatePoints.Layers(nodes, hidden, output, edges, attributes, layers, options.Architecture, options.Constants, CheckPaths).ToList();
            models.SelectMany(m => m.Operations).ToList().ForEach(o => o.CheckSize());
            return _options.IsValid ? models : null;
        }
        catch (OverflowException)
        {
            _options.Report(IrrepsRules.TooLarge, _attribute.Location, $"A layer of '{_type.Name}' has more than {int.MaxValue} components or weights; use smaller multiplicities");
            return null;
        }
    }

    private bool CheckPaths(long count)
    {
        if (count > PathLimit.Most)
        {
            _options.Report(IrrepsRules.TooLarge, _attribute.Location, PathLimit.Message($"A layer of '{_type.Name}'", count));
        }

        return count <= PathLimit.Most;
    }

    /// <summary>Edges come and go at the cutoff radius: what they carry must be zero there. The radial network, without biases, gives zero for zero.</summary>
    private void CheckContinuous(NetworkOptions options)
    {
        // Transformed lengths end elsewhere than the basis.
        bool canVanish = options.Basis != RadialBasisKind.Gaussian && options.Transform == DistanceTransform.None;
        if (options.Cutoff != CutoffKind.None || (canVanish && (options.BasisVanishes || options.Basis == RadialBasisKind.Bessel)))
        {
            return;
        }

        string functions = options.Transform == DistanceTransform.None ? $"{options.Basis} functions" : $"{options.Basis} functions of transformed lengths";
        string[] causes = [nameof(MessagePassingNetworkAttribute.Cutoff), nameof(MessagePassingNetworkAttribute.BasisVanishes), nameof(MessagePassingNetworkAttribute.Basis)];
        var location = _attribute.LocationOf(causes.First(c => _attribute.Has(c) || c == causes[2]));
        _options.Report(SelectionRules.JumpAtCutoff, location, _type.Name, functions, canVanish ? "write another Cutoff, or BasisVanishes = true" : "write another Cutoff");
    }

    private NetworkOptions Options()
    {
        var architecture = _options.Enum(nameof(MessagePassingNetworkAttribute.Architecture), NetworkArchitecture.GatePoints2101);
        bool is2106 = architecture == NetworkArchitecture.GatePoints2106;
        var basis = _options.Enum(nameof(MessagePassingNetworkAttribute.Basis), is2106 ? RadialBasisKind.SmoothFinite : RadialBasisKind.Gaussian);
        var transform = _options.Enum(nameof(MessagePassingNetworkAttribute.Transform), DistanceTransform.None);
        return new NetworkOptions(
            architecture,
            _options.Positive(nameof(MessagePassingNetworkAttribute.MaxRadius), 0.0, wish: 5),
            basis,
            _attribute.Get(nameof(MessagePassingNetworkAttribute.BasisVanishes), is2106 && basis == RadialBasisKind.SmoothFinite),
            transform,
            transform == DistanceTransform.None ? 0 : _options.Positive(nameof(MessagePassingNetworkAttribute.TransformLength), 0.0, wish: 1),
            _options.Enum(nameof(MessagePassingNetworkAttribute.Cutoff), is2106 ? CutoffKind.None : CutoffKind.Smooth),
            _options.Integer(nameof(MessagePassingNetworkAttribute.CutoffPower), 6, minimum: 2, maximum: 100),
            _options.Integer(nameof(MessagePassingNetworkAttribute.NumberOfBasis), 10, minimum: 2, maximum: MostNeurons),
            _options.Integer(nameof(MessagePassingNetworkAttribute.RadialLayers), 1, minimum: 0, maximum: 100),
            _options.Integer(nameof(MessagePassingNetworkAttribute.RadialNeurons), is2106 ? 100 : 128, minimum: 1, maximum: MostNeurons),
            _options.Positive(nameof(MessagePassingNetworkAttribute.NumNeighbors), 1.0),
            _options.Positive(nameof(MessagePassingNetworkAttribute.NumNodes), 1.0),
            _attribute.Get(nameof(MessagePassingNetworkAttribute.ReduceOutput), false),
            _options.Enum(nameof(MessagePassingNetworkAttribute.Constants), MomentConstants.Exact));
    }
}

using E3Gen.Runtime.Tests.Layers;
using E3Gen.Runtime.Tests.Networks;
using E3Gen.Runtime.Tests.Operations.TensorProducts;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>
/// An operation of every kind as a function of tensors, for properties that all of them have. Weights are even scalars.
/// </summary>
/// <param name="Name">Its name in the list.</param>
/// <param name="Module">The module, in double precision.</param>
/// <param name="Arguments">What the arguments carry.</param>
/// <param name="Output">What the result carries.</param>
/// <param name="Rows">Rows of each argument; null for a vector that all rows share.</param>
/// <param name="Apply">The operation.</param>
public sealed record Sample(string Name, nn.Module Module, Irreps[] Arguments, Irreps Output, long?[] Rows, Func<Tensor[], Tensor> Apply)
{
    /// <summary>Whether any leading axes are allowed (else the rows are the nodes and edges of a graph, or a batch).</summary>
    public bool IsRowwise { get; private init; } = true;

    /// <summary>Whether the first argument is positions, which also move.</summary>
    public bool TakesPositions { get; private init; }

    private static readonly string[] RowwiseNames =
    [
        "Linear", "Bias", "LinearPerSample", "LinearShared", "Uvw", "UvwPerSample", "UvwInternal", "Uvu", "Uvv", "Uuw", "Uuu", "Uvuv", "Mixed", "Full", "Elementwise", "Triangular", "MixedTriangular", "FullFilter", "ElementwiseFilter", "Square", "SquareUnnormalized", "SquareWeighted",
        "SquarePerSample", "Norm", "NormSquared", "Contraction", "HighDegrees",
        "Harmonics", "SolidHarmonics", "PseudovectorHarmonics", "Gate", "GateOddAbs", "GateOfEntries", "Activation", "NormActivation", "NormActivationBias", "NormFactors",
        "BatchNorm", "LayerNorm", "LayerNormOfNorms", "RmsNorm", "RmsNormOfNorms", "Dropout", "Extract", "ExtractNeighbours",
    ];

    /// <summary>Those whose rows are nodes and edges, or depend on each other.</summary>
    private static readonly string[] GraphNames =
    [
        "ContractionOfElements", "ContractionOfFour", "Convolution", "ConvolutionOfCopies", "Interaction", "Network", "NetworkWithAttributes",
        "BatchNormInTraining", "BatchNormOfLargest", "BatchNormOfInstances", "Attention", "AttentionCutOff",
    ];

    public static TheoryData<string> All => new([.. RowwiseNames, .. GraphNames]);

    public static TheoryData<string> Rowwise => new(RowwiseNames);

    public static Sample Of(string name) => name switch
    {
        "Linear" => Plain(name, new LinearMaps(), nameof(LinearMaps.Plain), LinearMaps.In, LinearMaps.Out),
        "Bias" => Plain(name, WithBiases(), nameof(LinearMaps.Biases), LinearMaps.In, LinearMaps.Out),
        "LinearPerSample" => WithWeights(name, new LinearMaps(), nameof(LinearMaps.PerSampleBiases), [LinearMaps.In, "33x0e", "5x0e"], [6, 6, 6], LinearMaps.Out),
        "LinearShared" => WithWeights(name, new LinearMaps(), nameof(LinearMaps.ExternalShared), [LinearMaps.In, "33x0e", "5x0e"], [6, null, null], "4x0e + 1x1o + 2x2e + 1x0e + 1x3o + 2x1e"),
        "Uvw" => Product(name, new UvwProducts(), "SharedComponentElement", "tp.uvw.shared.component.element"),
        "UvwPerSample" => Product(name, new UvwProducts(), "SampleNormPath", "tp.uvw.sample.norm.path"),
        "UvwInternal" => Product(name, new UvwProducts(), "InternalComponentElement", "tp.uvw.shared.component.element"),
        "Uvu" => Product(name, new UvuProducts(), "SampleComponentElement", "tp.uvu.sample.component.element"),
        "Uvv" => Product(name, new UvvProducts(), "SampleComponentElement", "tp.uvv.sample.component.element"),
        "Uuw" => Product(name, new UuwProducts(), "SampleComponentElement", "tp.uuw.sample.component.element"),
        "Uuu" => Product(name, new UuuProducts(), "SharedComponentElement", "tp.uuu.shared.component.element"),
        "Uvuv" => Product(name, new UvuvProducts(), "SampleComponentElement", "tp.uvuv.sample.component.element"),
        "Mixed" => Product(name, new MixedProducts(), "Internal", "tp.mixed_modes.shared"),
        "Full" => Product(name, new UnweightedProducts(), "FullComponent", "full.component"),
        "Elementwise" => Product(name, new UnweightedProducts(), "ElementwiseComponent", "elementwise.component"),
        "Triangular" => Product(name, new TriangularProducts(), "SampleComponentElement", "tp.uvu_lt_v.sample.component.element"),
        "MixedTriangular" => Product(name, new MixedTriangularProducts(), "SharedNormPath", "tp.u_lt_vw.shared.norm.path"),
        "FullFilter" => Product(name, new DerivedProducts(), "FullFilterComponent", "full.filter.component"),
        "ElementwiseFilter" => Product(name, new DerivedProducts(), "ElementwiseFilterNorm", "elementwise.filter.norm"),
        "Square" => Product(name, new SquareProducts(), "Component", "square.component"),
        "SquareUnnormalized" => Product(name, new SquareProducts(), "Unnormalized", "square.component"),
        "SquareWeighted" => Product(name, new SquareProducts(), "InternalComponent", "square.weighted.component"),
        "SquarePerSample" => Product(name, new SquareProducts(), "PerSample", "square.weighted.component"),
        "Norm" => Plain(name, new Norms(), nameof(Norms.Plain), Norms.In, "9x0e"),
        "NormSquared" => Plain(name, new Norms(), nameof(Norms.Squared), Norms.In, "9x0e"),
        "Contraction" => Plain(name, new SymmetricContractions(), nameof(SymmetricContractions.OneElement), "3x0e + 3x1o + 3x1e", "3x0e + 3x0o + 3x1o + 3x1e + 3x2e"),
        "ContractionOfElements" => Contraction(name, nameof(SymmetricContractions.C10), "3x0e + 3x1o + 3x2e", "3x0e + 3x1o + 3x2e"),
        "ContractionOfFour" => Contraction(name, nameof(SymmetricContractions.C7), "4x0e + 4x1o", "4x0e + 4x1o"),
        "HighDegrees" => HighDegrees(name),
        "Harmonics" => Plain(name, new HarmonicsModule(), nameof(HarmonicsModule.Component4), "1o", "0e + 1o + 2e + 3o + 4e"),
        "SolidHarmonics" => Plain(name, new HarmonicsModule(), nameof(HarmonicsModule.SolidNorm4), "1o", "0e + 1o + 2e + 3o + 4e"),
        "PseudovectorHarmonics" => Plain(name, new HarmonicsModule(), nameof(HarmonicsModule.Irreps2), "1e", "0e + 1e + 2e"),
        "Gate" => Plain(
            name, new Gates(), nameof(Gates.Mixed), "2x0o + 11x0e + 3x1o + 2x1e + 2x2e", "4x0e + 2x0o + 3x1o + 2x2e + 2x1e"),
        "GateOddAbs" => Plain(
            name, new Gates(), nameof(Gates.OddAbs), "5x0o + 5x0e + 2x1o + 1x2o + 1x3o", "3x0e + 3x0e + 2x1e + 1x2o + 1x3o"),
        "GateOfEntries" => Plain(
            name, new Gates(), nameof(Gates.OfEntries), "3x0o + 10x0e + 2x1o + 3x2e", "5x0e + 1x0o + 2x0e + 2x1o + 3x2e"),
        "Activation" => Plain(name, new PointwiseModules(), nameof(PointwiseModules.Entries), PointwiseModules.Scalars, PointwiseModules.Activated),
        "NormActivation" => Plain(name, new PointwiseModules(), nameof(PointwiseModules.Sigmoid), PointwiseModules.Norms, PointwiseModules.Norms),
        "NormActivationBias" => Plain(name, new PointwiseModules(), nameof(PointwiseModules.Bias), PointwiseModules.Norms, PointwiseModules.Norms),
        "NormFactors" => Plain(name, new PointwiseModules(), nameof(PointwiseModules.Factors), PointwiseModules.Norms, PointwiseModules.Norms),
        "Convolution" => Convolution(
            name, nameof(Convolutions.Kept), Convolutions.Nodes, Convolutions.Edges, 37, "9x0e + 12x1o + 5x1e + 11x2e"),
        "ConvolutionOfCopies" => Convolution(
            name,
            nameof(Convolutions.Copies),
            "3x0e + 2x1o + 2x1e",
            "0e + 2x1o + 3x2e",
            82,
            "2x0o + 5x0e + 9x1o + 6x1e + 4x2o + 7x2e + 2x3o + 2x3e"),
        "Interaction" => WholeInteraction(name),
        "Network" => Network(name, new SmallWaterNetwork(), "2x0e", "12x0e + 5x1o + 4x2e + 2x3o + 1x4e", null),
        "NetworkWithAttributes" => Network(name, new AttributedNetwork(), "2x0e + 1o", "2x0e + 1o", tensor(new long[] { 0, 0, 0, 1, 1, 1 })),
        "BatchNorm" => InEvaluation(Plain(name, new BatchNorms(), nameof(BatchNorms.ComponentMean), BatchNorms.In, BatchNorms.In)),
        "BatchNormInTraining" => OfRows(Plain(name, new BatchNorms(), nameof(BatchNorms.ComponentMean), BatchNorms.In, BatchNorms.In)),
        "BatchNormOfLargest" => OfRows(Plain(name, new BatchNorms(), nameof(BatchNorms.NormMax), BatchNorms.In, BatchNorms.In)),
        "BatchNormOfInstances" => OfRows(Plain(name, new BatchNorms(), nameof(BatchNorms.ComponentMeanInstance), BatchNorms.In, BatchNorms.In), rows: [3, 2]),
        "LayerNorm" => Plain(name, new RowNorms(), nameof(RowNorms.Layer), RowNorms.In, RowNorms.In),
        "LayerNormOfNorms" => Plain(name, new RowNorms(), nameof(RowNorms.LayerOfNorms), RowNorms.In, RowNorms.In),
        "RmsNorm" => Plain(name, new RowNorms(), nameof(RowNorms.Rms), RowNorms.In, RowNorms.In),
        "RmsNormOfNorms" => Plain(name, new RowNorms(), nameof(RowNorms.RmsOfNorms), RowNorms.In, RowNorms.In),
        "Dropout" => InEvaluation(Plain(name, new Dropouts(), nameof(Dropouts.Drop), Dropouts.In, Dropouts.In)),
        "Extract" => Plain(name, new Extracts(), nameof(Extracts.Out2), Extracts.In, "1x2e + 3x0e"),
        "ExtractNeighbours" => Plain(name, new Extracts(), nameof(Extracts.Out1), Extracts.In, "2x1o"),
        "Attention" => Attention(name, nameof(Attentions.Two)),
        "AttentionCutOff" => Attention(name, nameof(Attentions.CutOff)),
        _ => throw new ArgumentException($"No sample '{name}'."),
    };

    /// <summary>Normally distributed arguments.</summary>
    public Tensor[] Random(Generator random) =>
        [.. Arguments.Zip(Rows, (irreps, rows) => randn(rows is { } n ? [n, irreps.Dim] : [irreps.Dim], ScalarType.Float64, generator: random))];

    private static LinearMaps WithBiases()
    {
        var maps = new LinearMaps();
        using var noGrad = no_grad();
        foreach (var (name, parameter) in maps.named_parameters().Where(p => p.name.EndsWith("bias"))) parameter.normal_();
        return maps;
    }

    private static Sample Plain(string name, nn.Module module, string method, Irreps input, Irreps output)
    {
        var operation = new Operation(module.to(ScalarType.Float64), method);
        return new Sample(name, module, [input], output, [6], arguments => operation.Call([.. arguments]));
    }

    private static Sample WithWeights(string name, nn.Module module, string method, Irreps[] arguments, long?[] rows, Irreps output)
    {
        var operation = new Operation(module.to(ScalarType.Float64), method);
        return new Sample(name, module, arguments, output, rows, a => operation.Call([.. a]));
    }

    private static Sample Product(string name, nn.Module module, string method, string @case)
    {
        var declared = Reference.File("tensor_products").Case(@case);
        Irreps Carried(string field) => declared.GetProperty(field).GetString()!;
        var operation = new Operation(module.to(ScalarType.Float64), method);
        bool perRow = !declared.GetProperty("shared_weights").GetBoolean() || method == nameof(SquareProducts.PerSample);
        Irreps[] arguments = module is SquareProducts ? [Carried("irreps_in1")] : [Carried("irreps_in1"), Carried("irreps_in2")];
        long?[] rows = [.. arguments.Select(_ => (long?)6)];
        if (operation.TakesWeights)
        {
            arguments = [.. arguments, $"{declared.GetProperty("weight_numel").GetInt32()}x0e"];
            rows = [.. rows, perRow ? 6 : null];
        }

        return new Sample(name, module, arguments, Carried("irreps_out"), rows, a => operation.Call([.. a]));
    }

    private static Sample Contraction(string name, string method, Irreps input, Irreps output)
    {
        var module = new SymmetricContractions();
        var operation = new Operation(module.to(ScalarType.Float64), method);
        var species = tensor(new long[] { 0, 1, 0, 0, 1, 0, 0 });
        return new Sample(name, module, [input], output, [7], a => operation.Call(a[0], species)) { IsRowwise = false };
    }

    private static Sample HighDegrees(string name)
    {
        var module = new HighDegreeProduct();
        module.to(ScalarType.Float64);
        return new Sample(name, module, [HighDegreeProduct.X, HighDegreeProduct.Y], HighDegreeProduct.Out, [6, 6], a => module.Product(a[0], a[1]));
    }

    private static Sample Convolution(string name, string method, Irreps nodes, Irreps edges, int weights, Irreps output)
    {
        var module = new Convolutions();
        var operation = new Operation(module.to(ScalarType.Float64), method);
        var graph = SmallGraph();
        Irreps[] arguments = [nodes, edges, $"{weights}x0e"];
        return new Sample(name, module, arguments, output, [5, 8, 8], a => operation.Call([.. a, graph])) { IsRowwise = false };
    }

    private static Sample WholeInteraction(string name)
    {
        var module = new Interaction();
        module.to(ScalarType.Float64);
        var graph = SmallGraph();
        Irreps[] arguments = ["32x0e + 16x1o", "0e + 1o + 2e", "160x0e"];
        return new Sample(name, module, arguments, "32x0e + 16x1o + 8x2e", [5, 8, 8], Forward) { IsRowwise = false };

        // The author's forward leaves the results of its operations to the caller's scope.
        Tensor Forward(Tensor[] a)
        {
            using var scope = NewDisposeScope();
            return module.forward(a[0], a[1], a[2], graph).MoveToOuterDisposeScope();
        }
    }

    private static Sample Attention(string name, string method)
    {
        var module = new Attentions();
        var operation = new Operation(module.to(ScalarType.Float64), method);
        var graph = SmallGraph();
        Irreps[] arguments = [Attentions.Keys, Attentions.Keys, Attentions.Values, .. method == nameof(Attentions.CutOff) ? ["1x0e"] : (Irreps[])[]];
        return new Sample(name, module, arguments, Attentions.Values, [5, 8, 8, .. arguments.Length == 4 ? [8] : (long?[])[]], Apply) { IsRowwise = false };

        // Factors of edges are positive and have no last axis.
        Tensor Apply(Tensor[] a)
        {
            using var scope = NewDisposeScope();
            Tensor[] cutoff = [.. a[3..].Select(c => c.squeeze(-1).square().add(0.1))];
            return operation.Call([.. a[..3], graph, .. cutoff]).MoveToOuterDisposeScope();
        }
    }

    /// <summary>A layer in evaluation mode, in which rows are independent and nothing is drawn.</summary>
    private static Sample InEvaluation(Sample sample)
    {
        sample.Module.eval();
        return sample;
    }

    /// <summary>A layer whose rows depend on each other.</summary>
    private static Sample OfRows(Sample sample, params long[] rows) => sample with
    {
        IsRowwise = false,
        Apply = rows.Length == 0 ? sample.Apply : a =>
        {
            using var scope = NewDisposeScope();
            return sample.Apply([a[0].reshape([.. rows, a[0].size(-1)])]).reshape(a[0].shape).MoveToOuterDisposeScope();
        },
    };

    private static Graph SmallGraph() =>
        Graph.FromEdges(tensor(new long[] { 0, 1, 2, 3, 3, 0, 2, 2 }), tensor(new long[] { 1, 0, 1, 1, 0, 3, 3, 3 }), 5);

    private static Sample Network(string name, nn.Module<Tensor, Tensor, Graph, Tensor> module, Irreps features, Irreps output, Tensor? batch)
    {
        module.to(ScalarType.Float64);
        var graph = Graph.FromEdges(
            tensor(new long[] { 0, 1, 2, 0, 1, 2, 3, 4, 5, 4 }), tensor(new long[] { 1, 0, 1, 2, 2, 0, 4, 3, 4, 5 }), 6, batch);
        return new Sample(name, module, ["1o", features], output, [6, 6], a => module.forward(a[0], a[1], graph))
        {
            IsRowwise = false,
            TakesPositions = true,
        };
    }
}

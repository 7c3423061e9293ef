using E3Gen.Runtime.Tests.Networks;
using E3Gen.Runtime.Tests.Operations.TensorProducts;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Wrong arguments are named at the entrance: the operation, the argument, what was expected and what came.</summary>
public sealed class ErrorTests : IDisposable
{
    private const string UvwX = "3x0e+2x1o+1x2e+2x0o";

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly LinearMaps maps = new();
    private readonly UvwProducts products = new();
    private readonly Convolutions convolutions = new();

    public void Dispose()
    {
        maps.Dispose();
        products.Dispose();
        convolutions.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void WrongLastAxis()
    {
        const string What = "LinearMaps.Plain, argument 'x': the last axis must have 22 entries (3x0e+2x0e+2x1o+1x2e+2x1e), but the shape is";
        Refused($"{What} [5, 21].", () => maps.Plain(zeros(5, 21)));
        Refused($"{What} [22, 2, 3].", () => maps.Plain(zeros(22, 2, 3)));
        Refused($"{What} [0].", () => maps.Plain(zeros(0)));
        Refused($"{What} [].", () => maps.Plain(tensor(1.0f)));
        Refused(
            $"UvwProducts.SharedComponentElement, argument 'x': the last axis must have 16 entries ({UvwX}), but the shape is [4, 18].",
            () => products.SharedComponentElement(zeros(4, 18), zeros(4, 18), zeros(86)));
        Refused(
            "UvwProducts.InternalComponentElement, argument 'y': the last axis must have 18 entries (2x0e+1x1o+2x1e+1x3o), but the shape is [4, 16].",
            () => products.InternalComponentElement(zeros(4, 16), zeros(4, 16)));
        using var harmonics = new HarmonicsModule();
        Refused(
            "HarmonicsModule.Component4, argument 'vectors': the last axis must have 3 entries (a vector), but the shape is [3, 4].",
            () => harmonics.Component4(zeros(3, 4)));
        using var gates = new Gates();
        Refused(
            "Gates.Doc, argument 'x': the last axis must have 24 entries (9x0o+3x1o+2x1e), but the shape is [19].",
            () => gates.Doc(zeros(19)));
    }

    [Fact]
    public void WrongTypes()
    {
        Refused(
            "LinearMaps.Plain, argument 'x': must be a floating-point tensor, but is Int64; convert it with .to(torch.float32).",
            () => maps.Plain(zeros(5, 22, ScalarType.Int64)));
        Refused(
            "LinearMaps.Plain: 'x' and the module's weights " + OneType("Float64", "Float32"),
            () => maps.Plain(zeros(5, 22, ScalarType.Float64)));
        Refused(
            "UvwProducts.InternalComponentElement: 'x' and 'y' " + OneType("Float32", "Float64"),
            () => products.InternalComponentElement(zeros(4, 16), zeros(4, 18, ScalarType.Float64)));
        Refused(
            "UvwProducts.SharedComponentElement: 'x' and 'weights' " + OneType("Float32", "Float64"),
            () => products.SharedComponentElement(zeros(4, 16), zeros(4, 18), zeros(86, ScalarType.Float64)));
    }

    [Fact]
    public void WrongDevice() => Refused(
        "LinearMaps.Plain: 'x' and the module's weights must be on one device, but are on meta and cpu; move one with .to(…).",
        () => maps.Plain(zeros(5, 22, device: META)));

    [Fact]
    public void DisposedTensor()
    {
        Tensor x = zeros(5, 22);
        x.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => maps.Plain(x));
        Assert.StartsWith("LinearMaps.Plain, argument 'x': the tensor was disposed, perhaps with the dispose scope in which it was made;", error.Message);
    }

    [Fact]
    public void NoTensor()
    {
        Missing("LinearMaps.Plain, argument 'x'", () => maps.Plain(null!));
        Missing("UvwProducts.SharedComponentElement, argument 'y'", () => products.SharedComponentElement(zeros(4, 16), null!, zeros(86)));
        Missing("UvwProducts.SharedComponentElement, argument 'weights'", () => products.SharedComponentElement(zeros(4, 16), zeros(4, 18), null!));
    }

    [Fact]
    public void WrongWeights()
    {
        const string Shared = "UvwProducts.SharedComponentElement, argument 'weights'", PerSample = "UvwProducts.SampleComponentElement";
        Refused(
            $"{Shared}: the last axis must have 86 entries (weights), but the shape is [85].",
            () => products.SharedComponentElement(zeros(4, 16), zeros(4, 18), zeros(85)));
        Refused(
            $"{Shared}: must have one axis (the same weights for every row), but the shape is [4, 86]; "
                + "use WeightKind.PerSample for weights of each row.",
            () => products.SharedComponentElement(zeros(4, 16), zeros(4, 18), zeros(4, 86)));
        Refused(
            $"{PerSample}: the leading axes of 'x', 'y' and 'weights' must be equal or broadcast, but are [4], [4], [3].",
            () => products.SampleComponentElement(zeros(4, 16), zeros(4, 18), zeros(3, 86)));
        Assert.Equal([4L, 60], products.SampleComponentElement(zeros(4, 16), zeros(4, 18), zeros(86)).shape);
    }

    [Fact]
    public void RowsThatDoNotFit()
    {
        Refused(
            "UvwProducts.InternalComponentElement: the leading axes of 'x' and 'y' must be equal or broadcast, but are [3, 4], [5, 4].",
            () => products.InternalComponentElement(zeros(3, 4, 16), zeros(5, 4, 18)));
        Refused(
            "UvwProducts.InternalComponentElement: the leading axes of 'x' and 'y' must be equal or broadcast, but are [0], [2].",
            () => products.InternalComponentElement(zeros(0, 16), zeros(2, 18)));
    }

    [Fact]
    public void GraphsThatDoNotFit()
    {
        using var graph = Graph.FromEdges(tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 }), 3);
        Tensor nodes = zeros(3, 23), edges = zeros(2, 9), weights = zeros(2, 37);
        const string Rows = "must have two axes and one row for each of the graph's";
        const string Kept = "Convolutions.Kept, argument";
        Refused($"{Kept} 'nodes': {Rows} 3 nodes, but the shape is [2, 23].", () => convolutions.Kept(zeros(2, 23), edges, weights, graph));
        Refused(
            $"{Kept} 'nodes': {Rows} 3 nodes, but the shape is [3, 1, 23].",
            () => convolutions.Kept(zeros(3, 1, 23), edges, weights, graph));
        Refused($"{Kept} 'edges': {Rows} 2 edges, but the shape is [3, 9].", () => convolutions.Kept(nodes, zeros(3, 9), weights, graph));
        Refused($"{Kept} 'weights': {Rows} 2 edges (or of its 1 pairs of opposite edges), but the shape is [4, 37].", () => convolutions.Kept(nodes, edges, zeros(4, 37), graph));
        Refused(
            $"{Kept} 'weights': the last axis must have 37 entries (weights), but the shape is [2, 36].",
            () => convolutions.Kept(nodes, edges, zeros(2, 36), graph));
        Refused(
            "Convolutions.Kept: the graph is on cpu, but features of nodes are on meta; move one with .to(…).",
            () => convolutions.Kept(zeros(3, 23, device: META), zeros(2, 9, device: META), zeros(2, 37, device: META), graph));
        Missing($"{Kept} 'graph'", () => convolutions.Kept(nodes, edges, weights, null!));
    }

    [Fact]
    public void NetworksNameTheirArguments()
    {
        using var network = new SmallWaterNetwork();
        using var graph = Graph.FromEdges(tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 }), 3);
        Tensor positions = zeros(3, 3), nodes = zeros(3, 2);
        const string Rows = "must have two axes and one row for each of the graph's 3 nodes, but the shape is";
        Refused(
            "SmallWaterNetwork.forward, argument 'positions': the last axis must have 3 entries (x, y, z), but the shape is [3, 2].",
            () => network.forward(nodes, nodes, graph));
        Refused($"SmallWaterNetwork.forward, argument 'positions': {Rows} [4, 3].", () => network.forward(zeros(4, 3), nodes, graph));
        Refused(
            "SmallWaterNetwork.forward, argument 'nodes': the last axis must have 2 entries (2x0e), but the shape is [3, 3].",
            () => network.forward(positions, positions, graph));
        Refused($"SmallWaterNetwork.forward, argument 'nodes': {Rows} [2, 2].", () => network.forward(positions, zeros(2, 2), graph));
        Refused(
            "SmallWaterNetwork.forward: 'positions' and 'nodes' " + OneType("Float64", "Float32"),
            () => network.forward(positions.to(ScalarType.Float64), nodes, graph));
        Refused(
            "SmallWaterNetwork.Layer0.Linear1: 'nodes' and the module's weights " + OneType("Float64", "Float32"),
            () => network.forward(positions.to(ScalarType.Float64), nodes.to(ScalarType.Float64), graph));
        Missing("SmallWaterNetwork.forward, argument 'nodes'", () => network.forward(positions, null!, graph));
        Missing("SmallWaterNetwork.forward, argument 'graph'", () => network.forward(positions, nodes, null!));
    }

    private static string OneType(string first, string second) =>
        $"must have one dtype, but are {first} and {second}; convert one, or the module, with .to(…).";

    private static void Refused(string message, Func<Tensor> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    private static void Missing(string argument, Func<Tensor> call) => Assert.Equal(argument, Assert.Throws<ArgumentNullException>(call).ParamName);
}

using E3Gen.Kernels;
using E3Gen.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

/// <summary>Networks, which compute in ir_mul, give what their operations in mul_ir give one after the other: values and derivatives, on both backends.</summary>
public sealed class TwinTests : IDisposable
{
    private const int Count = 5;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(73);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    public static TheoryData<Backend, Backend> Both => new() { { Backend.Cpu, Backend.Cpu }, { Backend.Portable, Backend.Portable }, { Backend.Cpu, Backend.Portable } };

    [Theory]
    [MemberData(nameof(Both))]
    public void CopiesKeepTheirPlaces(Backend here, Backend there)
    {
        using var network = new ManyCopies();
        using var twin = new ManyCopiesTwin();
        Share(network, twin);
        Compare(
            here,
            there,
            network,
            twin,
            (x, graph) => network.forward(x[0], x[1], graph),
            (x, graph) =>
            {
                var (edges, radial) = EdgesOf(x[0], graph);
                Tensor hidden = twin.Gate(Layer(
                    twin.Self0(x[1]), twin.Convolve0(twin.First0(x[1]), edges, twin.Radial0.forward(radial), graph), twin.Second0, "10x0e + 5x1o + 2x1e"));
                return Layer(
                    twin.Self1(hidden), twin.Convolve1(twin.First1(hidden), edges, twin.Radial1.forward(radial), graph), twin.Second1, "2x1o + 1x0e + 2x1e + 2x1o");
            },
            "1x1o",
            "2x0e + 3x1o + 2x1e");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void AttributesStayMulIr(Backend here, Backend there)
    {
        using var network = new ManyAttributes();
        using var twin = new ManyAttributesTwin();
        Share(network, twin);
        Compare(
            here,
            there,
            network,
            twin,
            (x, graph) => network.forward(x[0], x[1], x[2], graph),
            (x, graph) =>
            {
                var (edges, radial) = EdgesOf(x[0], graph);
                Tensor messages = twin.Convolve0(twin.First0(x[1], x[2]), edges, twin.Radial0.forward(radial), graph);
                return Layer(twin.Self0(x[1], x[2]), messages, m => twin.Second0(m, x[2]), "2x0e + 3x1o");
            },
            "1x1o",
            "2x0e + 3x1o",
            "1x0e + 2x1o");
    }

    private static (Tensor Harmonics, Tensor Radial) EdgesOf(Tensor positions, Graph graph)
    {
        Tensor vectors = graph.EdgeVectors(positions), lengths = Edges.Lengths(vectors);
        Tensor harmonics = O3.SphericalHarmonics("1x0e + 1x1o + 1x1o", vectors, normalize: true, Normalization.Component);
        return (Edges.Attenuate(harmonics, lengths, 3, CutoffKind.Smooth), Edges.Expand(lengths, 3, 4, RadialBasisKind.Gaussian, vanish: false));
    }

    private static Tensor Layer(Tensor self, Tensor messages, Func<Tensor, Tensor> second, Irreps output) =>
        new SkipConnection((output.Dim, true)).Apply(self, second(messages / Math.Sqrt(3)));

    /// <summary>Gives the twin the network's parameters.</summary>
    private static void Share(nn.Module network, nn.Module twin)
    {
        network.to(ScalarType.Float64);
        twin.to(ScalarType.Float64);
        using var noGrad = no_grad();
        var targets = twin.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Equal(targets.Count, network.named_parameters().Count());
        foreach (var (name, parameter) in network.named_parameters()) targets[TwinName(name)].copy_(parameter);
    }

    /// <summary>layers.0.first.sc.weight → Self0.weight.</summary>
    private static string TwinName(string name)
    {
        string[] parts = [.. name.Split('.').Where(p => p != "first")];
        string operation = parts[2] switch { "sc" => "Self", "lin1" => "First", "lin2" => "Second", _ => "Radial" };
        return $"{operation}{parts[1]}.{string.Join(".", parts[3..])}";
    }

    private void Compare(
        Backend here, Backend there, nn.Module network, nn.Module twin, Func<Tensor[], Graph, Tensor> first, Func<Tensor[], Graph, Tensor> second, params string[] irreps)
    {
        Tensor[] inputs = [.. irreps.Select(i => randn([Count, ((Irreps)i).Dim], ScalarType.Float64, generator: random))];
        using var graph = Graph.FromPositions(inputs[0], 3.0);
        Assert.True(graph.EdgeCount > Count);
        var expected = Results(there, twin, x => second(x, graph), inputs);
        var actual = Results(here, network, x => first(x, graph), inputs);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Select(k => k.StartsWith("layers", StringComparison.Ordinal) ? TwinName(k) : k).Order());
        foreach (var (name, value) in actual)
        {
            Tensor other = expected[name.StartsWith("layers", StringComparison.Ordinal) ? TwinName(name) : name];
            Near.Relative(other, value, name == "result" ? 1e-10 : 1e-8, name);
        }
    }

    /// <summary>The result and the derivatives by inputs and parameters, of a sum of forces' squares, too.</summary>
    private static Dictionary<string, Tensor> Results(Backend backend, nn.Module module, Func<Tensor[], Tensor> f, Tensor[] inputs)
    {
        using var chosen = Backends.Use(backend);
        module.zero_grad();
        Tensor[] x = [.. inputs.Select(i => i.detach().clone().requires_grad_())];
        Tensor result = f(x);
        Tensor weights = arange(result.numel(), ScalarType.Float64).cos().reshape(result.shape);
        Tensor force = autograd.grad([result.mul(weights).sum()], [x[0]], retain_graph: true, create_graph: true)[0];
        (force.square().sum() + result.mul(weights).sum()).backward();
        var found = new Dictionary<string, Tensor> { ["result"] = result.detach() };
        for (int i = 0; i < x.Length; i++) found[$"by input {i}"] = x[i].grad!.clone();
        foreach (var (name, parameter) in module.named_parameters()) found[name] = parameter.grad!.clone();
        return found;
    }
}

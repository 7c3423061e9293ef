using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

public sealed class AttentionTests : IDisposable
{
    /// <summary>Node 4 has no edges, node 2 is none's destination, node 3 has several from one source.</summary>
    private static readonly long[] From = [0, 1, 2, 3, 3, 0, 2, 2], To = [1, 0, 1, 1, 0, 3, 3, 3];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(37);
    private readonly Graph graph = Graph.FromEdges(tensor(From), tensor(To), 5);
    private readonly Attentions attentions = new();

    public void Dispose()
    {
        attentions.Dispose();
        graph.Dispose();
        random.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(nameof(Attentions.One), 1)]
    [InlineData(nameof(Attentions.Two), 2)]
    [InlineData(nameof(Attentions.CutOff), 2)]
    public void IsWhatIsWritten(string method, int heads)
    {
        bool cut = method == nameof(Attentions.CutOff);
        Tensor[] arguments = Arguments(cut);
        if (cut) arguments[3][6] = 0;
        Near.Equal(Direct(arguments, heads, graph), Call(method, arguments, graph), 1e-12);
    }

    /// <summary>Number by number: heads, nodes, their edges.</summary>
    private static Tensor Direct(Tensor[] arguments, int heads, Graph graph)
    {
        Irreps keys = Attentions.Keys, values = Attentions.Values;
        var (q, k, v) = (arguments[0], arguments[1], arguments[2]);
        long[] destination = graph.Destination.data<long>().ToArray();
        Tensor result = zeros(graph.NodeCount, values.Dim, float64);
        for (int head = 0; head < heads; head++)
        {
            long[] read = Columns(keys, head), written = Columns(values, head);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                var edges = Enumerable.Range(0, destination.Length).Where(e => destination[e] == node).ToList();
                double[] weights = [.. edges.Select(e =>
                {
                    double score = read.Sum(c => q[node, c].item<double>() * k[e, c].item<double>()) / Math.Sqrt(read.Length);
                    return Math.Exp(score) * (arguments.Length > 3 ? arguments[3][e].item<double>() : 1);
                })];
                for (int i = 0; i < edges.Count; i++)
                {
                    foreach (long c in written) result[node, c] += v[edges[i], c] * (weights[i] / weights.Sum());
                }
            }
        }

        return result;

        // The copies of a head are neighbours in each entry.
        long[] Columns(Irreps irreps, int head) =>
        [.. irreps.SelectMany((entry, i) => Enumerable.Range(0, entry.Dim / heads).Select(c => irreps.Slices[i].Offset + (head * entry.Dim / heads) + (long)c))];
    }

    [Theory]
    [InlineData(nameof(Attentions.Two))]
    [InlineData(nameof(Attentions.CutOff))]
    public void Derivatives(string method)
    {
        Tensor[] arguments = Arguments(method == nameof(Attentions.CutOff));
        GradientCheck.First(a => Call(method, a, graph), arguments);
        GradientCheck.Second(a => Call(method, a, graph), arguments, 1e-6);
    }

    /// <summary>Nodes and edges in another order give the same rows in that order.</summary>
    [Fact]
    public void OrderDoesNotMatter()
    {
        Tensor[] a = Arguments(cut: true);
        Tensor expected = Call(nameof(Attentions.CutOff), a, graph);
        long[] names = [3, 0, 4, 1, 2]; // of node n
        long[] order = [5, 2, 7, 0, 1, 6, 4, 3]; // edges of the other graph
        long[] from = graph.Source.data<long>().ToArray(), to = graph.Destination.data<long>().ToArray();
        using Graph other = Graph.FromEdges(tensor(order.Select(e => names[from[e]]).ToArray()), tensor(order.Select(e => names[to[e]]).ToArray()), 5);
        Tensor edges = tensor(order).index_select(0, other.EdgePermutation!), nodes = tensor(names).argsort();
        Tensor result = Call(nameof(Attentions.CutOff), [a[0].index_select(0, nodes), .. a[1..].Select(x => x.index_select(0, edges))], other);
        Near.Equal(expected.index_select(0, nodes), result, 1e-12);
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void HugeScoresAreFinite(ScalarType type)
    {
        foreach (double size in new[] { 1e4, -1e4 })
        {
            Tensor[] arguments = [full([5, 1], 100.0), arange(8).to(float64).unsqueeze(1).mul(size / 800).add(size / 100), ones(8, 3)];
            arguments = [.. arguments.Select(x => x.to(type).requires_grad_(true))];
            Tensor y = attentions.Smallest(arguments[0], arguments[1], arguments[2], graph);
            y.sum().backward();
            Assert.All(arguments.Select(x => x.grad!).Append(y), x => Assert.True(x.isfinite().all().item<bool>()));
            Near.Equal(tensor(new[] { 1.0, 1, 0, 1, 0 }), y[.., 0], 1e-2);
        }
    }

    [Fact]
    public void WeightsAddUpToOne()
    {
        Tensor scores = randn([8, 3], ScalarType.Float64, generator: random) * 50;
        Tensor weights = graph.Softmax(scores);
        Assert.Equal([8L, 3], weights.shape);
        Tensor sums = zeros(5, 3, float64).index_add(0, graph.Destination, weights, 1);
        Near.Equal(tensor(new[] { 1.0, 1, 0, 1, 0 }).unsqueeze(1).expand(5, 3), sums, 1e-12);
        Near.Equal(weights, graph.Softmax(scores + 1e3), 1e-9, "A constant cancels.");
        Near.Equal(weights, graph.Softmax(scores, full([8], 0.01, float64)), 1e-12, "A common factor cancels.");
        GradientCheck.First(s => graph.Softmax(s[0], s[1]), [randn([8, 2], ScalarType.Float64, generator: random), rand(8, float64) + 0.1]);
        GradientCheck.Second(s => graph.Softmax(s[0], s[1]), [randn([8, 2], ScalarType.Float64, generator: random), rand(8, float64) + 0.1], 1e-6);
    }

    /// <summary>An edge of weight zero is as good as none, whatever its score; and where all are none there is nothing.</summary>
    [Fact]
    public void EdgesBeyondTheCutoffDoNotCount()
    {
        Tensor scores = tensor(new[] { 1.0, 1e4, 2, 3, 1, 2, 3, 4 }).unsqueeze(1).requires_grad_(true);
        Tensor cutoff = tensor(new[] { 1.0, 0, 1, 1, 0.5, 0, 0, -1 }).requires_grad_(true);
        Tensor weights = graph.Softmax(scores, cutoff);
        long[] to = graph.Destination.data<long>().ToArray();
        Tensor gradient = autograd.grad([(weights * arange(8).to(float64).unsqueeze(1)).sum()], [scores], retain_graph: true, create_graph: true)[0];
        gradient.square().sum().backward();
        Assert.All(new[] { weights, gradient, scores.grad!, cutoff.grad! }, x => Assert.True(x.isfinite().all().item<bool>()));
        Assert.Equal(1, weights[0, 0].item<double>()); // the other edge of node 0 is beyond
        Assert.Equal([0.0, 0, 0], weights[5..].flatten().data<double>().ToArray()); // all edges of node 3 are
        Assert.Equal([0L, 0, 1, 1, 1, 3, 3, 3], to);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, 0)]
    public void GraphsWithoutEdges(int edges, int nodes)
    {
        using Graph empty = Graph.FromEdges(zeros(edges, int64), zeros(edges, int64), nodes);
        Tensor[] arguments = [.. new[] { zeros(nodes, 16), zeros(edges, 16), zeros(edges, 26) }.Select(x => x.requires_grad_(true))];
        Tensor y = attentions.Two(arguments[0], arguments[1], arguments[2], empty);
        Assert.Equal([nodes, 26L], y.shape);
        y.sum().backward();
        Assert.Equal(0, y.abs().sum().item<float>());
        Assert.Equal([edges, 2L], empty.Softmax(zeros(edges, 2)).shape);
    }

    /// <summary>Scores of normal queries and keys have a variance of one, so that no edge takes all.</summary>
    [Fact]
    public void ScoresHaveUnitVariance()
    {
        using Graph two = Graph.FromEdges(cat([arange(4000), arange(4000)]), cat([arange(4000), arange(4000)]), 4000);
        Tensor q = randn([4000, 16], ScalarType.Float64, generator: random), k = randn([4000, 16], ScalarType.Float64, generator: random);
        Tensor keys = stack([k, zeros_like(k)], 1).flatten(0, 1);
        Tensor values = zeros(8000, 26, float64);
        values[TensorIndex.Slice(0, null, 2), 0] = 1;
        Tensor weight = attentions.Two(q, keys, values, two)[.., 0]; // sigmoid of the score of the first head
        Tensor scores = (weight / (1 - weight)).log();
        Assert.InRange(scores.square().mean().item<double>(), 0.9, 1.1);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Tensor q = zeros(5, 16), k = zeros(8, 16), v = zeros(8, 26), c = ones(8);
        void Refused(string message, Action call) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(call).Message);
        Refused("Attentions.CutOff, argument 'queries': the last axis must have 16 entries", () => attentions.CutOff(v, k, v, graph, c));
        Refused("Attentions.CutOff, argument 'keys': must have two axes and one row for each of the graph's 8 edges", () => attentions.CutOff(q, q, v, graph, c));
        Refused("Attentions.CutOff: 'queries' and 'values' must have one dtype", () => attentions.CutOff(q, k, v.to(float64), graph, c));
        Refused("Attentions.CutOff, argument 'graph'", () => attentions.CutOff(q, k, v, null!, c));
        Refused("Attentions.CutOff, argument 'cutoff': must have one axis", () => attentions.CutOff(q, k, v, graph, ones(1, 8)));
        Refused("needs floating-point [8, heads]", () => graph.Softmax(ones(8)));
        Refused("argument 'cutoff': the last axis must have 8 entries", () => graph.Softmax(ones(8, 2), ones(7)));
    }

    private Tensor Call(string method, Tensor[] arguments, Graph on) => new Operation(attentions, method).Call([.. arguments[..3], on, .. arguments[3..]]);

    private Tensor[] Arguments(bool cut)
    {
        Tensor Numbers(params long[] shape) => randn(shape, ScalarType.Float64, generator: random);
        Tensor[] arguments = [Numbers(5, 16), Numbers(8, 16), Numbers(8, 26)];
        return cut ? [.. arguments, rand([8], ScalarType.Float64, generator: random) + 0.1] : arguments;
    }
}

using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Modules;
using E3Gen.Benchmarks.Kernels.Operations;
using E3Gen.Benchmarks.Kernels.Peers;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Gather, product, sum over the edges that arrive at a node.</summary>
internal static class ConvolutionCases
{
    private const int Degree = 32, Edges = 4096;
    private static readonly Scalar One = 1.0;

    private delegate Tensor Apply(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    public static IEnumerable<Case> All => new[] { Edges / 2, Edges, 8 * Edges }.Select(edges => new Case(
        $"convolution64/{edges}", $"convolution {Uvu64.Nodes} ⊗ l ≤ 3 → l ≤ 2", peers => Prepare(peers, "uvu64", ProductCases.Uvu64Paths, edges, new Convolution64().Apply, isForces: true)));

    /// <summary>With the degree.</summary>
    public static IEnumerable<Case> Degrees
    {
        get
        {
            var module = new Lazy<Degrees>(() => new Degrees());
            Func<Apply>[] methods = [() => module.Value.To1, () => module.Value.To2, () => module.Value.To3, () => module.Value.To4, () => module.Value.To5, () => module.Value.To6];
            for (int l = 1; l <= methods.Length; l++)
            {
                (int degree, Func<Apply> method) = (l, methods[l - 1]);
                string nodes = string.Join(" + ", Irreps.SphericalHarmonics(l).Select(i => $"16x{i.Irrep}"));
                yield return new Case($"degree/{l}", $"convolution 16x, l ≤ {l}", peers =>
                    Prepare(peers, $"degree-{degree}", Product.Uvu(nodes, degree, i => i.L <= degree && ProductCases.IsNatural(i)), Edges, method()));
            }
        }
    }

    /// <summary>With the number of copies.</summary>
    public static IEnumerable<Case> Copies
    {
        get
        {
            var module = new Lazy<Copies>(() => new Copies());
            (int, Func<Apply>)[] methods =
            [
                (1, () => module.Value.Times1), (3, () => module.Value.Times3), (8, () => module.Value.Times8), (15, () => module.Value.Times15), (16, () => module.Value.Times16),
                (32, () => module.Value.Times32), (64, () => module.Value.Times64), (125, () => module.Value.Times125), (128, () => module.Value.Times128),
            ];
            return methods.Select(m => new Case($"copies/{m.Item1}", $"convolution {m.Item1}x, l ≤ 2", peers => Prepare(
                peers, $"copies-{m.Item1}", Product.Uvu($"{m.Item1}x0e + {m.Item1}x1o + {m.Item1}x2e", 2, i => i.L <= 2 && ProductCases.IsNatural(i)), Edges, m.Item2())));
        }
    }

    private static Workload Prepare(PeerModules peers, string name, Product product, int edges, Apply apply, bool isForces = false)
    {
        int nodes = edges / Degree;
        var random = new Random(0);
        // Neighbours have near numbers, as after sorting atoms by place.
        Tensor source = tensor(Enumerable.Range(0, edges).Select(e => (long)((e / Degree + random.Next(-64, 65) + nodes) % nodes + nodes) % nodes).ToArray());
        Tensor destination = tensor(Enumerable.Range(0, edges).Select(e => (long)(e / Degree)).ToArray());
        var graph = Graph.FromEdges(source, destination, nodes);
        Func<Tensor[], Tensor> Around(Func<Tensor[], Tensor> messages) => t =>
            zeros(nodes, product.Output.Dim).index_add(0, destination, messages([t[0].index_select(0, source), t[1], t[2]]), One);
        return new Workload(
            $"{nodes} nodes, {edges} edges, {product.Paths.Count} paths",
            [
                .. E3GenContestants.Of(t => apply(t[0], t[1], t[2], graph)),
                .. peers.E3nn(name, Around),
                new Contestant(Contestant.Rendition, Around(ProductScript.Compile(product))),
            ],
            Measured([randn(nodes, product.Input1.Dim), randn(edges, product.Input2.Dim), randn(edges, product.Weights)]));

        MeasuredTask[] Measured(Tensor[] inputs)
        {
            var tasks = Tasks.Operation(inputs, nodes, product.Output.Dim, edges * FlopCount.Product(product), passes: 4);
            return isForces ? [.. tasks, Tasks.DoubleBackward(inputs, nodes, product.Output.Dim)] : tasks;
        }
    }
}

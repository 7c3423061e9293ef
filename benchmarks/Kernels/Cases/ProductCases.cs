using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Modules;
using E3Gen.Benchmarks.Kernels.Operations;
using E3Gen.Benchmarks.Kernels.Peers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Tensor products and the linear map, row by row.</summary>
internal static class ProductCases
{
    private const int Rows = 4096, ManyRows = 32768;

    public static IEnumerable<Case> All =>
    [
        .. new[] { Rows, ManyRows }.Select(rows => new Case($"uvu64/{rows}", $"{Uvu64.Nodes} ⊗ l ≤ 3 → l ≤ 2", peers =>
            PerRow(peers, "uvu64", Uvu64Paths, rows, new Uvu64().Apply))),
        new("mace/4096", $"{Mace.Nodes} ⊗ l ≤ 3 → l ≤ 3, natural parity", peers =>
            PerRow(peers, "mace", Product.Uvu(Mace.Nodes, 3, i => i.L <= 3 && IsNatural(i)), Rows, new Mace().Apply)),
        new("small/4096", $"{Small.Nodes} ⊗ l ≤ 3", peers => PerRow(peers, "small", Product.Uvu(Small.Nodes, 3, _ => true), Rows, new Small().Apply)),
        new("fully-connected/4096", $"{FullyConnected.Features} ⊗ {FullyConnected.Attributes} → same, uvw", FullyConnectedProduct),
        new("square/4096", $"{Square.Features} squared, uvuv", SquareOfFeatures),
        new("linear/4096", $"Linear {LinearMap.Features}", Linear),
    ];

    public static Product Uvu64Paths => Product.Uvu(Uvu64.Nodes, 3, i => i.L <= 2);

    /// <summary>The parity of polynomials of that degree.</summary>
    public static bool IsNatural(Irrep irrep) => irrep.Parity == (irrep.L % 2 == 0 ? 1 : -1);

    private static Workload PerRow(PeerModules peers, string name, Product product, int rows, Func<Tensor, Tensor, Tensor, Tensor> apply) => new(
        $"{rows} rows, {product.Paths.Count} paths",
        [
            .. E3GenContestants.Of(t => apply(t[0], t[1], t[2])),
            .. peers.E3nn(name),
            new Contestant(Contestant.Rendition, ProductScript.Compile(product)),
        ],
        Tasks.Operation(
            [randn(rows, product.Input1.Dim), randn(rows, product.Input2.Dim), randn(rows, product.Weights)],
            rows,
            product.Output.Dim,
            rows * FlopCount.Product(product),
            passes: 4));

    private static Workload FullyConnectedProduct(PeerModules peers)
    {
        var module = new FullyConnected();
        var product = Product.FullyConnected(FullyConnected.Features, FullyConnected.Attributes, FullyConnected.Features);
        var script = ProductScript.Compile(product);
        Dictionary<string, Parameter> weights = Weights(product.Weights);
        return new Workload(
            $"{Rows} rows, {product.Paths.Count} paths, {product.Weights} weights",
            [
                .. E3GenContestants.OfOperation(module, t => module.Apply(t[0], t[1])),
                .. peers.E3nn("fully-connected"),
                new Contestant(Contestant.Rendition, t => script([t[0], t[1], weights["weight"]]), weights),
            ],
            Tasks.Operation([randn(Rows, product.Input1.Dim), randn(Rows, product.Input2.Dim)], Rows, product.Output.Dim, Rows * FlopCount.Product(product), passes: 4));
    }

    private static Workload SquareOfFeatures(PeerModules peers)
    {
        var module = new Square();
        var product = Product.Full(Square.Features, Square.Features);
        var script = ProductScript.Compile(product);
        return new Workload(
            $"{Rows} rows, {product.Paths.Count} paths",
            [
                .. E3GenContestants.Of(t => module.Apply(t[0], t[0])),
                .. peers.E3nn("square", around: inner => t => inner([t[0], t[0]])),
                new Contestant(Contestant.Rendition, t => script([t[0], t[0]])),
            ],
            Tasks.Operation([randn(Rows, product.Input1.Dim)], Rows, product.Output.Dim, Rows * FlopCount.Product(product), passes: 3));
    }

    private static Workload Linear(PeerModules peers)
    {
        var module = new LinearMap();
        Irreps features = LinearMap.Features;
        var script = LinearScript.Compile(features, features);
        Dictionary<string, Parameter> weights = Weights(features.Sum(f => f.Multiplicity * f.Multiplicity));
        return new Workload(
            $"{Rows} rows",
            [
                .. E3GenContestants.OfOperation(module, t => module.Apply(t[0])),
                .. peers.E3nn("linear"),
                new Contestant(Contestant.Rendition, t => script(t[0], weights["weight"]), weights),
            ],
            Tasks.Operation([randn(Rows, features.Dim)], Rows, features.Dim, Rows * FlopCount.Linear(features, features), passes: 3));
    }

    private static Dictionary<string, Parameter> Weights(int count) => new() { ["weight"] = nn.Parameter(zeros(count)) };
}

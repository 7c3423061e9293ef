using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Modules;
using E3Gen.Benchmarks.Kernels.Operations;
using E3Gen.Benchmarks.Kernels.Peers;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Whole networks, given the edges; e3nn's is without the search for them.</summary>
internal static class NetworkCases
{
    private const int Tetramers = 16, Atoms = 128, Species = 4;

    public static IEnumerable<Case> All =>
    [
        new("rackers/16", "Rackers' density network", Rackers),
        new("forces/128", "potential 32x, l ≤ 2", Forces),
    ];

    /// <summary>With the number of atoms.</summary>
    public static IEnumerable<Case> Sizes => new[] { 100, 1_000, 10_000, 100_000 }.Select(atoms =>
        new Case($"atoms/{atoms}", "potential 16x0e + 8x1o", peers => ManyAtoms(peers, atoms)));

    private static Workload Rackers(PeerModules peers)
    {
        var network = new Rackers();
        (Tensor positions, Tensor species, Tensor molecule) = WaterClusters.Tetramers(Tetramers);
        var graph = Graph.FromPositions(positions, Modules.Rackers.Cutoff, molecule);
        Tensor nodes = nn.functional.one_hot(species, 2).to(float32);
        var shape = new NetworkShape(
            "2x0e", "125x0o + 125x0e + 40x1o + 40x1e + 25x2o + 25x2e + 15x3o + 15x3e", "12x0e + 5x1o + 4x2e + 2x3o + 1x4e", 3, 3, Modules.Rackers.Cutoff, 12.2298);
        return new Workload(
            $"{Tetramers} tetramers, {graph.NodeCount} atoms, {graph.EdgeCount} edges",
            Contestants(peers, "rackers", shape, network, network.forward, nodes, graph),
            [Tasks.Forward([positions]), Tasks.TrainingStep([positions], randn(graph.NodeCount, shape.Output.Dim))]);
    }

    private static Workload Forces(PeerModules peers)
    {
        var network = new Potential();
        Tensor positions = AtomCloud.Positions(Atoms, neighbors: 25, Potential.Cutoff), nodes = randn(Atoms, Species);
        var graph = Graph.FromPositions(positions, Potential.Cutoff);
        var shape = new NetworkShape("4x0e", "32x0e + 32x1o + 32x2e", "0e", 2, 2, Potential.Cutoff, 16);
        return new Workload(
            $"{Atoms} atoms, {graph.EdgeCount} edges",
            Contestants(peers, "forces", shape, network, network.forward, nodes, graph),
            [Tasks.Forward([positions]), Tasks.ForceStep([positions], randn(Atoms, 3))]);
    }

    private static Workload ManyAtoms(PeerModules peers, int atoms)
    {
        var network = new SmallPotential();
        Tensor positions = AtomCloud.Positions(atoms, neighbors: 16, SmallPotential.Cutoff), nodes = randn(atoms, Species);
        var graph = Graph.FromPositions(positions, SmallPotential.Cutoff);
        var shape = new NetworkShape("4x0e", "16x0e + 8x1o", "0e", 1, 1, SmallPotential.Cutoff, 16);
        return new Workload(
            $"{atoms} atoms, {graph.EdgeCount} edges",
            Contestants(peers, "atoms", shape, network, network.forward, nodes, graph),
            [Tasks.Forward([positions])]);
    }

    private static Contestant[] Contestants(
        PeerModules peers, string name, NetworkShape shape, nn.Module network, Func<Tensor, Tensor, Graph, Tensor> forward, Tensor nodes, Graph graph)
    {
        Contestant[] generated = [.. E3GenContestants.OfNetwork(network, t => forward(t[0], nodes, graph))];
        return
        [
            .. generated,
            .. peers.E3nn(name, module => t => module([t[0], nodes, graph.Source, graph.Destination])),
            NetworkRendition.Create(shape, generated[0], nodes, graph),
        ];
    }
}

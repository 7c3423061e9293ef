using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Modules;
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
        Contestant[] contestants =
        [
            .. E3GenContestants.OfNetwork(network, t => network.forward(t[0], nodes, graph)),
            .. peers.E3nn("rackers", module => t => module([t[0], nodes, graph.Source, graph.Destination])),
        ];
        return new Workload(
            $"{Tetramers} tetramers, {graph.NodeCount} atoms, {graph.EdgeCount} edges",
            contestants,
            [Tasks.Forward([positions]), Tasks.TrainingStep([positions], randn(graph.NodeCount, 70))]);
    }

    private static Workload Forces(PeerModules peers)
    {
        var network = new Potential();
        Tensor positions = AtomCloud.Positions(Atoms, neighbors: 25, Potential.Cutoff), nodes = randn(Atoms, Species);
        var graph = Graph.FromPositions(positions, Potential.Cutoff);
        return new Workload(
            $"{Atoms} atoms, {graph.EdgeCount} edges",
            [
                .. E3GenContestants.OfNetwork(network, t => network.forward(t[0], nodes, graph)),
                .. peers.E3nn("forces", module => t => module([t[0], nodes, graph.Source, graph.Destination])),
            ],
            [Tasks.Forward([positions]), Tasks.ForceStep([positions], randn(Atoms, 3))]);
    }

    private static Workload ManyAtoms(PeerModules peers, int atoms)
    {
        var network = new SmallPotential();
        Tensor positions = AtomCloud.Positions(atoms, neighbors: 16, SmallPotential.Cutoff), nodes = randn(atoms, Species);
        var graph = Graph.FromPositions(positions, SmallPotential.Cutoff);
        return new Workload(
            $"{atoms} atoms, {graph.EdgeCount} edges",
            [
                .. E3GenContestants.OfNetwork(network, t => network.forward(t[0], nodes, graph)),
                .. peers.E3nn("atoms", module => t => module([t[0], nodes, graph.Source, graph.Destination])),
            ],
            [Tasks.Forward([positions])]);
    }
}

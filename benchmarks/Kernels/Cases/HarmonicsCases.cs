using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Measuring;
using E3Gen.Benchmarks.Kernels.Modules;
using E3Gen.Benchmarks.Kernels.Peers;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Spherical harmonics.</summary>
internal static class HarmonicsCases
{
    private const int Degree = 4;

    public static IEnumerable<Case> All => new[] { 4096, 262144 }.Select(points =>
        new Case($"harmonics/{points}", $"harmonics l ≤ {Degree}", peers => Prepare(peers, points)));

    private static Workload Prepare(PeerModules peers, int points)
    {
        var harmonics = new Harmonics();
        var script = HarmonicsScript.Compile(Degree);
        return new Workload(
            $"{points} points",
            [
                .. E3GenContestants.Of(inputs => harmonics.Apply(inputs[0])),
                .. peers.E3nn("harmonics"),
                new Contestant(Contestant.Rendition, inputs => script(inputs[0])),
            ],
            Tasks.Operation([randn(points, 3)], points, (Degree + 1) * (Degree + 1), points * FlopCount.Harmonics(Degree), passes: 3));
    }
}

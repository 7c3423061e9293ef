using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Models;

/// <summary>
/// Morse pairs, D ((1 − exp(−a (r − r0)))² − 1), times a function of r/cutoff: analytic, and as smooth as that function is.
/// </summary>
internal class PairPotential(double cutoff, Func<Tensor, Tensor> envelope, IReadOnlyList<string>? species = null, double depth = PairPotential.Depth) : IPotential
{
    public const double Depth = 0.4, Width = 1.4, Length = 1.5;

    private static readonly Scalar Half = 0.5;

    public IReadOnlyList<string> Species { get; } = species ?? ["H", "O", "Ar"];

    public double Cutoff => cutoff;

    /// <summary>Two continuous derivatives: 1 − 10 x³ + 15 x⁴ − 6 x⁵.</summary>
    public static PairPotential Smooth(double cutoff = 4, IReadOnlyList<string>? species = null, double depth = Depth) => new(cutoff, SmoothStep, species, depth);

    public static Tensor SmoothStep(Tensor x) => Number(1) - x * x * x * (Number(10) - x * (Number(15) - Number(6) * x));

    /// <summary>A constant as a tensor: an implicit Scalar can be collected while native code reads it.</summary>
    public static Tensor Number(double x) => tensor(x, float64);

    /// <summary>The force is continuous, its slope is not.</summary>
    public static PairPotential Cosine(double cutoff = 4) => new(cutoff, x => Number(0.5) * (Number(1) + cos(Number(Math.PI) * x)));

    /// <summary>The energy is continuous, the force is not.</summary>
    public static PairPotential Linear(double cutoff = 4) => new(cutoff, x => Number(1) - x);

    /// <summary>The energy jumps.</summary>
    public static PairPotential Sharp(double cutoff = 4) => new(cutoff, x => ones_like(x));

    public virtual Tensor forward(Tensor positions, Tensor species, Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor r = graph.EdgeVectors(positions).square().sum(1).sqrt();
        Tensor pair = Number(depth) * ((Number(1) - exp(Number(-Width) * (r - Number(Length)))).square() - Number(1)) * envelope(r * Number(1 / cutoff)) * Strength(species, graph);
        return zeros(graph.NodeCount, dtype: positions.dtype).index_add(0, graph.Destination, pair, Half).MoveToOuterDisposeScope();
    }

    /// <summary>Species differ by how deep their wells are.</summary>
    private static Tensor Strength(Tensor species, Graph graph)
    {
        Tensor s = Number(1) + Number(0.3) * species.to(float64);
        return s.index_select(0, graph.Source) * s.index_select(0, graph.Destination);
    }
}

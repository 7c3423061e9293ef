using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Tensors that are made of numbers, modules, and functions of E3Gen's runtime.</summary>
internal static class Makers
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "numbers in a row", [D(3)],
            Do(d => torch.arange(0, 5, 2)), Do(d => torch.arange(0.0, 2.0, 0.3)), Do(d => torch.arange(4)),
            Do(d => torch.linspace(0, 1, 4)), Do(d => torch.eye(2, 3)), Do(d => torch.eye(3)), Do(d => torch.logspace(0, 1, 4))),
        Inside(
            "numbers in a shape", [D(3)],
            Do(d => torch.ones(2, 3)), Do(d => torch.full(2, 3, 1.5)),
            Do(d => torch.tensor(new[] { 1.0, 2.0, 3.0, 4.0 }, new long[] { 2, 2 })), Do(d => torch.tensor(new[] { true, false })),
            Do(d => torch.tensor(2)), Do(d => d.new_full(new long[] { 2, 3 }, 0.5))),
        Inside(
            "numbers in the shape of others", [D(4, 3), I(3)],
            Do(d => torch.zeros_like(d, ScalarType.Int64)), Do(d => torch.ones_like(d)), Do(i => torch.zeros_like(i)),
            Do(d => torch.full_like(d, 2.0)), Do(i => i.new_zeros(new long[] { 2 }))),
        Inside(
            "a vector times numbers that are made", [X("1o")],
            Do(x => x * torch.ones(4, 1)), Do(x => x * torch.arange(1.0, 5.0).unsqueeze(-1)), Do(x => x * torch.tensor(2.0)),
            Do(x => torch.eye(4, dtype: ScalarType.Float64).matmul(x))),
        Outside("a vector plus one", [X("1o")], Do(x => x + torch.tensor(1.0))),
        Outside("a vector plus numbers in a row", [X("1o")], Do(x => x + torch.arange(3.0))),

        Inside(
            "modules", [X("3x0o"), D(4, 3)],
            Do(x => Layers.Mixed(x)), Do(d => Layers.Shifted(d)), Do(x => Layers.OddParts(x)), Do(d => Layers.Parts(d)),
            Do(d => Layers.Normed(d))),
        Inside("modules of rows and whole numbers", [X("1o", 2), I(3)], Do(i => Layers.Embedded(i))),
        Inside(
            "a network of zeros", [D(4, 3)],
            Do(d => Layers.Shifted(torch.zeros_like(d))), Do(d => Layers.Connected(torch.zeros_like(d))),
            Do(d => Layers.Normed(torch.zeros_like(d)))),
        Outside("a module with a bias of odd scalars", [X("3x0o")], Do(x => Layers.Shifted(x))),
        Outside("a module with a bias of rows", [X("1o")], Do(x => Layers.RowsShifted(x.t()))),
        Outside("a module that mixes components", [X("1o")], Do(x => Layers.Mixed(x))),
        Outside("modules in a row that mix components", [X("1o")], Do(x => Layers.OddParts(x))),
        Outside("modules in a row of odd scalars of which one is even", [X("3x0o")], Do(x => Layers.Parts(x))),
        Outside("components that are normalised", [X("1o")], Do(x => Layers.Normed(x))),
        Outside("odd scalars that are normalised", [X("3x0o")], Do(x => Layers.Normed(x))),
        Outside("a network of odd scalars", [X("3x0o")], Do(x => Layers.Connected(x))),
        Outside("a network of components", [X("1o")], Do(x => Layers.Connected(x))),
        Outside("equal factors that are normalised", [X("1o"), D(4, 1)], Do((x, d) => x * Layers.Normed(d.expand(-1, 3)))),

        Inside(
            "harmonics", [X("1o"), Y("1e")],
            Do(x => O3.SphericalHarmonics("0e + 1o + 2e", x, true)), Do(y => O3.SphericalHarmonics("1e + 2e", y, true))),
        Outside("harmonics of a pseudovector that are odd", [Y("1e")], Do(y => O3.SphericalHarmonics("1o", y, true))),
        Outside("harmonics of a vector that are even", [X("1o")], Do(x => O3.SphericalHarmonics("0e + 1e", x, true))),
        Outside("harmonics of points", [P()], Do(p => O3.SphericalHarmonics("1o", p, true))),
        Outside("harmonics of numbers", [D(4, 3)], Do(d => O3.SphericalHarmonics("1o", d, true))),
        Inside(
            "radial functions", [X("1o")],
            Do(x => RadialBasis.Bessel(x.norm(-1), 3.0, 4)), Do(x => Cutoff.Polynomial(x.norm(-1) / 3.0)),
            Do(x => Layers.Connected(RadialBasis.Bessel(x.norm(-1), 3.0, 3))), Do((x, t1) => x * t1.unsqueeze(-1))),
        Inside(
            "transformed lengths and bases with numbers of their own", [X("1o")],
            Do(x => RadialTransform.Agnesi(x.norm(-1), 0.7)), Do(x => RadialTransform.SoftClamp(x.norm(-1), x.norm(-1) + 1.0)), Do((x, t0) => x * t0.unsqueeze(-1)),
            Do(t0 => Layers.Waves(t0)), Do(x => Layers.Bells(x.norm(-1))), Do(x => Layers.Connected(Layers.Waves(Cutoff.Mollifier(x.norm(-1))))),
            Do(x => RadialBasis.Of(RadialBasisKind.Chebyshev, Cutoff.SoftStep(x.norm(-1)), 0, 1, 3, true))),
        Outside("a transform of odd scalars", [X("3x0o")], Do(x => RadialTransform.Soft(x, 0.7))),
        Outside("a basis of odd scalars", [X("3x0o")], Do(x => Layers.Bells(x))),
        Outside("a basis of components", [X("1o")], Do(x => Layers.Waves(x))),
        Outside("a basis of zeros is not zero", [X("1o")], Do(x => Layers.Waves(torch.zeros_like(x))[.., .., 0]), Do((x, t0) => x + t0)),
        Outside("a cutoff of odd scalars", [X("3x0o")], Do(x => Cutoff.Polynomial(x))),
        Outside("a cutoff of components", [X("1o")], Do(x => Cutoff.Polynomial(x))),
        Outside("a cutoff of zeros is not zero", [X("1o")], Do(x => Cutoff.Polynomial(torch.zeros_like(x))), Do((x, t0) => x + t0)),
    ];
}

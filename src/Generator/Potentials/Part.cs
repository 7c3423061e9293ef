using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Potentials;

/// <summary>Operations as potentials have them: private methods over features in the order of columns that kernels compute in.</summary>
internal static class Part
{
    /// <summary>A linear map along every path.</summary>
    public static LinearModel Linear(string name, Irreps input, Irreps output) => LinearModel.Full(GatePoints.Method(name, "nodes"), input, output) with { Layout = GatePoints.Inside };

    /// <summary>A linear map that takes its weights: those of one element.</summary>
    public static LinearModel OfElement(string name, Irreps input, Irreps output) =>
        LinearModel.Full(GatePoints.Method(name, "nodes", "weights"), input, output) with { Weights = WeightKind.Shared, Layout = GatePoints.Inside };

    /// <summary>A convolution that keeps some irreps.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="nodes">Irreps of the nodes.</param>
    /// <param name="edges">Irreps of the edges.</param>
    /// <param name="keep">What it keeps.</param>
    /// <param name="sortsWeights">Whether weights lie in the order of the results (MACE) or in that in which the paths are found (NequIP).</param>
    public static ConvolutionModel Convolution(string name, Irreps nodes, Irreps edges, Irreps keep, bool sortsWeights)
    {
        var model = ConvolutionModel.Create(GatePoints.Method(name, "nodes", "edges", "weights", "graph"), nodes, edges, keep.Contains) with { Layout = GatePoints.Inside };
        return sortsWeights ? model with { Paths = model.Paths.OrderBy(p => p.Output).ToEquatable() } : model;
    }

    /// <summary>The harmonics of edges up to a degree.</summary>
    /// <param name="degree">The largest degree.</param>
    /// <param name="parity">Parity of odd degrees.</param>
    public static SphericalHarmonicsModel Harmonics(int degree, int parity) => new(
        GatePoints.Method("EdgeHarmonics", "vectors"), new Irrep(1, parity), new Irreps(Degrees(degree, parity).Select(i => new MulIrrep(1, i))), Normalize: true, Normalization.Component);

    /// <summary>The irreps of the harmonics.</summary>
    public static IEnumerable<Irrep> Degrees(int degree, int parity) => Enumerable.Range(0, degree + 1).Select(l => new Irrep(l, l % 2 == 0 ? 1 : parity));

    /// <summary>Scalars.</summary>
    public static Irreps Scalars(int count) => new([new MulIrrep(count, new Irrep(0, 1))]);
}

using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Potentials;

/// <summary>A [NequIP] class.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the class names its base itself.</param>
/// <param name="Species">Symbols of the elements; empty where the constructor takes them.</param>
/// <param name="Cutoff">Cutoff radius.</param>
/// <param name="NumNeighbors">Number of neighbours that sums are scaled for; null where it is found from the training set.</param>
/// <param name="Radial">The radial basis and network.</param>
/// <param name="Constants">Constants of the activation functions.</param>
/// <param name="Harmonics">The edges' harmonics.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Hidden">From the last features to hidden scalars.</param>
/// <param name="Energy">From them to the energy.</param>
public sealed record NequipModel(
    TypeModel Type,
    bool DeclaresBase,
    EquatableArray<string> Species,
    double Cutoff,
    double? NumNeighbors,
    RadialModel Radial,
    MomentConstants Constants,
    SphericalHarmonicsModel Harmonics,
    EquatableArray<NequipLayer> Layers,
    LinearModel Hidden,
    LinearModel Energy)
    : PotentialModel(Type, DeclaresBase, Species, Cutoff, NumNeighbors, Radial, Constants, Harmonics)
{
    public override IEnumerable<OperationModel> LayerOperations => Layers.SelectMany(l => l.Operations).Concat([Hidden, Energy]);

    public override IEnumerable<Irreps> Features => Layers.Select(l => l.Gate.Output);
}

/// <summary>A layer of NequIP: <c>h′ = gate(lin2(Σ conv(lin1(h))/√n) + sc(h, z))</c> with the number n of neighbours, and with a residual <c>h′ = h + …</c>.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Linear1">lin1.</param>
/// <param name="Convolve">conv.</param>
/// <param name="Linear2">lin2.</param>
/// <param name="SelfConnection">sc, with the weights of one element.</param>
/// <param name="Gate">gate.</param>
/// <param name="AddsInput">Whether its features are added to the result.</param>
public sealed record NequipLayer(int Index, LinearModel Linear1, ConvolutionModel Convolve, LinearModel Linear2, LinearModel SelfConnection, GateModel Gate, bool AddsInput)
{
    public IEnumerable<OperationModel> Operations => [Linear1, Convolve, Linear2, SelfConnection, Gate];
}

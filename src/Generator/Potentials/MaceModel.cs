using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Potentials;

/// <summary>A [MACE] class.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the class names its base itself.</param>
/// <param name="Species">Symbols of the elements; empty where the constructor takes them.</param>
/// <param name="Cutoff">Cutoff radius.</param>
/// <param name="NumNeighbors">Number of neighbours that sums are scaled for; null where it is found from the training set.</param>
/// <param name="Radial">The radial basis and network.</param>
/// <param name="Constants">Constants of the activation functions.</param>
/// <param name="Harmonics">The edges' harmonics.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Readout">The readout of the last layer; null where there is one layer, whose readout is linear.</param>
/// <param name="HasPairRepulsion">Whether nuclei repel each other.</param>
/// <param name="IsScaled">Whether the network's energies are scaled and shifted.</param>
public sealed record MaceModel(
    TypeModel Type,
    bool DeclaresBase,
    EquatableArray<string> Species,
    double Cutoff,
    double? NumNeighbors,
    RadialModel Radial,
    MomentConstants Constants,
    SphericalHarmonicsModel Harmonics,
    EquatableArray<MaceLayer> Layers,
    MaceReadout? Readout,
    bool HasPairRepulsion,
    bool IsScaled)
    : PotentialModel(Type, DeclaresBase, Species, Cutoff, NumNeighbors, Radial, Constants, Harmonics)
{
    public override IEnumerable<OperationModel> LayerOperations => Layers.SelectMany(l => l.Operations).Concat(Readout is null ? [] : [Readout.Hidden, Readout.Energy]);

    public override IEnumerable<Irreps> Features => Layers.Select(l => l.Mix.Output);
}

/// <summary>
/// A layer of MACE: <c>m = L(Σ conv(up(h)))/n</c> with the number n of neighbours, then <c>h′ = mix(B(m, z)) + skip(h, z)</c>, or without a residual <c>h′ = mix(B(skip(m, z), z))</c>.
/// </summary>
/// <param name="Index">Its number.</param>
/// <param name="Interaction">How it makes messages.</param>
/// <param name="Up">up.</param>
/// <param name="Convolve">conv.</param>
/// <param name="Messages">L.</param>
/// <param name="Skip">skip, with the weights of one element.</param>
/// <param name="Contract">The products B.</param>
/// <param name="Mix">mix.</param>
/// <param name="Energy">The linear readout of the energy; null in the last of several layers.</param>
public sealed record MaceLayer(
    int Index,
    MACEInteraction Interaction,
    LinearModel Up,
    ConvolutionModel Convolve,
    LinearModel Messages,
    LinearModel Skip,
    SymmetricContractionModel Contract,
    LinearModel Mix,
    LinearModel? Energy)
{
    /// <summary>Whether the node's own features are added after the products.</summary>
    public bool IsResidual => Interaction is MACEInteraction.Residual or MACEInteraction.DensityResidual;

    /// <summary>Whether messages are divided by a learnt density.</summary>
    public bool HasDensity => Interaction is MACEInteraction.Density or MACEInteraction.DensityResidual;

    public IEnumerable<OperationModel> Operations =>
        new OperationModel?[] { Up, Convolve, Messages, Skip, Contract, Mix, Energy }.Where(o => o is not null).Select(o => o!);
}

/// <summary>The readout of the last layer.</summary>
/// <param name="Hidden">To hidden scalars.</param>
/// <param name="Energy">From them to the energy.</param>
public sealed record MaceReadout(LinearModel Hidden, LinearModel Energy);

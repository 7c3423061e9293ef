using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// A whole interatomic potential on a partial class: MACE (Batatia et al., Advances in Neural Information Processing Systems 35, 2022; arXiv 2206.07697). Each layer is a channelwise convolution,
/// products of up to <see cref="Correlation"/> messages (a symmetric contraction with weights for each element) and a linear readout of the energy. The class becomes an <c>IPotential</c>:
/// <c>forward(Tensor positions, Tensor species, Graph graph)</c> returns the energies of the atoms. Parameters carry MACE's names, so that its state dicts load unchanged.
/// <example><code>
/// [MACE("H", "O", Cutoff = 5.0, Hidden = "32x0e + 32x1o")]
/// public sealed partial class WaterPotential;
/// </code></example>
/// </summary>
/// <param name="species">Symbols of the elements, in the order of their weights (MACE sorts by atomic number). None: the constructor takes them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MACEAttribute(params string[] species) : Attribute
{
    /// <summary>Symbols of the elements.</summary>
    public IReadOnlyList<string> Species { get; } = species;

    /// <summary>Cutoff radius, in the unit of the positions (<c>r_max</c>), of potentials whose constructor is not given another.</summary>
    public double Cutoff { get; set; }

    /// <summary>Irreps of the node features, all with one multiplicity, even scalars first (<c>hidden_irreps</c>). The last layer has the scalars alone.</summary>
    [StringSyntax("Irreps")]
    public string Hidden { get; set; } = "128x0e + 128x1o";

    /// <summary>Largest degree of the edges' spherical harmonics and of messages (<c>max_ell</c>).</summary>
    public int Degree { get; set; } = 3;

    /// <summary>The most messages that are multiplied, 1 to 4: the body order minus one.</summary>
    public int Correlation { get; set; } = 3;

    /// <summary>The same for each layer, where they differ.</summary>
    public int[]? Correlations { get; set; }

    /// <summary>Number of layers (<c>num_interactions</c>).</summary>
    public int Layers { get; set; } = 2;

    /// <summary>The first layer's interaction (<c>interaction_first</c>).</summary>
    public MACEInteraction FirstInteraction { get; set; } = MACEInteraction.Residual;

    /// <summary>The interaction of the other layers (<c>interaction</c>).</summary>
    public MACEInteraction Interaction { get; set; } = MACEInteraction.Residual;

    /// <summary>Number of Bessel functions that an edge's length is expanded in (<c>num_radial_basis</c>).</summary>
    public int NumberOfBasis { get; set; } = 8;

    /// <summary>p of the polynomial cutoff (<c>num_cutoff_basis</c>).</summary>
    public int CutoffPower { get; set; } = 5;

    /// <summary>Widths of the hidden layers of the radial network (<c>radial_MLP</c>).</summary>
    public int[] RadialNeurons { get; set; } = [64, 64, 64];

    /// <summary>Number of hidden scalars in the readout of the last layer (<c>MLP_irreps</c>).</summary>
    public int ReadoutNeurons { get; set; } = 16;

    /// <summary>Typical number of neighbours that sums of messages are divided by (<c>avg_num_neighbors</c>); not set, it is found from the training set and stored with the weights.</summary>
    public double NumNeighbors { get; set; }

    /// <summary>
    /// Whether lengths pass Agnesi's transform with the elements' covalent radii (<c>distance_transform</c>): <see cref="DistanceTransform.None"/> or <see cref="DistanceTransform.Agnesi"/>.
    /// </summary>
    public DistanceTransform Transform { get; set; }

    /// <summary>Adds the repulsion of nuclei at short distance (Ziegler, Biersack and Littmark, 1985), in eV and Å (<c>pair_repulsion</c>).</summary>
    public bool PairRepulsion { get; set; }

    /// <summary>Whether the network's energies are scaled and shifted, with numbers from the training set (<c>ScaleShiftMACE</c>); else they are added as they are (<c>MACE</c>).</summary>
    public bool ScaleShift { get; set; } = true;

    /// <summary>Which constants scale activation functions to unit second moment: those of e3nn, for models trained with MACE.</summary>
    public MomentConstants Constants { get; set; } = MomentConstants.E3nn;
}

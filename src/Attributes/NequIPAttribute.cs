namespace E3Gen;

/// <summary>
/// A whole interatomic potential on a partial class: NequIP (Batzner et al., Nature Communications 13, 2453, 2022; arXiv 2101.03164). Each layer is linear map, uvu convolution with a radial network,
/// linear map, self-connection by element, gate. The class becomes an <c>IPotential</c>: <c>forward(Tensor positions, Tensor species, Graph graph)</c> returns the energies of the atoms.
/// Parameters carry the names of NequIP 0.5 and 0.6, so that their state dicts load unchanged.
/// <example><code>
/// [NequIP("H", "O", Cutoff = 5.0, Layers = 3, Features = 16, Degree = 2)]
/// public sealed partial class WaterPotential;
/// </code></example>
/// </summary>
/// <param name="species">Symbols of the elements, in the order of their weights (<c>type_names</c>). None: the constructor takes them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NequIPAttribute(params string[] species) : Attribute
{
    /// <summary>Symbols of the elements.</summary>
    public IReadOnlyList<string> Species { get; } = species;

    /// <summary>Cutoff radius, in the unit of the positions (<c>r_max</c>), of potentials whose constructor is not given another.</summary>
    public double Cutoff { get; set; }

    /// <summary>Number of layers (<c>num_layers</c>).</summary>
    public int Layers { get; set; } = 4;

    /// <summary>Largest degree of features and of the edges' spherical harmonics (<c>l_max</c>).</summary>
    public int Degree { get; set; } = 1;

    /// <summary>
    /// Whether features have a parity (<c>parity</c>). Without, all count as even: such a potential is equivariant under rotations, but mirror images of a structure may differ in energy.
    /// </summary>
    public bool Parity { get; set; } = true;

    /// <summary>Copies of each irrep of the features (<c>num_features</c>).</summary>
    public int Features { get; set; } = 32;

    /// <summary>Number of Bessel functions that an edge's length is expanded in; their frequencies are trained (<c>num_basis</c>).</summary>
    public int NumberOfBasis { get; set; } = 8;

    /// <summary>p of the polynomial cutoff (<c>PolynomialCutoff_p</c>).</summary>
    public int CutoffPower { get; set; } = 6;

    /// <summary>Number of hidden layers of the radial network (<c>invariant_layers</c>).</summary>
    public int RadialLayers { get; set; } = 2;

    /// <summary>Width of the hidden layers of the radial network (<c>invariant_neurons</c>).</summary>
    public int RadialNeurons { get; set; } = 64;

    /// <summary>Typical number of neighbours; sums of messages are divided by its root (<c>avg_num_neighbors</c>). Not set, it is found from the training set and stored with the weights.</summary>
    public double NumNeighbors { get; set; }

    /// <summary>Adds a layer's features to its result where they have the same irreps (<c>resnet</c>).</summary>
    public bool Resnet { get; set; }

    /// <summary>
    /// The function of even scalars (<c>nonlinearity_scalars</c>) and in the radial network: <see cref="ActivationFunction.Silu"/>,
    /// <see cref="ActivationFunction.ShiftedSoftplus"/> (<c>ssp</c>) or any other.
    /// </summary>
    public ActivationFunction EvenScalars { get; set; } = ActivationFunction.Silu;

    /// <summary>The function of gates (<c>nonlinearity_gates</c>); by default that of even scalars.</summary>
    public ActivationFunction EvenGates { get; set; }

    /// <summary>Which constants scale activation functions to unit second moment: those of e3nn, for models trained with NequIP.</summary>
    public MomentConstants Constants { get; set; } = MomentConstants.E3nn;
}

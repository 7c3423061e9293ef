using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Potentials;

/// <summary>A class that is a whole interatomic potential.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the class names its base itself.</param>
/// <param name="Species">Symbols of the elements; empty where the constructor takes them.</param>
/// <param name="Cutoff">Cutoff radius.</param>
/// <param name="NumNeighbors">Number of neighbours that sums are scaled for; null where it is found from the training set.</param>
/// <param name="Radial">The radial basis and network.</param>
/// <param name="Constants">Constants of the activation functions.</param>
/// <param name="Harmonics">The edges' harmonics.</param>
public abstract record PotentialModel(
    TypeModel Type,
    bool DeclaresBase,
    EquatableArray<string> Species,
    double Cutoff,
    double? NumNeighbors,
    RadialModel Radial,
    MomentConstants Constants,
    SphericalHarmonicsModel Harmonics)
{
    /// <summary>The operations of all layers, in order.</summary>
    public abstract IEnumerable<OperationModel> LayerOperations { get; }

    /// <summary>Irreps of the node features after each layer.</summary>
    public abstract IEnumerable<Irreps> Features { get; }

    /// <summary>All operations.</summary>
    public IEnumerable<OperationModel> Operations => LayerOperations.Prepend(Harmonics);

    /// <summary>The couplings that it uses.</summary>
    public IEnumerable<CouplingUse> Couplings => Operations.SelectMany(o => o.Couplings).Distinct();
}

/// <summary>The functions of edge lengths.</summary>
/// <param name="Basis">Number of Bessel functions.</param>
/// <param name="Power">p of the polynomial cutoff.</param>
/// <param name="Hidden">Widths of the hidden layers of the networks from them to the weights of paths.</param>
/// <param name="Function">The function in these networks.</param>
/// <param name="Transform">What becomes of lengths before they are expanded.</param>
public sealed record RadialModel(int Basis, int Power, EquatableArray<int> Hidden, ActivationFunction Function, DistanceTransform Transform);

/// <summary>What a class with the attribute of a potential says: a potential, or where it has errors as much of one as others need to see.</summary>
/// <param name="Potential">The potential.</param>
/// <param name="Outline">The class with errors.</param>
public sealed record PotentialDeclaration(PotentialModel? Potential, PotentialOutline? Outline);

/// <summary>A class with errors: members that throw, so that code that uses it compiles.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether it names its base itself.</param>
/// <param name="TakesSpecies">Whether its constructor takes the elements.</param>
/// <param name="Declared">Members that it declares itself.</param>
public sealed record PotentialOutline(TypeModel Type, bool DeclaresBase, bool TakesSpecies, EquatableArray<string> Declared);

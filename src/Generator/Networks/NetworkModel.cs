using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Networks;

/// <summary>A [MessagePassingNetwork] class: its layers, each with its own irreps.</summary>
/// <param name="Type">The class.</param>
/// <param name="DeclaresBase">Whether the class names its base itself.</param>
/// <param name="Input">Irreps of the node features.</param>
/// <param name="HasInput">Whether forward takes them; else every node starts from 1.</param>
/// <param name="Attributes">Irreps of the node attributes; null for none.</param>
/// <param name="EdgeAttributes">Irreps of the edge attributes, which come before the harmonics; null for none.</param>
/// <param name="Harmonics">The edges' harmonics.</param>
/// <param name="Layers">All convolutions; the last has no gate.</param>
/// <param name="Options">Numbers.</param>
public sealed record NetworkModel(
    TypeModel Type,
    bool DeclaresBase,
    Irreps Input,
    bool HasInput,
    Irreps? Attributes,
    Irreps? EdgeAttributes,
    SphericalHarmonicsModel Harmonics,
    EquatableArray<LayerModel> Layers,
    NetworkOptions Options)
{
    public Irreps Output => Layers[Layers.Count - 1].Output;

    /// <summary>The couplings that it uses.</summary>
    public IEnumerable<CouplingUse> Couplings => Harmonics.Couplings.Concat(Layers.SelectMany(l => l.Operations).SelectMany(o => o.Couplings)).Distinct();
}

/// <summary>
/// The parts of a [MessagePassingNetwork] class with errors: its base, and a forward that throws. Code that uses the class then compiles,
/// and our errors are not hidden by the compiler's.
/// </summary>
/// <param name="Type">The class.</param>
/// <param name="Base">Its base; null where the class names one itself.</param>
/// <param name="Forward">Its forward; null where the class declares one itself, or has a base that asks for none.</param>
public sealed record NetworkOutline(TypeModel Type, string? Base, ForwardOutline? Forward);

/// <summary>A network's forward.</summary>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">The type that it yields, as code writes it.</param>
/// <param name="Output">The irreps of the result, if they are known.</param>
public sealed record ForwardOutline(EquatableArray<ForwardParameter> Parameters, string Result, Irreps? Output);

/// <summary>A parameter of a network's forward.</summary>
/// <param name="Type">Its type, as code writes it.</param>
/// <param name="Name">Its name, as code writes it.</param>
/// <param name="Contract">What is stated of it, as an attribute's code; empty for nothing.</param>
public sealed record ForwardParameter(string Type, string Name, string Contract = "");

/// <summary>What a [MessagePassingNetwork] class says: a network, or where it has errors as much of one as others need to see.</summary>
public sealed record NetworkDeclaration(NetworkModel? Network, NetworkOutline? Outline);

/// <summary>The numbers of a network.</summary>
public sealed record NetworkOptions(
    NetworkArchitecture Architecture,
    double MaxRadius,
    RadialBasisKind Basis,
    bool BasisVanishes,
    DistanceTransform Transform,
    double TransformLength,
    CutoffKind Cutoff,
    int CutoffPower,
    int NumberOfBasis,
    int RadialLayers,
    int RadialNeurons,
    double NumNeighbors,
    double NumNodes,
    bool ReduceOutput,
    MomentConstants Constants);

/// <summary>
/// One layer: <c>sin(π/8) · sc(x) + cos(π/8) · lin2(m)</c> or <c>sc(x) + alpha(m) · lin2(m)</c> with <c>m = Σ conv(lin1(x)) / √neighbours</c>, then the gate. Columns that no path of sc reaches take
/// lin2(m) alone.
/// </summary>
/// <param name="Index">Its number.</param>
/// <param name="SelfConnection">sc.</param>
/// <param name="Linear1">lin1.</param>
/// <param name="Convolve">The convolution.</param>
/// <param name="Linear2">lin2.</param>
/// <param name="Alpha">The factor of lin2, an even scalar; null where angles mix.</param>
/// <param name="Gate">The nonlinearity; null in the last layer.</param>
/// <param name="Dropped">Hidden irreps that no path reaches here.</param>
public sealed record LayerModel(
    int Index,
    OperationModel SelfConnection,
    OperationModel Linear1,
    ConvolutionModel Convolve,
    OperationModel Linear2,
    OperationModel? Alpha,
    GateModel? Gate,
    Irreps Dropped)
{
    public Irreps Output => Gate?.Output ?? Linear2.Output;

    public IEnumerable<OperationModel> Operations =>
        new OperationModel?[] { SelfConnection, Linear1, Convolve, Linear2, Alpha, Gate }.Where(o => o is not null).Select(o => o!);

    /// <summary>Whether sc reaches each output segment.</summary>
    public IEnumerable<bool> SelfReaches => SelfConnection switch
    {
        TensorProductModel product => product.Output.Select((_, o) => product.Product.Paths.Any(p => p.Output == o)),
        _ => SelfConnection.Output.Select(e => SelfConnection.Input.Contains(e.Irrep)),
    };
}

using E3Gen.Generator.Model;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Linear]: mixes copies of equal irreps.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Input">Irreps of the argument.</param>
/// <param name="Output">Irreps of the result.</param>
/// <param name="Connections">Its paths, in order of their weights.</param>
public sealed record LinearModel(MethodModel Method, Irreps Input, Irreps Output, EquatableArray<LinearConnection> Connections) : OperationModel(Method)
{
    public override string Kind => "Linear";

    public override Irreps Input { get; } = Input;

    public override Irreps Output { get; } = Output;

    /// <summary>Positions of the output's segments that have a bias.</summary>
    public EquatableArray<int> Biased { get; init; }

    /// <summary>Where weights and biases come from.</summary>
    public WeightKind Weights { get; init; }

    /// <summary>Normalisation of paths that share an output.</summary>
    public PathNormalization PathNormalization { get; init; } = PathNormalization.Element;

    /// <summary>Whether entries may be left out by all paths.</summary>
    public bool AllowsMissingPaths { get; init; }

    /// <summary>A map along every path.</summary>
    public static LinearModel Full(MethodModel method, Irreps input, Irreps output) => new(method, input, output, LinearPlanner.Every(input, output).ToEquatable());

    /// <summary>Whether weights and biases are arguments.</summary>
    public bool IsPassedWeights => Weights != WeightKind.Internal;

    /// <summary>Number of biases of a channel.</summary>
    public int BiasCount => Biased.Sum(o => Output[o].Multiplicity);

    public override IReadOnlyList<Irreps?> Arguments =>
        [Input, .. PassedWeights is { } n ? [Scalars(n)] : (Irreps[])[], .. IsPassedWeights && BiasCount > 0 ? [Scalars(BiasCount)] : (Irreps[])[]];

    public override int RowArguments => Weights == WeightKind.PerSample ? Arguments.Count : 1;

    public override IReadOnlyList<bool>? Reached => AllowsMissingPaths ? [.. Output.Select((_, o) => Biased.Contains(o) || Connections.Any(c => c.Output == o))] : null;

    public override SegmentedPolynomial Plan => Once(() =>
        LinearPlanner.Plan(Input, Output, Connections, PathNormalization, Channels, Weights == WeightKind.PerSample ? RowSource.Own : RowSource.Shared));

    public override long Cost => Planning.Cost.Linear(Plan);

    public override int? PassedWeights => IsPassedWeights ? WeightCount / PairsOfChannels : null;

    public override (long Weights, long Biases) Parameters => IsPassedWeights ? (0, 0) : (WeightCount, (long)BiasCount * (Channels?.Output ?? 1));

    private int PairsOfChannels => Channels is { } c ? c.Input * c.Output : 1;

    private static Irreps Scalars(int count) => new([new MulIrrep(count, new Irrep(0, 1))]);
}

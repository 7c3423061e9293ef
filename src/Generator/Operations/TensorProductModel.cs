using E3Gen.Generator.Model;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>Wigner 3j contractions of two arguments, or of one with itself: [TensorProduct] and what e3nn derives from it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Kind">The name of its attribute.</param>
/// <param name="Product">Its segments and paths.</param>
public sealed record TensorProductModel(MethodModel Method, string Kind, ProductPlan Product) : OperationModel(Method)
{
    public override string Kind { get; } = Kind;

    /// <summary>What it is, for the reader of its code: "Tensor product".</summary>
    public string Title { get; init; } = "Tensor product";

    /// <summary>What happens to the result's scalars afterwards; null for nothing.</summary>
    public PointwiseFunction? Then { get; init; }

    /// <summary>Where the weights come from.</summary>
    public WeightKind Weights { get; init; } = WeightKind.None;

    /// <summary>Normalisation of irreps.</summary>
    public IrrepNormalization IrrepNormalization { get; init; } = IrrepNormalization.Component;

    /// <summary>Normalisation of paths that share an output.</summary>
    public PathNormalization PathNormalization { get; init; } = PathNormalization.Element;

    /// <summary>The variances of inputs and output.</summary>
    public Variances Variances { get; init; } = Variances.One;

    /// <summary>Whether entries may be left out by all paths.</summary>
    public bool AllowsMissingPaths { get; init; }

    public override IReadOnlyList<bool>? Reached =>
        AllowsMissingPaths ? [.. Product.Output.Select((entry, o) => entry.Multiplicity > 0 && Product.Paths.Any(p => p.Output == o))] : null;

    public override Irreps Input => Declared(Product.Input1);

    public override Irreps Output => Declared(Product.Output);

    /// <summary>Irreps of the second argument; null where there is none.</summary>
    public Irreps? Input2 => Product.Input2 is { } y ? Declared(y) : null;

    public override IReadOnlyList<Irreps?> Arguments =>
        [Input, .. Input2 is { } y ? [y] : (Irreps[])[], .. PassedWeights is not null ? [PassedArgument] : (Irreps[])[]];

    public override string Map => Then is null ? $"{Input} ⊗ {Input2 ?? Input} → {Output}" : $"{Input} → {Output}";

    public override SegmentedPolynomial Plan => Once(() => TensorProductPlanner.Plan(
        [
            (Operand.Of("x", Product.Input1, layout: Layout), Product.Input1),
            .. Product.Input2 is { } y ? [(Operand.Of("y", y), y)] : ((Operand, Irreps)[])[],
        ],
        (Operand.Of("z", Product.Output, layout: Layout), Product.Output),
        Weights == WeightKind.PerSample ? RowSource.Own : RowSource.Shared,
        Product.Paths,
        IrrepNormalization,
        PathNormalization,
        Variances));

    public override long Cost => Planning.Cost.Bilinear(Plan);

    public override int? PassedWeights => Weights is WeightKind.Shared or WeightKind.PerSample ? WeightCount : null;

    public override (long Weights, long Biases) Parameters => (Weights == WeightKind.Internal ? WeightCount : 0, 0);

    /// <summary>Irreps as the user sees them: as written, or, where segments were made for the paths, with equal neighbours as one entry.</summary>
    private Irreps Declared(Irreps segments) => Product.IsDerived ? segments.Simplify() : segments;
}

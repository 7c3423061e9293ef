using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>The rule behind each word of the table of operations: what the result of a call is.</summary>
internal static partial class TorchRules
{
    /// <summary>
    /// Words whose results lie in memory of their own; of any other result it is assumed that it may share the memory
    /// of every tensor that was passed.
    /// </summary>
    public static readonly HashSet<string> Allocating =
    [
        "negate", "add", "subtract", "multiply", "divide", "remainder", "addcmul", "addcdiv", "lerp", "power", "square", "odd", "even",
        "neither", "compare", "where", "masked_fill", "sum", "mean", "cumsum", "diff", "norm", "normalize", "std", "reduce", "softmax",
        "cosine_similarity", "repeat", "repeat_interleave", "stack", "index_select", "gather", "flip", "roll", "index_add", "index_copy",
        "scatter", "scatter_add", "matmul", "dot", "outer", "cross", "linear", "attention", "zeros", "zeros_like", "ones", "full", "like",
        "arange", "tensor", "grad", "clamp", "clamp", "cdist", "pairwise_distance", "mse_loss", "trace", "det", "svdvals", "eigvalsh",
        "baddbmm", "tensordot", "tile", "one_hot", "masked_select", "nonzero", "bincount", "topk", "index_fill",
    ];

    /// <summary>Words whose results have the runs that their rules say; of any other result neighbouring entries may differ.</summary>
    public static readonly HashSet<string> KeepingRuns =
    [
        "negate", "add", "subtract", "multiply", "divide", "odd", "even", "neither", "square", "power", "compare", "expand", "expand_as",
        "broadcast_to", "repeat", "repeat_interleave", "cast", "unsqueeze", "squeeze", "transpose", "permute", "movedim", "view", "flatten",
        "index", "narrow", "slice", "clamp", "zeros", "zeros_like", "ones", "full", "like", "scatter_add",
    ];

    private static readonly Dictionary<string, Func<TorchCall, TensorValue>> Rules = new()
    {
        ["odd"] = c => Elementwise.Pointwise(c, c.X(0), -1),
        ["even"] = c => Elementwise.Pointwise(c, c.X(0), 1) is var y && c.Name is "isnan" or "isinf" or "isfinite" or "logical_not"
            ? y with { Numbers = NumberKind.Truth }
            : y,
        ["neither"] = Neither,
        ["negate"] = c => c.X(0) is { Written: null } x
            ? x with { Origins = -x.Origins, Memory = [] }
            : Elementwise.Multiply(c, c.X(0), Number(c, -1), -1),
        ["add"] = c => Isotropy.Sum(Elementwise.Add(c, c.X(0), c.X(1), Alpha(c)), c.X(0), c.X(1)),
        ["subtract"] = c => Isotropy.Sum(Elementwise.Add(c, c.X(0), c.X(1), -Alpha(c)), c.X(0), c.X(1)),
        ["multiply"] = c => Isotropy.Scaled(
            Elementwise.Multiply(c, c.X(0), c.X(1), TorchCall.Factor(c.Nth(1)) ?? TorchCall.Factor(c.Nth(0))), c.X(0), c.X(1)),
        ["divide"] = Divide,
        ["addcmul"] = c => Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, c.X(1), c.X(2), null), Alpha(c)),
        ["addcdiv"] = c => Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, c.X(1), c.X(2), null, isQuotient: true), Alpha(c)),
        ["lerp"] = c =>
            Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, Elementwise.Add(c, c.X(1), c.X(0), -1), c.X(2), TorchCall.Factor(c.Nth(2)))),
        ["power"] = c => c.Machine.Tensor(c.Nth(1)) is null
            ? Elementwise.Power(c, c.X(0), TorchCall.Number(c.Nth(1)))
            : Elementwise.Together(c, c.X(0), c.X(1)),
        ["square"] = c => Elementwise.Power(c, c.X(0), 2),
        ["clamp"] = Clamp,
        ["compare"] = Compare,
        ["remainder"] = c => Elementwise.Together(c, c.X(0), c.X(1)),
        ["where"] = c => c.Method.IsStatic ? Elementwise.Choose(c, c.X(0), c.X(1), c.X(2)) : Elementwise.Choose(c, c.X(1), c.X(0), c.X(2)),
        ["masked_fill"] = c => Elementwise.Choose(c, c.X(1), c.X(2), c.X(0)) with { Numbers = c.X(0).Numbers },
        ["sum"] = c => Sum(c, isMean: false),
        ["mean"] = c => Sum(c, isMean: true),
        ["cumsum"] = c => Typed(c, Reductions.Along(c, c.X(0), c.Dims(), isMove: false)),
        ["flip"] = c => c.Name == "flip"
            ? Reductions.Along(c, c.X(0), c.Dims(), isMove: true)
            : Reductions.Along(c, c.X(0), [c.Name == "fliplr" ? 1 : 0], isMove: true),
        ["roll"] = c => c["shifts"] is not null ? Reductions.Along(c, c.X(0), c.Dims(), isMove: true) : throw c.CannotVerify(null),
        ["norm"] = Norm,
        ["normalize"] = Normalize,
        ["diff"] = c => Reductions.Differences(c, c.X(0)),
        ["cdist"] = c => Ignoring(c, "compute_mode", Distances.OfAllRows(c, c.X(0), c.X(1), Number(c["p"]))),
        ["pairwise_distance"] = c => Distances.OfPairs(c, c.X(0), c.X(1)),
        ["mse_loss"] = c => Distances.OfSquares(c, c.X(0), c.X(1)),
        ["trace"] = c => Matrices.Trace(c, c.X(0)),
        ["diagonal"] = c => Matrices.Diagonal(c, c.X(0)),
        ["det"] = c => Matrices.Determinant(c, c.X(0)),
        ["svdvals"] = c => Matrices.SingularValues(c, c.X(0)),
        ["eigvalsh"] = c => Matrices.Eigenvalues(c, c.X(0)),
        ["one_hot"] = c => Selections.OneHot(c, c.X(0)),
        ["masked_select"] = c => Selections.Masked(c, c.X(0), c.X(1)),
        ["nonzero"] = c => Selections.NotZero(c, c.X(0)),
        ["bincount"] = Selections.Counts,
        ["topk"] = c => Selections.Largest(c, c.X(0)),
        ["index_fill"] = c => Selections.Filled(c, c.X(0), c.AsTensor(c["index"] ?? throw c.CannotVerify(null))),
        ["std"] = c => Ignoring(c, "unbiased", Typed(c, Reductions.Other(c, c.X(0), c.Dims(), c.Flag("keepdim")))),
        ["softmax"] = c => Typed(c, Softmax(c), "dim"),
        ["cosine_similarity"] = c => Ignoring(c, "eps", Products.Cosine(c, c.X(0), c.X(1), c.Whole("dim"))),
        ["view"] = c => c.Extents(c["shape"]) is { } shape ? Views.View(c, c.X(0), shape) : throw c.CannotVerify(null),
        ["view_as"] = c => Views.View(
            c, c.X(0), [.. c.X(1) is { HasMoreInFront: false } other ? other.Axes.Select(a => a.Extent) : throw c.CannotVerify(c.X(0))]),
        ["flatten"] = c =>
            Shapes.Flatten(c, c.X(0), c.Name == "ravel" ? 0 : c.Whole("start_dim"), c.Name == "ravel" ? -1 : c.Whole("end_dim")),
        ["unflatten"] = c => Shapes.Unflatten(c, c.X(0), c.Whole("dim"), c.Extents(c["sizes"]) ?? throw c.CannotVerify(null)),
        ["squeeze"] = c => Shapes.Squeeze(c, c.X(0), c["dim"]),
        ["unsqueeze"] = c => Isotropy.InFront(Shapes.Unsqueeze(c, c.X(0), c.Whole("dim")), c.X(0), c.Whole("dim")),
        ["transpose"] = c => Shapes.Transpose(c, c.X(0)),
        ["permute"] = c => Shapes.Permute(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["movedim"] = c => Shapes.MoveDim(c, c.X(0), c.Extents(c.Nth(1)) ?? [], c.Extents(c.Nth(2)) ?? []),
        ["expand"] = c =>
            c.Extents(c["sizes"]) is { } sizes ? Isotropy.Kept(Shapes.Expand(c, c.X(0), sizes), c.X(0)) : throw c.CannotVerify(null),
        ["broadcast_to"] = c => Shapes.Expand(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["expand_as"] = c => c.X(1) is { HasMoreInFront: false } other
            ? Shapes.Expand(c, c.X(0), [.. other.Axes.Select(a => a.Extent)])
            : Shapes.IsScalar(c.X(0)) ? Reductions.Unshaped(c.X(0)) : throw c.CannotVerify(c.X(0)),
        ["repeat"] = c => Shapes.Repeat(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["tile"] = c => Shapes.Repeat(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["repeat_interleave"] = c => Ignoring(c, "output_size", Shapes.RepeatInterleave(c, c.X(0), c.Nth(1), c["dim"])),
        ["narrow"] = Narrow,
        ["slice"] = Slice,
        ["select"] = c =>
            c.X(0).Resolve(c.Whole("dim")) is { } axis ? Indexing.Single(c, c.X(0), axis, c["index"] ?? Value.Plain) : Open(c, c.X(0)),
        ["index"] = c => Indexing.Index(c, c.X(0), Items(c, 1, c.Count)),
        ["index_put"] = c => Put(c),
        ["cat"] = c => Each(c) is { } each ? Joining.ConcatenateAll(c, each, c.Dim(0)) : Joining.Concatenate(c, Tensors(c, 0), c.Dim(0)),
        ["stack"] = c => Each(c) is { } each ? Joining.StackAll(c, each, c.Dim(0)) : Joining.Stack(c, Tensors(c, 0), c.Dim(0)),
        ["hvstack"] = c => Joining.Stacks(c, Tensors(c, 0)),
        ["index_select"] = c => Gathering.IndexSelect(c, c.X(0), c.Whole("dim"), c.X(2)),
        ["gather"] = c => c.Has("dim") && c.Name == "gather"
            ? Gathering.Gather(c, c.X(0), c.Whole("dim"), c.AsTensor(c["index"] ?? c["indices"] ?? throw c.CannotVerify(null)))
            : throw c.CannotVerify(null),
        ["index_add"] = c => Scatter(c, "source", isRows: true, isSum: true),
        ["index_copy"] = c => Scatter(c, "source", isRows: true, isSum: false),
        ["scatter_add"] = c => Scatter(c, "src", isRows: false, isSum: true),
        ["scatter"] = c => Scatter(c, "src", isRows: false, isSum: false),
        ["matmul"] = c => Products.MatMul(c, c.X(0), c.X(1)),
        ["dot"] = c => c.Has("dim")
            ? Products.Along(c, c.X(0), c.X(1), c.Whole("dim"))
            : c.Name == "inner" ? Products.Inner(c, c.X(0), c.X(1)) : Products.Along(c, c.X(0), c.X(1), -1),
        ["baddbmm"] = Contractions.AddProduct,
        ["tensordot"] = c => Contractions.TensorDot(c, c.X(0), c.X(1)),
        ["outer"] = c => Products.Outer(c, c.X(0), c.X(1)),
        ["einsum"] = c =>
            c.Nth(0) is Data { Constant: string equation } ? Products.Einsum(c, equation, Tensors(c, 1)) : throw c.CannotVerify(null),
        ["cross"] = c => Products.Cross(c, c.X(0), c.X(1), c.Whole("dim")),
        ["linear"] = Linear,
        ["attention"] = c => Number(c["p"]) == 0 && c["is_casual"] is Data
            ? Products.Attention(c, c.X(0), c.X(1), c.X(2), c["attn_mask"] is { } mask ? c.AsTensor(mask) : null)
            : throw c.CannotVerify(null),
        ["zeros"] = c => Factories.Equal(Factories.Shaped(c)) with { IsZero = true },
        ["ones"] = c => Factories.Equal(Factories.Shaped(c)),
        ["full"] = c => Full(c) with { IsZero = Number(c["value"]) == 0 },
        ["zeros_like"] = c => Factories.Equal(Factories.Like(c, c.X(0))) with { IsZero = true },
        ["like"] = c => Factories.Equal(Factories.Like(c, c.X(0))) with { IsZero = c.Has("value") && Number(c["value"]) == 0 },
        ["arange"] = Factories.Range,
        ["tensor"] = Factories.FromNumbers,
        ["fill"] = c => Filled(c.X(0), isZero: Number(c.Nth(1)) == 0),
        ["zero"] = c => Filled(c.X(0), isZero: true),
        ["copy"] = c => Elementwise.Add(c, Filled(c.X(0), isZero: true), c.X(1)),
        ["cast"] = Cast,
        ["same"] = c => c.X(0),
    };

    /// <summary>All words that have a rule.</summary>
    public static IEnumerable<string> Words => Rules.Keys;

    public static bool Has(string word) => Rules.ContainsKey(word);

    public static TensorValue Apply(TorchCall c) => Rules[c.Word](c);
}

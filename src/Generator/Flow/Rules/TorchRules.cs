using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>The rule behind each word of the table of operations: what the result of a call is.</summary>
internal static class TorchRules
{
    /// <summary>Words whose results lie in memory of their own; of any other result it is assumed that it may share the memory of every tensor that was passed.</summary>
    public static readonly HashSet<string> Allocating =
    [
        "negate", "add", "subtract", "multiply", "divide", "remainder", "addcmul", "addcdiv", "lerp", "power", "square", "odd", "even", "neither", "compare", "where", "masked_fill", "sum", "mean",
        "cumsum", "diff", "norm", "normalize", "std", "reduce", "softmax", "cosine_similarity", "repeat", "repeat_interleave", "stack", "index_select", "gather", "flip", "roll",
        "index_add", "index_copy", "scatter", "scatter_add", "matmul", "dot", "outer", "cross", "linear", "attention", "zeros", "zeros_like", "ones", "full", "like", "arange", "tensor", "grad",
        "clamp",
        "clamp", "cdist", "pairwise_distance", "mse_loss", "trace", "det", "svdvals", "eigvalsh", "baddbmm", "tensordot", "tile", "one_hot", "masked_select", "nonzero", "bincount",
        "topk", "index_fill",
    ];

    /// <summary>Words whose results have the runs that their rules say; of any other result neighbouring entries may differ.</summary>
    public static readonly HashSet<string> KeepingRuns =
    [
        "negate", "add", "subtract", "multiply", "divide", "odd", "even", "neither", "square", "power", "compare", "expand", "expand_as", "broadcast_to", "repeat", "repeat_interleave", "cast",
        "unsqueeze", "squeeze", "transpose", "permute", "movedim", "view", "flatten", "index", "narrow", "slice", "clamp", "zeros", "zeros_like", "ones", "full", "like", "scatter_add",
    ];

    private static readonly Dictionary<string, Func<TorchCall, TensorValue>> Rules = new()
    {
        ["odd"] = c => Elementwise.Pointwise(c, c.X(0), -1),
        ["even"] = c => Elementwise.Pointwise(c, c.X(0), 1) is var y && c.Name is "isnan" or "isinf" or "isfinite" or "logical_not" ? y with { Numbers = NumberKind.Truth } : y,
        ["neither"] = Neither,
        ["negate"] = c => c.X(0) is { Written: null } x ? x with { Origins = -x.Origins, Memory = [] } : Elementwise.Multiply(c, c.X(0), Number(c, -1), -1),
        ["add"] = c => Isotropy.Sum(Elementwise.Add(c, c.X(0), c.X(1), Alpha(c)), c.X(0), c.X(1)),
        ["subtract"] = c => Isotropy.Sum(Elementwise.Add(c, c.X(0), c.X(1), -Alpha(c)), c.X(0), c.X(1)),
        ["multiply"] = c => Isotropy.Scaled(Elementwise.Multiply(c, c.X(0), c.X(1), TorchCall.Factor(c.Nth(1)) ?? TorchCall.Factor(c.Nth(0))), c.X(0), c.X(1)),
        ["divide"] = Divide,
        ["addcmul"] = c => Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, c.X(1), c.X(2), null), Alpha(c)),
        ["addcdiv"] = c => Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, c.X(1), c.X(2), null, isQuotient: true), Alpha(c)),
        ["lerp"] = c => Elementwise.Add(c, c.X(0), Elementwise.Multiply(c, Elementwise.Add(c, c.X(1), c.X(0), -1), c.X(2), TorchCall.Factor(c.Nth(2)))),
        ["power"] = c => c.Machine.Tensor(c.Nth(1)) is null ? Elementwise.Power(c, c.X(0), TorchCall.Number(c.Nth(1))) : Elementwise.Together(c, c.X(0), c.X(1)),
        ["square"] = c => Elementwise.Power(c, c.X(0), 2),
        ["clamp"] = Clamp,
        ["compare"] = Compare,
        ["remainder"] = c => Elementwise.Together(c, c.X(0), c.X(1)),
        ["where"] = c => c.Method.IsStatic ? Elementwise.Choose(c, c.X(0), c.X(1), c.X(2)) : Elementwise.Choose(c, c.X(1), c.X(0), c.X(2)),
        ["masked_fill"] = c => Elementwise.Choose(c, c.X(1), c.X(2), c.X(0)) with { Numbers = c.X(0).Numbers },
        ["sum"] = c => Sum(c, isMean: false),
        ["mean"] = c => Sum(c, isMean: true),
        ["cumsum"] = c => Typed(c, Reductions.Along(c, c.X(0), c.Dims(), isMove: false)),
        ["flip"] = c => c.Name == "flip" ? Reductions.Along(c, c.X(0), c.Dims(), isMove: true) : Reductions.Along(c, c.X(0), [c.Name == "fliplr" ? 1 : 0], isMove: true),
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
        ["softmax"] = c => Typed(c, (c.X(0).IsInvariant ? c.X(0) : Reductions.Other(c, c.X(0), c.Dims(), false)) with { Memory = [], IsZero = false, Numbers = NumberKind.Float }, "dim"),
        ["cosine_similarity"] = c => Ignoring(c, "eps", Products.Cosine(c, c.X(0), c.X(1), c.Whole("dim"))),
        ["view"] = c => c.Extents(c["shape"]) is { } shape ? Views.View(c, c.X(0), shape) : throw c.CannotVerify(null),
        ["view_as"] = c => Views.View(c, c.X(0), [.. c.X(1) is { HasMoreInFront: false } other ? other.Axes.Select(a => a.Extent) : throw c.CannotVerify(c.X(0))]),
        ["flatten"] = c => Shapes.Flatten(c, c.X(0), c.Name == "ravel" ? 0 : c.Whole("start_dim"), c.Name == "ravel" ? -1 : c.Whole("end_dim")),
        ["unflatten"] = c => Shapes.Unflatten(c, c.X(0), c.Whole("dim"), c.Extents(c["sizes"]) ?? throw c.CannotVerify(null)),
        ["squeeze"] = c => Shapes.Squeeze(c, c.X(0), c["dim"]),
        ["unsqueeze"] = c => Isotropy.InFront(Shapes.Unsqueeze(c, c.X(0), c.Whole("dim")), c.X(0), c.Whole("dim")),
        ["transpose"] = c => Shapes.Transpose(c, c.X(0)),
        ["permute"] = c => Shapes.Permute(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["movedim"] = c => Shapes.MoveDim(c, c.X(0), c.Extents(c.Nth(1)) ?? [], c.Extents(c.Nth(2)) ?? []),
        ["expand"] = c => c.Extents(c["sizes"]) is { } sizes ? Isotropy.Kept(Shapes.Expand(c, c.X(0), sizes), c.X(0)) : throw c.CannotVerify(null),
        ["broadcast_to"] = c => Shapes.Expand(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["expand_as"] = c => c.X(1) is { HasMoreInFront: false } other ? Shapes.Expand(c, c.X(0), [.. other.Axes.Select(a => a.Extent)]) : Shapes.IsScalar(c.X(0)) ? Reductions.Unshaped(c.X(0)) : throw c.CannotVerify(c.X(0)),
        ["repeat"] = c => Shapes.Repeat(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["tile"] = c => Shapes.Repeat(c, c.X(0), c.Extents(c.Nth(1)) ?? []),
        ["repeat_interleave"] = c => Ignoring(c, "output_size", Shapes.RepeatInterleave(c, c.X(0), c.Nth(1), c["dim"])),
        ["narrow"] = Narrow,
        ["slice"] = Slice,
        ["select"] = c => c.X(0).Resolve(c.Whole("dim")) is { } axis ? Indexing.Single(c, c.X(0), axis, c["index"] ?? Value.Plain) : Open(c, c.X(0)),
        ["index"] = c => Indexing.Index(c, c.X(0), Items(c, 1, c.Count)),
        ["index_put"] = c => Put(c),
        ["cat"] = c => Each(c) is { } each ? Joining.ConcatenateAll(c, each, c.Dim(0)) : Joining.Concatenate(c, Tensors(c, 0), c.Dim(0)),
        ["stack"] = c => Each(c) is { } each ? Joining.StackAll(c, each, c.Dim(0)) : Joining.Stack(c, Tensors(c, 0), c.Dim(0)),
        ["hvstack"] = c => Joining.Stacks(c, Tensors(c, 0)),
        ["index_select"] = c => Gathering.IndexSelect(c, c.X(0), c.Whole("dim"), c.X(2)),
        ["gather"] = c => c.Has("dim") && c.Name == "gather" ? Gathering.Gather(c, c.X(0), c.Whole("dim"), c.AsTensor(c["index"] ?? c["indices"] ?? throw c.CannotVerify(null))) : throw c.CannotVerify(null),
        ["index_add"] = c => Scatter(c, "source", isRows: true, isSum: true),
        ["index_copy"] = c => Scatter(c, "source", isRows: true, isSum: false),
        ["scatter_add"] = c => Scatter(c, "src", isRows: false, isSum: true),
        ["scatter"] = c => Scatter(c, "src", isRows: false, isSum: false),
        ["matmul"] = c => Products.MatMul(c, c.X(0), c.X(1)),
        ["dot"] = c => c.Has("dim") ? Products.Along(c, c.X(0), c.X(1), c.Whole("dim")) : c.Name == "inner" ? Products.Inner(c, c.X(0), c.X(1)) : Products.Along(c, c.X(0), c.X(1), -1),
        ["baddbmm"] = Contractions.AddProduct,
        ["tensordot"] = c => Contractions.TensorDot(c, c.X(0), c.X(1)),
        ["outer"] = c => Products.Outer(c, c.X(0), c.X(1)),
        ["einsum"] = c => c.Nth(0) is Data { Constant: string equation } ? Products.Einsum(c, equation, Tensors(c, 1)) : throw c.CannotVerify(null),
        ["cross"] = c => Products.Cross(c, c.X(0), c.X(1), c.Whole("dim")),
        ["linear"] = Linear,
        ["attention"] = c => Number(c["p"]) == 0 && c["is_casual"] is Data ? Products.Attention(c, c.X(0), c.X(1), c.X(2), c["attn_mask"] is { } mask ? c.AsTensor(mask) : null) : throw c.CannotVerify(null),
        ["zeros"] = c => Factories.Equal(Factories.Shaped(c)) with { IsZero = true },
        ["ones"] = c => Factories.Equal(Factories.Shaped(c)),
        ["full"] = c => Factories.Equal(Factories.Shaped(c, c["value"] is Data { Constant: double or float } ? NumberKind.Float : NumberKind.Unknown)) with { IsZero = Number(c["value"]) == 0 },
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

    private static double? Number(Value? value) => TorchCall.Number(value);

    private static TensorValue Number(TorchCall c, double number) => new([], c.Machine.NextNumber()) { IsZero = number == 0 };

    private static double Alpha(TorchCall c)
    {
        foreach (string name in new[] { "alpha", "value" }.Where(c.Has))
        {
            if (c.Machine.Tensor(c[name] ?? Value.Null) is null && c[name] is { } factor && (name == "alpha" || c.Word is "addcmul" or "addcdiv"))
            {
                return TorchCall.Factor(factor) ?? throw c.CannotVerify(null, $"{c.Name} with a factor that is not constant");
            }
        }

        return 1;
    }

    private static TensorValue Ignoring(TorchCall c, string name, TensorValue x)
    {
        _ = c[name];
        return x;
    }

    /// <summary>A result of floating-point numbers.</summary>
    private static TensorValue Typed(TorchCall c, TensorValue x, params string[] ignoring)
    {
        foreach (string name in ignoring)
        {
            _ = c[name];
        }

        c.NoWholeNumbers("type", "dtype");
        return x;
    }

    /// <summary>All arguments but the tensor are numbers and flags: they do not depend on the frame.</summary>
    private static TensorValue Neither(TorchCall c)
    {
        for (int i = 1; i < c.Count; i++)
        {
            _ = c.Nth(i) is Data ? true : throw c.CannotVerify(c.X(0));
        }

        return Elementwise.Pointwise(c, c.X(0), 0);
    }

    private static TensorValue Divide(TorchCall c)
    {
        if (c["rounding_mode"] is { } mode && mode is not Data { Constant: 0L or 0 })
        {
            return Elementwise.Together(c, c.X(0), c.X(1));
        }

        return Isotropy.Scaled(Elementwise.Multiply(c, c.X(0), c.X(1), TorchCall.Factor(c.Nth(1)), isQuotient: true), c.X(0), c.X(1), isQuotient: true);
    }

    /// <summary>Weights without an axis of outputs leave none.</summary>
    private static TensorValue Linear(TorchCall c)
    {
        var (x, weights) = (c.X(0), c.X(1));
        if (!weights.IsInvariant)
        {
            throw c.ActsOnComponents(weights);
        }

        var result = Products.Linear(c, x, weights.Axes is [var output, _] && !weights.HasMoreInFront ? output.Extent : c.Machine.Fresh(), Bias(c));
        return weights is { HasMoreInFront: false, Axes.Length: 2 } ? result : Shapes.IsScalar(result) ? Reductions.Unshaped(result) : throw c.CannotVerify(x, $"{c.Name} with weights whose shape is not known");
    }

    private static TensorValue Clamp(TorchCall c)
    {
        var values = Enumerable.Range(1, c.Count - 1).Select(c.Nth).ToList();
        var numbers = values.Where(v => v is Data { IsNull: false }).Select(Number).ToList();
        if (values.Any(v => c.Machine.Tensor(v) is not null))
        {
            return Elementwise.Together(c, [c.X(0), .. values.Select(c.Machine.Tensor).OfType<TensorValue>()]);
        }

        return Elementwise.Pointwise(c, c.X(0), numbers is [{ } low, { } high] && low == -high && low <= high ? -1 : 0);
    }

    private static TensorValue Compare(TorchCall c)
    {
        var result = Elementwise.Together(c, [.. Enumerable.Range(0, c.Count).Where(i => c.Nth(i) is not Data || i < 2).Select(c.X)]);
        bool isTruth = c.Name is ">" or ">=" or "<" or "<=" || c.Method.Name is "gt" or "ge" or "lt" or "le" or "eq" or "ne" or "greater" or "less" or "greater_equal" or "less_equal" or "not_equal"
            or "op_Equality" or "op_Inequality" or "logical_and" or "logical_or" or "logical_xor" or "isclose" or "equal";
        return result with { Numbers = isTruth || Enumerable.Range(0, Math.Min(2, c.Count)).All(i => c.Nth(i) is not Data && c.X(i).Numbers == NumberKind.Truth) ? NumberKind.Truth : NumberKind.Unknown };
    }

    private static TensorValue Sum(TorchCall c, bool isMean)
    {
        var result = Reductions.Sum(c, c.X(0), c.Dims(), c.Flag("keepdim"), isMean); // first, since sum(0) takes 0 for a data type and sums everything
        c.NoWholeNumbers("type", "dtype");
        return result;
    }

    private static TensorValue Norm(TorchCall c)
    {
        double? order = 2;
        foreach (string name in new[] { "p", "ord" }.Where(c.Has))
        {
            order = Number(c[name]);
        }

        var dims = c.Dims();
        bool isMatrixNorm = c.Method.ContainingType.Name == "linalg" && c.Name == "norm" && c.Has("ord") && dims is not [_];
        return Reductions.Norm(c, c.X(0), dims, c.Flag("keepdim"), order == 2 && !isMatrixNorm);
    }

    private static TensorValue Normalize(TorchCall c)
    {
        _ = c["eps"];
        var x = c.X(0);
        Reductions.Norm(c, x, [c.Whole("dim")], true, Number(c["p"]) == 2);
        return x with { Memory = [] };
    }

    private static TensorValue Open(TorchCall c, TensorValue x) => Shapes.IsScalar(x) ? Reductions.Unshaped(x) : throw c.AxisNotKnown(x);

    private static TensorValue Narrow(TorchCall c)
    {
        var x = c.X(0);
        if (x.Resolve(c.Whole("dim")) is not { } axis)
        {
            _ = (c["start"], c["length"]);
            return Open(c, x);
        }

        var (start, length) = (Number(c["start"]), Number(c["length"]));
        if (start < 0 && x.Axes[axis].Extent.Known is { } extent)
        {
            start += extent;
        }

        return start is { } s && length is { } n ? Indexing.Columns(c, x, axis, (long)s, (long)n) : Part(c, x, axis);
    }

    private static TensorValue Part(TorchCall c, TensorValue x, int axis)
    {
        if (x.Axes[axis].Turns || x.Written is not null)
        {
            throw c.CannotVerify(x, $"{c.Name} of columns that are not constant");
        }

        return x with { Axes = x.Axes.SetItem(axis, Axis.Plain(c.Machine.Fresh())) };
    }

    private static TensorValue Slice(TorchCall c)
    {
        var x = c.X(0);
        var (start, finish, step) = (Number(c["start"]), Number(c["finish"]), Number(c["step"]));
        if (x.Resolve(c.Whole("dim")) is not { } axis)
        {
            return Open(c, x);
        }

        if (start is { } s && finish is { } f && step == 1 && x.Axes[axis].Extent.Known is { } extent)
        {
            long from = Math.Max(0, Math.Min((long)(s < 0 ? s + extent : s), extent)), to = Math.Max(0, Math.Min((long)(f < 0 ? f + extent : f), extent));
            return Indexing.Columns(c, x, axis, from, Math.Max(0, to - from));
        }

        return Part(c, x, axis);
    }

    /// <summary>The items between the brackets: one by one, or as an array.</summary>
    private static IReadOnlyList<Value> Items(TorchCall c, int first, int end) =>
    [
        .. Enumerable.Range(first, end - first).Select(c.Nth).SelectMany(v => c.Machine.State.Content(v) is Sequence { IsListed: true } list ? [.. list.Elements.Select(c.Machine.Look)] : (IReadOnlyList<Value>)[v]),
    ];

    private static TensorValue Put(TorchCall c)
    {
        if (c.Has("accumulate") && c["accumulate"] is not Data { Constant: false })
        {
            throw c.CannotVerify(null);
        }

        // The indexer's value is its last argument; index_put_(value, indices…) has it first.
        return c.Method.MethodKind == Microsoft.CodeAnalysis.MethodKind.PropertySet
            ? Gathering.Put(c, c.X(0), Items(c, 1, c.Count - 1), c.X(c.Count - 1))
            : throw c.CannotVerify(null);
    }

    /// <summary>What each tensor of a list is whose length is not known.</summary>
    private static TensorValue? Each(TorchCall c) =>
        c.Machine.State.Content(c.Nth(0)) is Sequence { Each: { } each } ? c.AsTensor(c.Machine.Look(each)) : null;

    /// <summary>The tensors of a list.</summary>
    private static IReadOnlyList<TensorValue> Tensors(TorchCall c, int n)
    {
        if (c.Machine.State.Content(c.Nth(n)) is not Sequence sequence)
        {
            throw c.CannotVerify(null);
        }

        var tensors = sequence.All.Select(c.Machine.Look).Select(c.AsTensor).ToList();
        return sequence.IsListed ? tensors
            : throw c.CannotVerify(tensors.FirstOrDefault(t => t.Turns), $"{c.Name} of a list whose length is not known");
    }

    private static TensorValue Scatter(TorchCall c, string source, bool isRows, bool isSum)
    {
        if (c.Has("alpha") && c["alpha"] is not Data)
        {
            throw c.CannotVerify(null);
        }

        string from = new[] { source, "source", "src", "tensor", "value" }.First(n => c.Has(n));
        var given = c[from] ?? throw c.CannotVerify(null);
        return Gathering.Scatter(c, c.X(0), c.Whole("dim"), c.AsTensor(c["index"] ?? throw c.CannotVerify(null)), c.AsTensor(given), isRows, isSum);
    }

    private static bool Bias(TorchCall c) => c["bias"] is { } bias && (c.AsTensor(bias) is { IsInvariant: true } b ? !b.IsZero : throw c.ActsOnComponents(c.AsTensor(bias)));

    private static TensorValue Filled(TensorValue x, bool isZero) =>
        x with { Axes = [.. x.Axes.Select(a => Axis.Plain(a.Extent))], Parity = 1, Weight = 0, Written = null, IsZero = isZero, Memory = [] };

    /// <summary>Conversions of the data type: to whole numbers they cut off what stands behind the point, and numbers that are too large come out as anything; to truth values they ask whether it is zero.</summary>
    private static TensorValue Cast(TorchCall c)
    {
        var x = c.X(0);
        var kind = c.Name switch
        {
            "double" or "float" or "half" or "bfloat16" or "DoubleTensor" or "FloatTensor" => NumberKind.Float,
            "bool" or "BoolTensor" => NumberKind.Truth,
            "int" or "long" or "short" or "char" or "IntTensor" or "LongTensor" or "ShortTensor" => NumberKind.Whole,
            "byte" or "ByteTensor" => NumberKind.Unknown, // no numbers below zero
            _ => Target(c),
        };
        return kind switch
        {
            NumberKind.Float => Isotropy.Kept(x with { Numbers = NumberKind.Float }, x),
            NumberKind.Whole => Elementwise.Pointwise(c, x, 0) with { Numbers = kind, Memory = x.Memory },
            NumberKind.Truth => Elementwise.Pointwise(c, x, 1) with { Numbers = kind, Memory = x.Memory },
            _ => x.IsInvariant ? x with { Numbers = NumberKind.Unknown, IsZero = x.IsZero } : throw c.CannotVerify(x, $"{c.Name} of another data type, which may be whole numbers,"),
        };
    }

    private static NumberKind Target(TorchCall c)
    {
        foreach (string name in new[] { "type", "dtype", "other", "tensor" }.Where(c.Has))
        {
            if (c[name] is { } type)
            {
                return type is Data data ? data.DType : c.Machine.Tensor(type)?.Numbers ?? NumberKind.Unknown;
            }
        }

        return NumberKind.Float;
    }
}

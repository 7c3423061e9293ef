using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Operations whose meaning depends on the number and kind of their arguments.</summary>
internal static partial class TorchRules
{
    private static double? Number(Value? value) => TorchCall.Number(value);

    private static TensorValue Number(TorchCall c, double number) => new([], c.Machine.NextNumber()) { IsZero = number == 0 };

    private static double Alpha(TorchCall c)
    {
        foreach (string name in new[] { "alpha", "value" }.Where(c.Has))
        {
            if (c.Machine.Tensor(c[name] ?? Value.Null) is null && c[name] is { } factor
                && (name == "alpha" || c.Word is "addcmul" or "addcdiv"))
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

    private static TensorValue Softmax(TorchCall c)
    {
        var x = c.X(0).IsInvariant ? c.X(0) : Reductions.Other(c, c.X(0), c.Dims(), false);
        return x with { Memory = [], IsZero = false, Numbers = NumberKind.Float };
    }

    private static TensorValue Full(TorchCall c)
    {
        var kind = c["value"] is Data { Constant: double or float } ? NumberKind.Float : NumberKind.Unknown;
        return Factories.Equal(Factories.Shaped(c, kind));
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

        return Isotropy.Scaled(
            Elementwise.Multiply(c, c.X(0), c.X(1), TorchCall.Factor(c.Nth(1)), isQuotient: true), c.X(0), c.X(1), isQuotient: true);
    }

    /// <summary>Weights without an axis of outputs leave none.</summary>
    private static TensorValue Linear(TorchCall c)
    {
        var (x, weights) = (c.X(0), c.X(1));
        if (!weights.IsInvariant)
        {
            throw c.ActsOnComponents(weights);
        }

        var result = Products.Linear(
            c, x, weights.Axes is [var output, _] && !weights.HasMoreInFront ? output.Extent : c.Machine.Fresh(), Bias(c));
        return weights is { HasMoreInFront: false, Axes.Length: 2 } ? result
            : Shapes.IsScalar(result) ? Reductions.Unshaped(result)
            : throw c.CannotVerify(x, $"{c.Name} with weights whose shape is not known");
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
        bool isTruth = c.Name is ">" or ">=" or "<" or "<="
            || c.Method.Name is "gt" or "ge" or "lt" or "le" or "eq" or "ne" or "greater" or "less" or "greater_equal" or "less_equal"
                or "not_equal" or "op_Equality" or "op_Inequality" or "logical_and" or "logical_or" or "logical_xor" or "isclose"
                or "equal";
        isTruth = isTruth
            || Enumerable.Range(0, Math.Min(2, c.Count)).All(i => c.Nth(i) is not Data && c.X(i).Numbers == NumberKind.Truth);
        return result with { Numbers = isTruth ? NumberKind.Truth : NumberKind.Unknown };
    }

    private static TensorValue Sum(TorchCall c, bool isMean)
    {
        // First, since sum(0) takes 0 for a data type and sums everything.
        var result = Reductions.Sum(c, c.X(0), c.Dims(), c.Flag("keepdim"), isMean);
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
            long from = Math.Max(0, Math.Min((long)(s < 0 ? s + extent : s), extent));
            long to = Math.Max(0, Math.Min((long)(f < 0 ? f + extent : f), extent));
            return Indexing.Columns(c, x, axis, from, Math.Max(0, to - from));
        }

        return Part(c, x, axis);
    }

    /// <summary>The items between the brackets: one by one, or as an array.</summary>
    private static IReadOnlyList<Value> Items(TorchCall c, int first, int end) =>
    [
        .. Enumerable.Range(first, end - first).Select(c.Nth)
            .SelectMany(v => c.Machine.State.Content(v) is Sequence { IsListed: true } list
                ? [.. list.Elements.Select(c.Machine.Look)]
                : (IReadOnlyList<Value>)[v]),
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
        return Gathering.Scatter(
            c, c.X(0), c.Whole("dim"), c.AsTensor(c["index"] ?? throw c.CannotVerify(null)), c.AsTensor(given), isRows, isSum);
    }

    private static bool Bias(TorchCall c) =>
        c["bias"] is { } bias && (c.AsTensor(bias) is { IsInvariant: true } b ? !b.IsZero : throw c.ActsOnComponents(c.AsTensor(bias)));

    private static TensorValue Filled(TensorValue x, bool isZero) =>
        x with
        {
            Axes = [.. x.Axes.Select(a => Axis.Plain(a.Extent))],
            Parity = 1,
            Weight = 0,
            Written = null,
            IsZero = isZero,
            Memory = [],
        };

    /// <summary>
    /// Conversions of the data type: to integers they truncate, with undefined results for numbers out of range;
    /// to Booleans they test for non-zero.
    /// </summary>
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
            _ => x.IsInvariant
                ? x with { Numbers = NumberKind.Unknown, IsZero = x.IsZero }
                : throw c.CannotVerify(x, $"{c.Name} of another data type, which may be whole numbers,"),
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

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What calls of TorchSharp's operations do to irreps: finds the rule for each line of the table.</summary>
/// <param name="rules">The rules.</param>
/// <param name="settle">Reports a misuse where it is one, and yields what is known otherwise.</param>
/// <param name="doubt">Receives what is not wrong but not proven either.</param>
/// <param name="dataIsInvariant">Whether tensors made of numbers are constants that do not rotate, as in modules; elsewhere they may be positions that were read.</param>
internal sealed class TensorTyper(TensorRules rules, Func<IrrepsValue, IrrepsValue> settle, Action<SyntaxNode> doubt, bool dataIsInvariant)
{
    public IrrepsValue Apply(TensorCall call)
    {
        var at = call.Invocation.Syntax;
        var effect = TensorOperations.Of(call.Name);
        if (call.X is Misuse misuse && Redeemed(effect, call, misuse, at) is { } redeemed)
        {
            return redeemed;
        }

        var x = settle(call.X);
        return (effect, x) switch
        {
            (Effect.Keep, _) when call.WholeNumbers is { } rounding => rules.Pointwise(rounding, call.Name, x, at),
            (Effect.Keep, _) => x,
            (Effect.Zeros, _) => IrrepsValue.Nothing,
            (Effect.Constant, _) => IsNumber(call) ? Number(call.First) : dataIsInvariant ? new Invariant() : IrrepsValue.Unknown,
            (Effect.Other, _) => IrrepsValue.Unknown,
            (Effect.Add or Effect.Multiply or Effect.Divide or Effect.Compare, _) when call.Rest is [var second, ..] => Binary(effect!.Value, call.Name, (call.First, x), (second.Value, call.Value(second)), at),
            (Effect.MatrixProduct, _) when call.Rest is [var second, ..] => MatrixProduct(call, x, call.Value(second), at),
            (Effect.Where, _) when call.Rest is [var first, var second] =>
                Where(call.Name, call.Invocation.Instance is null ? call.Value(first) : x, call.Value(second), at),
            (Effect.Concatenate or Effect.ConcatenateColumns or Effect.ConcatenateRows, Group tensors) => Concatenate(effect!.Value, call, tensors, at),
            (Effect.Scatter, _) => Scatter(call, x, at),
            (Effect.Copy, _) when call.Rest is [var source, ..] => settle(call.Value(source)),
            (_, Known known) => ApplyTo(known, effect, call, at),
            (Effect.Unsqueeze, Invariant) when call.Axes == TensorAxes.Columns => TensorRules.Scalar(1, keepAxis: true, at),
            (Effect.View, Invariant) when call.Extents is [.., { } columns and > 0] => IrrepsValue.Of(new Irreps([new MulIrrep(columns, new Irrep(0, 1))]), at.GetLocation()),
            (_, Invariant or Nothing) when Shaping(effect) => x,
            _ => rules.CannotVerify(call.Name, call.Tensors.Select(settle), at),
        };
    }

    /// <summary>Sums, differences, products, quotients and comparisons; of operators and of methods.</summary>
    public IrrepsValue Binary(Effect effect, string name, (IOperation Operation, IrrepsValue Value) left, (IOperation Operation, IrrepsValue Value) right, SyntaxNode at)
    {
        var (x, y) = (Operand(left), Operand(right));
        return effect switch
        {
            Effect.Add when FlowTypes.Number(right.Operation) == 0 => x,
            Effect.Add when FlowTypes.Number(left.Operation) == 0 => y,
            Effect.Add => rules.Add(name, x, y, at),
            Effect.Multiply => rules.Multiply(name, x, y, at),
            Effect.Divide => rules.Multiply(name, x, rules.Pointwise(Effect.Odd, name, y, at), at),
            Effect.Compare when rules.Pointwise(Effect.Neither, name, x, at) is var a && rules.Pointwise(Effect.Neither, name, y, at) is var b =>
                a.IsInvariant && b.IsInvariant ? a is Known ? a : b : IrrepsValue.Unknown,
            _ => rules.CannotVerify(name, [x, y], at),
        };

        IrrepsValue Operand((IOperation Operation, IrrepsValue Value) operand) =>
            FlowTypes.IsTensor(operand.Operation.Type) ? settle(operand.Value) : new Invariant(IsSingle: true);
    }

    /// <summary>The places where a misuse is none: the sum of products over whole rows, the second factor of x·yᵀ, an axis moved back.</summary>
    private static bool IsColumns(TensorAxes axes) => axes is TensorAxes.Columns or TensorAxes.All;

    private IrrepsValue? Redeemed(Effect? effect, TensorCall call, Misuse misuse, SyntaxNode at) => (effect, misuse) switch
    {
        (Effect.Keep, _) when call.WholeNumbers is null => misuse,
        (Effect.Sum, { Right: { } right }) when IsColumns(call.Axes) || (call.Axes == TensorAxes.FromFront && !misuse.Left.IsStacked) =>
            rules.InnerProduct(misuse.Left, right, call.IsTrue("keepdim"), at) is var product && product is not Unknown ? product : null,
        (Effect.Sum, { Right: not null }) when call.Axes == TensorAxes.Rows => misuse,
        _ => null,
    };

    private IrrepsValue ApplyTo(Known x, Effect? effect, TensorCall call, SyntaxNode at)
    {
        string name = call.Name;
        switch (effect)
        {
            case Effect.Odd or Effect.Even or Effect.Neither or Effect.Dropout when name != "square":
                return rules.Pointwise(effect.Value, name, x, at);
            case Effect.Even:
                return rules.Square(name, x, at);
            case Effect.Power:
                return Power(FlowTypes.Number(call.Rest.FirstOrDefault()?.Value), name, x, at);
            case Effect.Clamp:
                var low = FlowTypes.Number(call.Argument("min", "min_val")?.Value);
                var high = FlowTypes.Number(call.Argument("max", "max_val")?.Value);
                return rules.Pointwise(low is not null && low == -high ? Effect.Odd : Effect.Neither, name, x, at);
            case Effect.MaskRows:
                return FillRows(call, x, at);
            case Effect.Mix:
                return rules.MixColumns(name, x, at, name.Contains("norm") ? "use [LayerNorm] or [BatchNorm], or state the result with .AssumeIrreps(\"…\")" : "use [Linear]");
            case Effect.Dot when call.IsEuclidean && call.Axes != TensorAxes.Rows && call.Integer("reduction") != 0 && call.Rest is [var second, ..]:
                return settle(call.Value(second)) switch
                {
                    Known y when rules.InnerProduct(x, y, keepAxis: false, at) is Invariant product => product,
                    Known y => rules.Report(Diagnostics.EquivarianceRules.Product, at, [x, y], name, x, y),
                    _ => IrrepsValue.Unknown,
                };
            case Effect.Cross when x.Irreps is [{ Multiplicity: 1, Irrep: { L: 1 } a }] && call.Rest is [var second, ..] && settle(call.Value(second)) is Known { Irreps: [{ Multiplicity: 1, Irrep: { L: 1 } b }] }:
                return IrrepsValue.Of(new Irrep(1, a.Parity * b.Parity), at.GetLocation());
            case Effect.Narrow or Effect.Slice or Effect.Index or Effect.Split or Effect.View or Effect.Unsqueeze or Effect.Squeeze or Effect.Flatten or Effect.Transpose or Effect.Permute
                or Effect.Expand or Effect.Repeat:
                return TensorShapes.Apply(rules, effect.Value, call, x, at);
            case Effect.Sum or Effect.Shift or Effect.Pick or Effect.Extreme or Effect.Length or Effect.Direction:
                return AlongAxis(effect.Value, call, x, at);
            default:
                return rules.CannotVerify(name, call.Tensors.Select(settle), at);
        }
    }

    private IrrepsValue Power(double? exponent, string name, Known x, SyntaxNode at) => exponent switch
    {
        1 => x,
        2 => rules.Square(name, x, at),
        { } whole when whole == Math.Floor(whole) => rules.Pointwise(whole % 2 == 0 ? Effect.Even : Effect.Odd, name, x, at),
        _ => rules.Pointwise(Effect.Neither, name, x, at),
    };

    private IrrepsValue FillRows(TensorCall call, Known x, SyntaxNode at)
    {
        doubt(at);
        return call.Argument("value") is { } value && FlowTypes.Number(value.Value) is { } number && number != 0 ? rules.AddConstant(x, at) : x;
    }

    private IrrepsValue AlongAxis(Effect effect, TensorCall call, Known x, SyntaxNode at)
    {
        string name = call.Name;
        bool keepAxis = call.IsTrue("keepdim");
        switch (effect, call.Axes)
        {
            case (Effect.Extreme, TensorAxes.Rows):
                return rules.Pointwise(Effect.Neither, name, x, at) is Known same ? same with { IsStacked = x.IsStacked } : IrrepsValue.Unknown;
            case (Effect.Extreme, _):
                return rules.MixColumns(name, x, at);
            case (Effect.Length, TensorAxes.Columns) when call.IsEuclidean:
                return TensorRules.Scalar(1, keepAxis, at);
            case (Effect.Length, TensorAxes.All) when call.IsEuclidean:
                return new Invariant(IsSingle: true);
            case (Effect.Direction, TensorAxes.Columns) when call.IsEuclidean:
            case (Effect.Direction, TensorAxes.FromFront) when call.IsEuclidean && !x.IsStacked:
                return x;
            case (Effect.Length, TensorAxes.FromFront) when call.IsEuclidean && !x.IsStacked:
                return new Invariant();
            case (Effect.Length or Effect.Direction, TensorAxes.Rows):
                return rules.Pointwise(Effect.Even, name, x, at);
            case (Effect.Length or Effect.Direction, _):
                return rules.MixColumns(name, x, at);
            case (_, TensorAxes.Rows):
                return x;
            case (Effect.Pick, TensorAxes.Columns) when call.Integer("index") is { } index and >= 0:
                return rules.Columns(x, index, index + 1, at) is Known { Irreps.IsScalar: true } ? new Invariant() : IrrepsValue.Unknown;
            case (Effect.Pick, TensorAxes.Columns) when !x.IsInvariant:
                return rules.CannotVerify($"{name} of columns", [x], at);
            case (Effect.Sum, TensorAxes.Columns or TensorAxes.All) when x.ScalarParity is { } parity:
                return TensorRules.Scalar(parity, keepAxis, at);
            case (Effect.Sum, TensorAxes.All) when call.Argument("type") is { } type && FlowTypes.Integer(FlowTypes.WithoutConversions(type.Value)) is { } axis:
                return rules.MixColumns(name, x, at, $"all axes are summed, because {name}({axis}) takes {axis} for the type of the result; write {name}(dim: {axis})");
            case (_, TensorAxes.Columns or TensorAxes.All):
                return rules.MixColumns(name, x, at);
            default:
                return x.IsStacked && call.Axes == TensorAxes.FromFront
                    ? IrrepsValue.Unknown
                    : rules.CannotVerify($"{name} along an axis that may be the last (count from the end: -1, -2)", [x], at);
        }
    }

    private IrrepsValue MatrixProduct(TensorCall call, IrrepsValue left, IrrepsValue right, SyntaxNode at)
    {
        switch (left, right)
        {
            case (Known x, Misuse { Right: null } moved) when rules.InnerProduct(x, moved.Left, keepAxis: false, at) is Invariant product:
                return product; // x·yᵀ: inner products of all rows with all rows
            case (Known { NonScalar: not null } x, Invariant or Known { IsInvariant: true }):
                return rules.MixColumns(call.Name, x, at, "use [Linear]");
            case (Invariant or Unknown or Known { IsInvariant: true }, Known y):
                if (left is Unknown)
                {
                    doubt(at);
                }

                return y; // mixes rows
            default:
                return rules.CannotVerify(call.Name, [left, settle(right)], at);
        }
    }

    private IrrepsValue Where(string name, IrrepsValue x, IrrepsValue y, SyntaxNode at)
    {
        doubt(at);
        return rules.Add(name, settle(x), settle(y), at);
    }

    /// <summary>Rows of 'source' put or added to rows of the first tensor: both must carry the same.</summary>
    private IrrepsValue Scatter(TensorCall call, IrrepsValue x, SyntaxNode at)
    {
        if (call.Argument("source", "src") is not { } argument)
        {
            return rules.CannotVerify(call.Name, call.Tensors.Select(settle), at);
        }

        var source = settle(call.Value(argument));
        return call.Axes == TensorAxes.Rows || (x.IsInvariant && source.IsInvariant)
            ? rules.Add(call.Name, x, source, at)
            : rules.CannotVerify($"{call.Name} along an axis that may be the last (count from the end: -1, -2)", [x, source], at);
    }

    private IrrepsValue Concatenate(Effect effect, TensorCall call, Group tensors, SyntaxNode at)
    {
        var values = tensors.Elements.Select(settle).ToList();
        var known = values.OfType<Known>().ToList();
        bool stacked = known.Any(k => k.IsStacked);
        var axes = effect switch
        {
            Effect.ConcatenateColumns => stacked ? TensorAxes.Unknown : TensorAxes.Columns,
            Effect.ConcatenateRows when call.Axes is TensorAxes.All or TensorAxes.FromFront => TensorAxes.Rows,
            _ when call.Axes == TensorAxes.FromFront && !stacked => TensorAxes.Columns,
            _ => call.Axes,
        };
        switch (axes)
        {
            case TensorAxes.Columns when effect == Effect.ConcatenateRows:
                return rules.CannotVerify(call.Name, values, at);
            case TensorAxes.Columns when known.Count == values.Count && known.Sum(v => (long)v.Irreps.Dim) < int.MaxValue:
                return IrrepsValue.Of(new Irreps(known.SelectMany(v => v.Irreps)), at.GetLocation()) with { IsStacked = stacked };
            case TensorAxes.Columns:
                return values.All(v => v.IsInvariant) ? new Invariant() : IrrepsValue.Unknown;
            case TensorAxes.Rows:
                var rows = values.Aggregate((a, b) => rules.Add(call.Name, a, b, at));
                return rows is Known same && call.Name == "stack" ? same with { IsStacked = true } : rows;
            default:
                return stacked ? IrrepsValue.Unknown : rules.CannotVerify(call.Name, values, at);
        }
    }

    /// <summary>Whether an operation only moves numbers about: zeros stay zeros, constants stay constants.</summary>
    private static bool Shaping(Effect? effect) => effect is Effect.View or Effect.Unsqueeze or Effect.Squeeze or Effect.Flatten or Effect.Transpose or Effect.Permute
        or Effect.Expand or Effect.Repeat or Effect.Narrow or Effect.Slice or Effect.Index or Effect.Sum or Effect.Shift or Effect.Pick;

    /// <summary>Whether a tensor is made of one number.</summary>
    private static bool IsNumber(TensorCall call) =>
        call.Name is "tensor" or "ToTensor" && FlowTypes.WithoutConversions(call.First).Type is { SpecialType: not SpecialType.None, TypeKind: not TypeKind.Array };

    /// <summary>What a number is as a tensor.</summary>
    public static IrrepsValue Number(IOperation number) => FlowTypes.Number(number) == 0 ? IrrepsValue.Nothing : new Invariant(IsSingle: true);
}

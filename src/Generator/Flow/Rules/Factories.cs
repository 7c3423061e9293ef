using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Tensors created from numbers.</summary>
internal static class Factories
{
    private static readonly string[] SizeNames = ["size", "sizes", "rows", "columns", "dim0", "dim1", "dim2", "dim3", "shape"];

    /// <summary>A tensor of the shape that is asked for.</summary>
    public static TensorValue Shaped(TorchCall c, NumberKind otherwise = NumberKind.Float)
    {
        // x.new_zeros(…) and the like are of the type of x.
        otherwise = c.Has("this") && c.Machine.Tensor(c["this"]) is { } x ? x.Numbers : otherwise;
        var extents = new List<Extent>();
        foreach (string name in SizeNames.Where(c.Has))
        {
            switch (c[name])
            {
                case null:
                    break;
                case Data { Extent: null, Constant: null }
                    when !c.Method.Parameters.Any(p => p.Name == name
                        && p.Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32):
                    return Typed(c, c.Machine.Anything(), otherwise); // an array whose length is not known
                case var value when c.Machine.State.Content(value) is Sequence { IsListed: false }:
                    return Typed(c, c.Machine.Anything(), otherwise);
                case var value:
                    extents.AddRange((c.Extents(value) ?? []).Select(e => e ?? c.Machine.Fresh()));
                    break;
            }
        }

        return Typed(c, new TensorValue([.. extents.Select(Axis.Plain)], 0), otherwise);
    }

    /// <summary>All entries are equal.</summary>
    public static TensorValue Equal(TensorValue x) => x with { Axes = [.. x.Axes.Select(a => Shapes.Repeated(a.Extent))] };

    /// <summary>With the data type that is asked for; floating point where none is.</summary>
    public static TensorValue Typed(TorchCall c, TensorValue x, NumberKind otherwise = NumberKind.Float)
    {
        foreach (string name in new[] { "dtype", "type" }.Where(c.Has))
        {
            if (c[name] is { } type)
            {
                return x with { Numbers = type is Data data ? data.DType : NumberKind.Unknown };
            }
        }

        return x with { Numbers = otherwise };
    }

    /// <summary>torch.tensor(…): the shape of what it is made of.</summary>
    public static TensorValue FromNumbers(TorchCall c)
    {
        var given = c.Nth(0);
        var type = c.Method.Parameters[0].Type;
        bool isNumber = type is { SpecialType: not SpecialType.None } or { Name: "Scalar" or "Half" or "BFloat16" or "Complex" };
        bool isFloat = type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
        var kind = isFloat || IsFloats(type) ? NumberKind.Float : NumberKind.Unknown;
        if (isNumber)
        {
            return Typed(c, new TensorValue([], 0) { IsZero = TorchCall.Number(given) == 0 }, kind);
        }

        foreach (string name in new[] { "dimensions", "shape", "dims" }.Where(c.Has))
        {
            if (c[name] is { } dims)
            {
                return Typed(c, c.Machine.State.Content(dims) is Sequence { IsListed: false }
                    ? c.Machine.Anything()
                    : new TensorValue([.. (c.Extents(dims) ?? []).Select(e => Axis.Plain(e ?? c.Machine.Fresh()))], 0), kind);
            }
        }

        foreach (string name in new[] { "rows", "columns", "dim0", "dim1", "dim2", "dim3", "names" }.Where(c.Has))
        {
            _ = c[name];
        }

        if (c.Has("rows") || c.Has("dim0"))
        {
            return Typed(c, Shaped(c), kind);
        }

        return Typed(c, c.Machine.State.Content(given) is Sequence { IsListed: true } list && list.Elements.All(e => e is Data)
            ? new TensorValue([Axis.Plain(list.Elements.Length)], 0)
            : type is IArrayTypeSymbol { Rank: 1 } or { Name: "IList" }
                ? new TensorValue([Axis.Plain(c.Machine.Fresh())], 0)
                : c.Machine.Anything(), kind);
    }

    private static bool IsFloats(ITypeSymbol type) =>
        Elements.ElementOf(type)?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    /// <summary>arange, linspace, eye.</summary>
    public static TensorValue Range(TorchCall c)
    {
        if (c.Name == "eye")
        {
            // Without a number of columns, which is then −1, it has as many as rows.
            return Shaped(c) is { Axes: [var rows, ..] axes } square
                ? Isotropy.Unit(square with { Axes = [rows, axes is [_, { Extent.Known: not -1 } columns] ? columns : rows] })
                : Shaped(c);
        }

        var numbers = new[] { "start", "stop", "step", "end", "steps", "base", "row", "col", "offset" }.Where(c.Has)
            .ToDictionary(n => n, n => TorchCall.Number(c[n]));
        if (c.Name is "tril_indices" or "triu_indices")
        {
            return Selections.Triangle(c);
        }

        double? count = numbers.TryGetValue("steps", out double? steps) ? steps
            : numbers.TryGetValue("stop", out double? stop)
                ? Math.Ceiling(((stop ?? double.NaN) - Given("start", 0)) / Given("step", 1))
                : null;
        var extent = count is { } n && n >= 0 && n < 1e9 ? Extent.Of((long)n) : c.Machine.Fresh();
        return Typed(c, new TensorValue([Axis.Plain(extent)], 0), NumberKind.Unknown);

        double Given(string name, double otherwise) =>
            numbers.TryGetValue(name, out double? number) ? number ?? double.NaN : otherwise;
    }

    /// <summary>zeros_like and the like: the shape of another tensor, and nothing else of it.</summary>
    public static TensorValue Like(TorchCall c, TensorValue x) =>
        Typed(c, new TensorValue([.. x.Axes.Select(a => Axis.Plain(a.Extent))], 0) { HasMoreInFront = x.HasMoreInFront }, x.Numbers);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Operations that take columns or give the axes another shape.</summary>
internal static class TensorShapes
{
    public static IrrepsValue Apply(TensorRules rules, Effect effect, TensorCall call, Known x, SyntaxNode at)
    {
        if (x.Irreps.Dim == 0)
        {
            return IrrepsValue.Unknown;
        }

        string name = call.Name;
        var axes = call.Axes == TensorAxes.FromFront && !x.IsStacked ? TensorAxes.Columns : call.Axes;
        var extents = call.Extents;
        switch (effect)
        {
            case Effect.Narrow or Effect.Slice or Effect.Split or Effect.Squeeze when axes == TensorAxes.Rows:
                return effect == Effect.Split ? IrrepsValue.Unknown : x;
            case Effect.Narrow when axes == TensorAxes.Columns && call.Integer("start") is { } start && call.Integer("length") is { } length:
                return rules.Columns(x, FromEnd(start, x), FromEnd(start, x) + length, at);
            case Effect.Slice when axes == TensorAxes.Columns && call.Integer("start") is { } start && call.Integer("finish") is { } finish && call.Integer("step") == 1:
                return rules.Columns(x, FromEnd(start, x), Math.Min(FromEnd(finish, x), x.Irreps.Dim), at);
            case Effect.Index:
                return Index(rules, x, call.Rest.SelectMany(a => TensorAxesReader.Elements(a.Value) ?? [a.Value]).ToList(), at);
            case Effect.Split when axes == TensorAxes.Columns && Sections(call, x.Irreps.Dim) is { } sections:
                return Split(rules, x, sections, at);
            case Effect.View:
                return call.ShapeOf is { } like
                    ? View(rules, name, x, like.Irreps.Dim, like.IsStacked, at)
                    : View(rules, name, x, extents.LastOrDefault(), x.IsStacked || extents.Count > 2 || name == "unflatten", at);
            case Effect.Expand or Effect.Repeat when extents is [.., { } last]:
                return Widen(effect, rules, name, x, last, at);
            case Effect.Expand when name == "expand_as":
                return x.Irreps.Dim > 1 ? x with { IsStacked = true } : IrrepsValue.Unknown;
            case Effect.Squeeze:
                return x.Irreps.Dim > 1 ? x : x.IsInvariant ? new Invariant() : IrrepsValue.Unknown; // an axis of another extent than 1 stays
            case Effect.Unsqueeze:
                return Unsqueeze(call.Integer("dim"), name, x, at);
            case Effect.Flatten:
                return call.Integer("end_dim") is <= -2 or 0 ? x : IrrepsValue.Unknown; // whole rows side by side: equivariant, but nobody knows how many
            case Effect.Permute when extents.Count > 0 && extents[extents.Count - 1] is { } kept && (kept == -1 || kept == extents.Count - 1):
                return x;
            case Effect.Transpose or Effect.Permute:
                return Transpose(call, x, at);
            default:
                return rules.CannotVerify(name, [x], at);
        }
    }

    /// <summary>x[i, j, …]: the columns are what the last of several arguments takes, unless it is an ellipsis.</summary>
    public static IrrepsValue Index(TensorRules rules, Known x, IReadOnlyList<IOperation> indices, SyntaxNode at)
    {
        int dim = x.Irreps.Dim;
        var kinds = indices.Select(i => TensorIndexReader.Read(i, dim)).ToList();
        if (kinds.Any(k => k.Kind == IndexKind.NewAxis) || indices.Count == 0)
        {
            return IrrepsValue.Unknown;
        }

        var last = kinds[kinds.Count - 1];
        if (indices.Count == 1 || last.Kind is IndexKind.Ellipsis or IndexKind.All)
        {
            return x;
        }

        return last.Kind switch
        {
            IndexKind.Range => rules.Columns(x, last.Start, last.End, at),
            IndexKind.Single => rules.Columns(x, last.Start, last.Start + 1, at) is Known { IsInvariant: true } ? new Invariant() : IrrepsValue.Unknown,
            _ => rules.CannotVerify("indexing of columns", [x], at),
        };
    }

    /// <summary>A last axis of another extent: it holds irreps again where it cuts between them, or lays whole rows side by side.</summary>
    private static IrrepsValue View(TensorRules rules, string name, Known x, int? extent, bool stacked, SyntaxNode at)
    {
        if (extent is not ({ } last and not 0))
        {
            return rules.CannotVerify(name, [x], at);
        }

        int dim = x.Irreps.Dim;
        if (last == -1)
        {
            return x.IsInvariant ? new Invariant() : IrrepsValue.Unknown;
        }

        if (last % dim == 0)
        {
            return SideBySide(x, last / dim, at, stacked);
        }

        if (x.Irreps is [var entry] && dim % last == 0 && last % entry.Irrep.Dim == 0)
        {
            return IrrepsValue.Of(new Irreps([new MulIrrep(last / entry.Irrep.Dim, entry.Irrep)]), at.GetLocation()) with { IsStacked = stacked };
        }

        return rules.MixColumns(name, x, at, $"rows of {last} do not hold whole irreps");
    }

    /// <summary>expand(…, n) and repeat(…, n): a single column may become several, whole rows may stand side by side.</summary>
    private static IrrepsValue Widen(Effect effect, TensorRules rules, string name, Known x, int last, SyntaxNode at)
    {
        int dim = x.Irreps.Dim;
        int times = effect == Effect.Repeat ? last : last == -1 || last == dim ? 1 : dim == 1 ? last : 0;
        return times > 0
            ? SideBySide(x, times, at, stacked: true)
            : rules.CannotVerify(name, [x], at);
    }

    /// <summary>Several times the same irreps. What is too long to be written down is not followed.</summary>
    private static IrrepsValue SideBySide(Known x, int times, SyntaxNode at, bool stacked) => times switch
    {
        1 => x with { IsStacked = stacked },
        <= 1024 when (long)times * x.Irreps.Dim < int.MaxValue => IrrepsValue.Of(x.Irreps * times, at.GetLocation()) with { IsStacked = stacked },
        _ => IrrepsValue.Unknown,
    };

    /// <summary>A new axis in front of the last keeps irreps. Behind it each scalar gets a row of its own, and vectors lie across rows.</summary>
    private static IrrepsValue Unsqueeze(int? dim, string name, Known x, SyntaxNode at) => dim switch
    {
        0 or 1 or < -1 => x with { IsStacked = true },
        -1 when x.ScalarParity is { } parity => IrrepsValue.Of(new Irrep(0, parity), at.GetLocation()) with { IsStacked = true },
        _ when x.IsStacked && dim is not -1 => IrrepsValue.Unknown,
        _ => TensorRules.MovedAxis(name, x, at),
    };

    private static IrrepsValue Transpose(TensorCall call, Known x, SyntaxNode at)
    {
        var axes = call.Invocation.Arguments.Select(a => FlowTypes.Integer(a.Value)).ToList();
        if (axes.Count == 2 && axes.All(a => a is 0 or < -1))
        {
            return x;
        }

        return x.IsStacked && axes.Count == 2 && !axes.Contains(-1) ? IrrepsValue.Unknown : TensorRules.MovedAxis(call.Name, x, at);
    }

    private static IrrepsValue Split(TensorRules rules, Known x, IReadOnlyList<int> sections, SyntaxNode at)
    {
        var parts = new List<IrrepsValue>();
        int start = 0;
        foreach (int section in sections)
        {
            if (rules.Columns(x, start, start + section, at) is not Known part)
            {
                return IrrepsValue.Unknown; // reported once
            }

            parts.Add(part);
            start += section;
        }

        return new Group([.. parts]);
    }

    /// <summary>The lengths of the parts that split(size), split(sizes) and chunk(n) yield; null where they are not constant.</summary>
    private static IReadOnlyList<int>? Sections(TensorCall call, int dim)
    {
        var argument = call.Argument("size", "sizes", "split_size_or_sections", "chunks");
        if (argument is null)
        {
            return null;
        }

        if (TensorAxesReader.Elements(argument.Value) is { } elements)
        {
            var sizes = elements.Select(FlowTypes.Integer).ToList();
            return call.Name == "split" && !sizes.Contains(null) ? [.. sizes.Select(s => s!.Value)] : null;
        }

        if (FlowTypes.Integer(argument.Value) is not (> 0 and var number))
        {
            return null;
        }

        int size = call.Name == "split" ? number : (int)(((long)dim + number - 1) / number);
        int count = (int)(((long)dim + size - 1) / size);
        return count > 1024 || (call.Name == "tensor_split" && dim % number != 0) ? null : [.. Enumerable.Range(0, count).Select(i => Math.Min(size, dim - (i * size)))];
    }

    private static int FromEnd(int index, Known x) => index < 0 ? x.Irreps.Dim + index : index;
}

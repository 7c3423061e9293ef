using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Writes into tensors, and everything that may share their memory.</summary>
internal sealed partial class Machine
{
    /// <summary>Writes a result into the first tensor of a call. Whatever may lie in the same memory is looked after.</summary>
    private Value Write(TorchCall call, TensorValue result, IOperation at)
    {
        if (call.Nth(0) is not Reference target || Tensor(target) is not { } old)
        {
            throw call.CannotVerify(null);
        }

        if (old.Numbers != NumberKind.Float && !result.IsInvariant)
        {
            throw call.CannotVerify(
                result, $"{call.Name} into what {(old.Numbers == NumberKind.Unknown ? "may be" : "are")} whole numbers");
        }

        result = result with { Memory = old.Memory, Numbers = old.Numbers, Identity = _numbers.Next(), IsBound = true };
        result = call.Word == "scatter_add" ? result : Gathering.WithoutRuns(result); // its rule says which neighbours are equal afterwards
        // Two C# objects can be one tensor, as contiguous() and to(…) may return their argument: a new shape affects both.
        bool reshapes = call.Word is "transpose" or "squeeze" or "unsqueeze";
        if (IsSeen(target, old))
        {
            bool keepsShape = !reshapes && old.Axes.Length == result.Axes.Length && old.HasMoreInFront == result.HasMoreInFront;
            bool isZeroed = result.IsZero && old.Written is null && old.Origins == result.Origins; // zero is no position
            if (keepsShape && ((old.IsInvariant && result.IsInvariant) || isZeroed))
            {
                result = result.IsZero ? old with { Identity = _numbers.Next() } : result;
                Renew(old, target, result, keepsKind: true, at);
                return target;
            }

            throw new NoProofException(Reasons.SeenByOthers(
                at.Syntax, "others see the tensor that is written to; write to a copy of it: .clone()"));
        }

        bool keepsKind = !reshapes && old.Parity == result.Parity && old.Origins == result.Origins
            && old.Written is null && result.Written is null
            && old.Axes.Length == result.Axes.Length && old.Axes.Zip(result.Axes, (a, b) => a.Irreps == b.Irreps).All(same => same);
        Renew(old, target, result, keepsKind, at);
        return call.Method.ReturnsVoid ? Value.Null : target;
    }

    /// <summary>
    /// Values in the same memory as objects that others get, or got before, may change with them. Values that others already hold
    /// in memory from outside do not count again, nor do constants.
    /// </summary>
    private ImmutableDictionary<int, Content> WithoutShared(
        ImmutableDictionary<int, Content> objects, IReadOnlyCollection<int> given, Finding because)
    {
        var memory = State.Escaped.Concat(given).Distinct()
            .SelectMany(id => objects.TryGetValue(id, out var content) && content is TensorValue tensor
                ? tensor.Memory.Where(m => m != TensorValue.Outside || given.Contains(id))
                : [])
            .ToImmutableHashSet();
        foreach (var entry in memory.IsEmpty ? ImmutableDictionary<int, Content>.Empty : objects)
        {
            if (entry.Value is TensorValue other && other.Memory.Any(memory.Contains)
                && !(other.IsInvariant && other.Memory is [TensorValue.Outside]))
            {
                objects = objects.SetItem(entry.Key, new Lost(because));
            }
        }

        return objects;
    }

    /// <summary>Whether others see what a tensor lies in.</summary>
    private bool IsSeen(Reference target, TensorValue tensor) =>
        tensor.Memory.Contains(TensorValue.Outside) || State.Escaped.Contains(target.Id)
        || State.Escaped.Any(id => State.Objects.TryGetValue(id, out var content) && content is TensorValue other
            && other.Memory.Any(tensor.Memory.Contains));

    /// <summary>A tensor has other contents from now on, and so have all that share its memory.</summary>
    private void Renew(TensorValue old, Reference target, TensorValue result, bool keepsKind, IOperation at) =>
        Rewrite(old, at, (id, other) =>
        {
            if (id == target.Id)
            {
                return State.Escaped.Contains(id) && !result.IsInvariant
                    ? new Lost(Reasons.NotFollowed(Here(at.Syntax), "may be changed by code that is not followed"))
                    : result;
            }

            // A tensor that is one of several may have been zero where the other was: it keeps its kind only if it
            // was of the kind that is written.
            bool isOfKind = other.IsZero
                ? result.IsInvariant || result.IsZero
                : !old.IsZero || result.IsZero || (other.IsInvariant && result.IsInvariant);
            return keepsKind && other.Written is null && isOfKind
                ? Gathering.WithoutRuns(other) with { Identity = _numbers.Next(), IsZero = other.IsZero && result.IsZero, IsBound = true }
                : new Lost(Reasons.NotFollowed(
                    Here(at.Syntax), "writes to memory that another tensor shares, which then carries something else",
                    "write to the tensor itself, by its indexer"));
        });

    /// <summary>Something that is not known was written into the first tensor of a call.</summary>
    private void Spoil(TorchCall call, Unknown why, IOperation at)
    {
        if (call.Nth(0) is not Reference target || Tensor(target) is not { } old)
        {
            LoseAll(at.Syntax, (call.Nth(0) as Unknown)?.Because[0]);
            return;
        }

        bool seen = IsSeen(target, old);
        Rewrite(old, at, (_, _) => new Lost(why.Because[0]));
        if (seen)
        {
            Effect(why);
        }
    }

    /// <summary>
    /// Whatever a write into a tensor changes: all that may lie in the same memory, and what is yet to be computed, perhaps of it.
    /// </summary>
    private void Rewrite(TensorValue written, IOperation at, Func<int, TensorValue, Content> contents)
    {
        var objects = State.Objects;
        foreach (var entry in State.Objects)
        {
            if (entry.Value is TensorValue other && other.Memory.Any(written.Memory.Contains))
            {
                objects = objects.SetItem(entry.Key, contents(entry.Key, other));
            }
        }

        State = State.With(WithoutDelayed(objects, at.Syntax));
    }

    /// <summary>Sequences whose elements are computed when somebody goes through them see what has been changed until then.</summary>
    private ImmutableDictionary<int, Content> WithoutDelayed(ImmutableDictionary<int, Content> objects, SyntaxNode at)
    {
        foreach (var entry in objects)
        {
            if (entry.Value is Sequence { IsComputed: true })
            {
                objects = objects.SetItem(entry.Key, new Lost(Reasons.NotFollowed(
                    Here(at), "changes a tensor while a sequence is yet to be computed, which is not followed", "call .ToArray() before")));
            }
        }

        return objects;
    }

    private Value Alias(TorchCall call, Value? instance, ImmutableArray<Value> arguments)
    {
        var target = instance ?? arguments.FirstOrDefault() ?? Value.Null;
        if (Tensor(target) is not { } x)
        {
            return State.Content(target) is Sequence or Made || target is This or Data ? target : throw call.CannotVerify(null);
        }

        if (call.Method.ReturnsVoid || call.Name is "requires_grad_" or "MoveToOuterDisposeScope" or "DetachFromDisposeScope"
            or "MoveToOtherDisposeScope" or "retain_grad" or "with_requires_grad" or "RetainGrad")
        {
            return target; // the same object
        }

        return New(x with { Memory = call.Name == "clone" ? [] : [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] });
    }
}

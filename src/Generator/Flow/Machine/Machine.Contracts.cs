using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What declarations state: what a value is that they promise, and whether a value keeps the promise.</summary>
internal sealed partial class Machine
{
    /// <summary>A value that is what a contract says.</summary>
    /// <param name="contract">What is stated.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="memory">Where it lies.</param>
    /// <param name="from">Where it is stated, for messages; a call's result comes from the call.</param>
    public Value Promised(Contract contract, ITypeSymbol type, ImmutableArray<int> memory, Location? from = null)
    {
        if (FlowTypes.IsTensor(type))
        {
            return New(Promised(contract) with { Memory = memory, From = from });
        }

        if (Elements.IsCollection(type))
        {
            // Others see it: what is put into it is an effect.
            var collection = New(new Sequence([], New(Promised(contract) with { Memory = memory, From = from })));
            State = State.Escape(State.Reachable([collection]));
            return collection;
        }

        return new Unknown(Reasons.NotFollowed(
            Here(_frame.Method.DeclaringSyntaxReferences[0].GetSyntax()), $"states irreps of a {type.Name}, which is no tensor"));
    }

    private TensorValue Promised(Contract contract)
    {
        if (contract.Kind == ContractKind.Invariant)
        {
            return contract.Rows is { } axes
                ? Anything() with { Axes = [.. Enumerable.Range(0, axes).Select(_ => Axis.Plain(Fresh()))], HasMoreInFront = false }
                : Anything();
        }

        var rows = Enumerable.Range(0, contract.Rows ?? 0).Select(_ => Axis.Plain(Fresh()));
        return Carrying(contract.Irreps, [.. rows]) with
        {
            HasMoreInFront = contract.Rows is null,
            Weight = contract.Kind == ContractKind.Positions ? 1 : 0,
            // Scalars may be passed as whole numbers; what rotates, or moves, cannot be.
            Numbers = contract.Irreps.All(e => e.Irrep.L == 0) ? NumberKind.Unknown : NumberKind.Float,
        };
    }

    /// <summary>A tensor whose last axis carries irreps.</summary>
    public static TensorValue Carrying(Irreps irreps, ImmutableArray<Axis> rows)
    {
        var simple = irreps.RemoveZeroMultiplicities().Simplify();
        bool isEven = simple.All(e => e.Irrep.L == 0 && e.Irrep.Parity > 0);
        bool isOdd = !isEven && simple.All(e => e.Irrep.L == 0 && e.Irrep.Parity < 0);
        var axis = isEven || isOdd ? Axis.Plain(irreps.Dim) : Axis.Of(simple);
        return new TensorValue(rows.Add(axis), 0) { Parity = isOdd ? -1 : 1, Numbers = NumberKind.Float };
    }

    /// <summary>
    /// Checks a value that reaches a place which states something. What is known to be wrong is a mistake anywhere,
    /// what is not known is no proof.
    /// </summary>
    /// <param name="contract">What is stated.</param>
    /// <param name="value">The value.</param>
    /// <param name="rule">The rule for a mistake.</param>
    /// <param name="place">What messages call the place.</param>
    /// <param name="source">The expression.</param>
    /// <param name="stated">Where the place is declared.</param>
    /// <returns>Whether it keeps the promise; false also where nothing is known.</returns>
    public bool Check(Contract contract, Value value, DiagnosticDescriptor rule, string place, IOperation source, ISymbol stated)
    {
        value = Look(value);
        var syntax = source.Syntax;
        switch (value)
        {
            case Unknown unknown:
                Effect(unknown);
                return false;
            case Data { IsNull: true }:
                return true;
            case Group group:
                return group.Elements.Aggregate(true, (all, e) => Check(contract, e, rule, place, source, stated) && all);
        }

        switch (State.Content(value))
        {
            case Sequence sequence:
                return sequence.All.Aggregate(true, (all, e) => Check(contract, e, rule, place, source, stated) && all);
            case Map map:
                return map.Entries.Values.Concat(map.Others is null ? [] : [map.Others]).Aggregate(
                    true, (all, e) => Check(contract, e, rule, place, source, stated) && all);
            case TensorValue tensor:
                tensor = contract.Kind == ContractKind.Irreps ? ComponentRules.Settled(this, tensor, contract.Irreps) : tensor;
                var broken = contract.Broken(tensor);
                if (broken is null)
                {
                    return true;
                }

                if (tensor.Written is { } written)
                {
                    Effect(written.Because);
                }
                else if (broken.IsMistake)
                {
                    Mismatch(new Finding(rule, syntax, place, contract.ToString(), ExpressionText.Of(syntax), tensor.ToString(), broken.Why)
                    {
                        Before = contract.Kind == ContractKind.Irreps ? Finding.StatedAs(tensor) : null,
                        Wanted = contract.Kind == ContractKind.Irreps ? contract.Irreps : null,
                        Origins = [.. Reasons.From(tensor), .. stated.Locations.Where(l => l.IsInSource)],
                    });
                }
                else
                {
                    Effect(Reasons.NotFollowed(syntax, broken.Why, broken.Way));
                }

                return false;
            default:
                Effect(NotKnown(source, "is not known to be a tensor"));
                return false;
        }
    }

    /// <summary>Checks what a method returns.</summary>
    private void CheckReturn(Value value, IReturnOperation result)
    {
        if (result.ReturnedValue is { } source && _source.Contracts.Result(_frame.Method) is { } contract
            && !_source.Contracts.IsGenerated(_frame.Method))
        {
            Check(contract, value, FlowRules.Return, StatedContracts.NameOf(_frame.Method), Unwrapped(source), _frame.Method);
        }
    }

    private static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}

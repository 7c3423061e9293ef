using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Exceptions: a handler may begin with whatever was known anywhere in its block.</summary>
internal sealed partial class Machine
{
    /// <summary>How many blocks around catch exceptions: there an exception is a branch.</summary>
    private int _guarded;

    private void Try(ITryOperation attempt)
    {
        // A handler may begin with whatever was known anywhere in the block.
        var seen = new List<State> { State };
        _watchers.Add(seen);
        _guarded += attempt.Catches.Length > 0 ? 1 : 0;
        var (jumps, returned) = (_jumps, _returned);
        _jumps = new(SymbolEqualityComparer.Default);
        _returned = null;
        Execute(attempt.Body);
        _watchers.Remove(seen);
        _guarded -= attempt.Catches.Length > 0 ? 1 : 0;
        var after = Reached;
        if (attempt.Catches.Length > 0 || attempt.Finally is not null)
        {
            State? anywhere = null;
            foreach (var state in seen)
            {
                anywhere = Merge(anywhere, state, attempt.Syntax);
            }

            foreach (var handler in attempt.Catches)
            {
                Reached = anywhere;
                if (handler.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declared)
                {
                    Assign(declared.Symbol, Value.Plain); // what was thrown does not depend on the frame: Throw sees to that
                }

                if (handler.Filter is not null)
                {
                    Condition(handler.Filter);
                }

                Execute(handler.Handler);
                after = Merge(after, Reached, handler.Syntax);
            }
        }

        var (innerJumps, innerReturned) = (_jumps, _returned);
        (_jumps, _returned) = (jumps, returned);
        foreach (var jump in innerJumps)
        {
            Reached = jump.Value;
            Execute(attempt.Finally);
            if (Reached is { } arrived)
            {
                _jumps[jump.Key] = _jumps.TryGetValue(jump.Key, out var other) ? Merge(other, arrived, attempt.Syntax)! : arrived;
            }
        }

        if (innerReturned is { } result)
        {
            Reached = result.State;
            Execute(attempt.Finally);
            if (Reached is { } arrived)
            {
                if (attempt.Finally is not null && !ReferenceEquals(arrived.Objects, result.State.Objects)
                    && _source.Contracts.Result(_frame.Method) is { } contract)
                {
                    // It may have been written to since.
                    string name = StatedContracts.NameOf(_frame.Method);
                    Check(contract, result.Value, Diagnostics.FlowRules.Return, name, attempt, _frame.Method);
                }

                _returned = _returned is { } before
                    ? new Join(attempt.Syntax, _numbers).Of(before.State, before.Value, arrived, result.Value)
                    : (arrived, result.Value);
            }
        }

        // An exception that nobody catches here goes on outside, after the finally block.
        if (attempt.Finally is not null && _watchers.Count > 0)
        {
            State? thrown = null;
            foreach (var state in seen)
            {
                thrown = Merge(thrown, state, attempt.Syntax);
            }

            Reached = thrown;
            Execute(attempt.Finally);
        }

        Reached = after;
        Execute(attempt.Finally);
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Statements.</summary>
internal sealed partial class Machine
{
    private const int MostPasses = 12;
    private const int MostUnrolled = 64;

    /// <summary>How many blocks around catch exceptions: there an exception is a branch.</summary>
    private int _guarded;

    private Dictionary<ILabelSymbol, State> _jumps = new(SymbolEqualityComparer.Default);
    private (State State, Value Value)? _returned;

    private void Execute(IOperation? statement)
    {
        if (statement is null || Reached is null)
        {
            return;
        }

        Step();
        switch (statement)
        {
            case IBlockOperation block:
                foreach (var inner in block.Operations)
                {
                    Execute(inner);
                }

                break;
            case IExpressionStatementOperation expression:
                Evaluate(expression.Operation);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (var declaration in group.Declarations)
                {
                    Declare(declaration);
                }

                break;
            case IConditionalOperation conditional:
                Branch(conditional.Condition, () => Execute(conditional.WhenTrue), () => Execute(conditional.WhenFalse), statement.Syntax);
                break;
            case IForLoopOperation loop:
                foreach (var before in loop.Before)
                {
                    Execute(before);
                }

                Loop(loop, loop.Condition, conditionFirst: true, until: false, () => loop.AtLoopBottom.ToList().ForEach(Execute));
                break;
            case IWhileLoopOperation loop:
                Loop(loop, loop.Condition, loop.ConditionIsTop, loop.ConditionIsUntil, () => { });
                break;
            case IForEachLoopOperation { IsAsynchronous: false } loop:
                ForEach(loop);
                break;
            case ISwitchOperation choice:
                Switch(choice);
                break;
            case IReturnOperation { Kind: OperationKind.Return } result:
                Return(result);
                break;
            case IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } jump:
                _jumps[jump.Target] = _jumps.TryGetValue(jump.Target, out var other) ? Merge(other, Reached, jump.Syntax)! : State;
                Reached = null;
                break;
            case IThrowOperation thrown:
                Throw(thrown);
                break;
            case ITryOperation attempt:
                Try(attempt);
                break;
            case IUsingOperation { IsAsynchronous: false } use:
                Execute(use.Resources is IVariableDeclarationGroupOperation ? use.Resources : null);
                if (use.Resources is not IVariableDeclarationGroupOperation)
                {
                    MustNotAct(use.Resources.Type, use);
                    Evaluate(use.Resources);
                }
                else
                {
                    MustNotAct(((IVariableDeclarationGroupOperation)use.Resources).Declarations.SelectMany(d => d.Declarators).FirstOrDefault()?.Symbol.Type, use);
                }

                Execute(use.Body);
                break;
            case IUsingDeclarationOperation { IsAsynchronous: false } use:
                MustNotAct(use.DeclarationGroup.Declarations.SelectMany(d => d.Declarators).FirstOrDefault()?.Symbol.Type, use);
                Execute(use.DeclarationGroup);
                break;
            case ILockOperation locked:
                Evaluate(locked.LockedValue);
                Execute(locked.Body);
                break;
            case ILabeledOperation or IBranchOperation:
                throw new NotFollowedException(Reasons.NotFollowed(statement.Syntax, "is a jump, which is not followed", "write it with loops and conditions"));
            case ILocalFunctionOperation or IEmptyOperation:
                break;
            default:
                throw new NotFollowedException(Reasons.NotFollowed(statement.Syntax, "is a statement that is not followed", "write it in another way"));
        }
    }

    /// <summary>What is disposed at the end of a block must not do anything then: only the library's own objects are known not to.</summary>
    private static void MustNotAct(ITypeSymbol? type, IOperation at)
    {
        if (type is not null && !FlowTypes.InNamespace(type, "TorchSharp") && !FlowTypes.InNamespace(type, "System") && !FlowTypes.InNamespace(type, "E3Gen"))
        {
            throw new NotFollowedException(Reasons.NotFollowed(at.Syntax, $"disposes of a {type.Name} at its end, which is not followed", "call what it does"));
        }
    }

    private void Throw(IThrowOperation thrown)
    {
        if (thrown.Exception is not null && Look(Evaluate(thrown.Exception)) is Unknown unknown)
        {
            Effect(unknown);
        }

        Reached = null;
    }

    private void Declare(IVariableDeclarationOperation declaration)
    {
        foreach (var declarator in declaration.Declarators)
        {
            if (declarator.Symbol.RefKind != RefKind.None)
            {
                throw new NotFollowedException(Reasons.NotFollowed(declarator.Syntax, "is another name for a variable, which is not followed", "use the variable itself"));
            }

            if ((declarator.Initializer ?? declaration.Initializer)?.Value is { } initial)
            {
                Assign(declarator.Symbol, Evaluate(initial));
            }
        }
    }

    private void Assign(ISymbol variable, Value value) => State = State.With(
        _frame, variable,
        _assignedElsewhere.Contains((_frame.Of(variable).Number, variable))
            ? new Unknown(Reasons.NotFollowed(_site ?? Proof.Identifier(_frame.Method), "assigns a variable that code may assign, too, which is not followed"))
            : value);

    /// <summary>Two ways, of which a condition takes one. A constant condition takes it for good.</summary>
    private void Branch(IOperation? condition, Action whenTrue, Action whenFalse, SyntaxNode at)
    {
        bool? constant = condition is null ? true : Condition(condition);
        if (constant is { } known)
        {
            (known ? whenTrue : whenFalse)();
            return;
        }

        var before = Reached;
        whenTrue();
        var after = Reached;
        Reached = before;
        whenFalse();
        Reached = Merge(after, Reached, at);
    }

    /// <summary>Evaluates a condition: what it decides must not depend on the frame.</summary>
    /// <returns>The condition, where it is constant.</returns>
    private bool? Condition(IOperation condition)
    {
        var value = Look(Evaluate(condition));
        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(condition.Syntax, unknown));
            return null;
        }

        if (Tensor(value) is { } tensor && !tensor.IsInvariant)
        {
            Effect(Reasons.Branch(condition.Syntax, NotKnown(Reasons.CannotVerify(condition.Syntax, "a condition", tensor))));
            return null;
        }

        return value is Data { Constant: bool constant } ? constant : null;
    }

    private void Loop(ILoopOperation loop, IOperation? condition, bool conditionFirst, bool until, Action step)
    {
        var head = State;
        int older = _numbers.Last;
        for (int pass = 0; ; pass++)
        {
            int effects = Effects.Count, mismatches = Mismatches.Count;
            Reached = head;
            _jumps.Remove(loop.ExitLabel);
            _jumps.Remove(loop.ContinueLabel);
            State? exit = null;
            void Test()
            {
                if (Reached is null || condition is null)
                {
                    return;
                }

                bool? constant = Condition(condition);
                bool? goesOn = until ? !constant : constant;
                exit = goesOn == true && pass > MostPasses ? exit : Merge(exit, Reached, condition.Syntax);
            }

            if (conditionFirst)
            {
                Test();
            }

            Execute(loop.Body);
            if (_jumps.TryGetValue(loop.ContinueLabel, out var continued))
            {
                Reached = Merge(Reached, continued, loop.Syntax);
            }

            step();
            if (!conditionFirst)
            {
                Test();
            }

            var next = Merge(head, Reached, loop.Syntax)!;
            if (Same.States(head, next, older))
            {
                Leave(loop, exit);
                return;
            }

            if (pass >= MostPasses)
            {
                throw new NotFollowedException(Reasons.NotFollowed(loop.Syntax, "is a loop whose values do not settle", "keep the kinds of values that a loop changes"));
            }

            Effects.RemoveRange(effects, Effects.Count - effects);
            Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
            head = next;
        }
    }

    private void Leave(ILoopOperation loop, State? exit)
    {
        Reached = exit;
        if (_jumps.TryGetValue(loop.ExitLabel, out var broken))
        {
            Reached = Merge(Reached, broken, loop.Syntax);
        }

        _jumps.Remove(loop.ExitLabel);
        _jumps.Remove(loop.ContinueLabel);
    }

    private void ForEach(IForEachLoopOperation loop)
    {
        var collection = Look(Evaluate(loop.Collection));
        if (collection is Unknown unknown)
        {
            Effect(unknown); // how often the body runs is not known to be invariant
        }
        else if (collection is not Data && State.Content(collection) is not (Sequence or Map))
        {
            HandOver([collection], loop.Syntax);
            LoseAll(loop.Syntax);
            Effect(NotKnown(loop.Collection, "is a collection that is not followed", "go through an array or a list"));
        }

        if (State.Content(collection) is Sequence { IsListed: true } sequence && sequence.Elements.Length <= MostUnrolled)
        {
            int path = _path;
            for (int index = 0; index < sequence.Elements.Length && Reached is not null; index++)
            {
                // The body may put something else into the array that it goes through.
                var element = State.Content(collection) is Sequence { IsListed: true } now && index < now.Elements.Length ? now.Elements[index] : NotKnown(loop, "goes through a collection that changes, which is not followed");

                _path = Path(path, index);
                _jumps.Remove(loop.ContinueLabel);
                Take(loop.LoopControlVariable, element, loop);
                Execute(loop.Body);
                if (_jumps.TryGetValue(loop.ContinueLabel, out var continued))
                {
                    Reached = Merge(Reached, continued, loop.Syntax);
                }
            }

            _path = path;
            Leave(loop, Reached);
            return;
        }

        var head = State;
        int older = _numbers.Last;
        for (int pass = 0; ; pass++)
        {
            int effects = Effects.Count, mismatches = Mismatches.Count;
            Reached = head;
            _jumps.Remove(loop.ExitLabel);
            _jumps.Remove(loop.ContinueLabel);
            Take(loop.LoopControlVariable, Element(collection, loop), loop);
            Execute(loop.Body);
            if (_jumps.TryGetValue(loop.ContinueLabel, out var continued))
            {
                Reached = Merge(Reached, continued, loop.Syntax);
            }

            var next = Merge(head, Reached, loop.Syntax)!;
            if (Same.States(head, next, older))
            {
                Leave(loop, head);
                return;
            }

            if (pass >= MostPasses)
            {
                throw new NotFollowedException(Reasons.NotFollowed(loop.Syntax, "is a loop whose values do not settle", "keep the kinds of values that a loop changes"));
            }

            Effects.RemoveRange(effects, Effects.Count - effects);
            Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
            head = next;
        }
    }

    private void Take(IOperation variable, Value value, IForEachLoopOperation loop)
    {
        switch (variable)
        {
            case IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } declarator:
                Assign(declarator.Symbol, value);
                break;
            case IVariableDeclaratorOperation declarator:
                throw new NotFollowedException(Reasons.NotFollowed(declarator.Syntax, "is another name for an element, which is not followed", "use the elements themselves"));
            default:
                Deconstruct(variable, value, loop);
                break;
        }
    }

    private void Switch(ISwitchOperation choice)
    {
        var value = Evaluate(choice.Value);
        var before = Reached;
        State? after = null;
        bool exhausted = false;
        foreach (var section in choice.Cases)
        {
            State? entered = null;
            foreach (var clause in section.Clauses)
            {
                if (before is null)
                {
                    break;
                }

                Reached = before;
                switch (clause)
                {
                    case IPatternCaseClauseOperation pattern:
                        Decide(Match(pattern.Pattern, value, choice.Value), choice.Value);
                        if (pattern.Guard is not null)
                        {
                            Condition(pattern.Guard);
                            before = Merge(before, Reached, clause.Syntax); // where the guard fails, what it did remains
                        }

                        break;
                    case ISingleValueCaseClauseOperation single:
                        Evaluate(single.Value);
                        Decide(value, choice.Value);
                        break;
                    case IDefaultCaseClauseOperation:
                        Decide(value, choice.Value);
                        exhausted = true;
                        break;
                    default:
                        throw new NotFollowedException(Reasons.NotFollowed(clause.Syntax, "is a case that is not followed"));
                }

                entered = Merge(entered, Reached, clause.Syntax);
            }

            Reached = entered;
            section.Body.ToList().ForEach(Execute);
            after = Merge(after, Reached, section.Syntax);
        }

        Reached = exhausted ? after : Merge(after, before, choice.Syntax);
        if (_jumps.TryGetValue(choice.ExitLabel, out var broken))
        {
            Reached = Merge(Reached, broken, choice.Syntax);
            _jumps.Remove(choice.ExitLabel);
        }
    }

    private void Return(IReturnOperation result)
    {
        var value = result.ReturnedValue is null ? Value.Null : Evaluate(result.ReturnedValue);
        if (Reached is null)
        {
            return;
        }

        CheckReturn(value, result);
        if (_returned is { } before)
        {
            _returned = new Join(result.Syntax, _numbers).Of(before.State, before.Value, State, value);
        }
        else
        {
            _returned = (State, value);
        }

        Reached = null;
    }

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
                if (attempt.Finally is not null && !ReferenceEquals(arrived.Objects, result.State.Objects) && _source.Contracts.Result(_frame.Method) is { } contract)
                {
                    Check(contract, result.Value, Diagnostics.FlowRules.Return, StatedContracts.NameOf(_frame.Method), attempt, _frame.Method); // it may have been written to since
                }

                _returned = _returned is { } before ? new Join(attempt.Syntax, _numbers).Of(before.State, before.Value, arrived, result.Value) : (arrived, result.Value);
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

/// <summary>A method has something in it that is not followed, so that nothing is known of what it does.</summary>
internal sealed class NotFollowedException(Finding because) : Exception
{
    public Finding Because { get; } = because;
}

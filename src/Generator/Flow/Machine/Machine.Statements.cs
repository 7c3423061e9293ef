using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Statements.</summary>
internal sealed partial class Machine
{
    private Dictionary<ILabelSymbol, State> _jumps = new(SymbolEqualityComparer.Default);
    private (State State, Value Value)? _returned;

    private SyntaxNode? _statement;

    private void Execute(IOperation? statement)
    {
        if (statement is null || Reached is null)
        {
            return;
        }

        Step();
        _statement = statement.Syntax;
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
            case IUsingOperation { IsAsynchronous: false, Resources: IVariableDeclarationGroupOperation resources } use:
                Execute(resources);
                Disposes(resources, use);
                Execute(use.Body);
                break;
            case IUsingOperation { IsAsynchronous: false } use:
                MustNotAct(Evaluate(use.Resources), Given(use.Resources).Type, use);
                Execute(use.Body);
                break;
            case IUsingDeclarationOperation { IsAsynchronous: false } use:
                Execute(use.DeclarationGroup);
                Disposes(use.DeclarationGroup, use);
                break;
            case ILockOperation locked:
                Evaluate(locked.LockedValue);
                Execute(locked.Body);
                break;
            case ILabeledOperation or IBranchOperation:
                throw new NotFollowedException(Reasons.NotFollowed(
                    statement.Syntax, "is a jump, which is not followed", "write it with loops and conditions"));
            case ILocalFunctionOperation or IEmptyOperation:
                break;
            default:
                throw new NotFollowedException(Reasons.NotFollowed(
                    statement.Syntax, "is a statement that is not followed", "write it in another way"));
        }
    }

    private void Disposes(IVariableDeclarationGroupOperation resources, IOperation at)
    {
        foreach (var declarator in resources.Declarations.SelectMany(d => d.Declarators))
        {
            MustNotAct(State.Variable(_frame, declarator.Symbol) ?? Value.Null, declarator.Symbol.Type, at);
        }
    }

    /// <summary>
    /// What is disposed at the end of a block must not do anything then: only the library's own objects are known not to.
    /// </summary>
    private void MustNotAct(Value value, ITypeSymbol? type, IOperation at)
    {
        value = Look(value);
        type = value is This known ? known.Type : State.Content(value) is Instance instance ? instance.Type : type;
        bool isOwn = type is null
            || !(FlowTypes.IsTorchSharps(type) || FlowTypes.IsFramework(type)
                || type.ContainingAssembly?.Name is "E3Gen.Runtime" or "E3Gen.Algebra");
        bool isAny = value is Unknown or Function && type is { TypeKind: TypeKind.Interface } or { SpecialType: SpecialType.System_Object };
        if (isOwn || isAny)
        {
            throw new NotFollowedException(Reasons.NotFollowed(
                at.Syntax, $"disposes of a {type?.Name} at its end, which is not followed", "call what it does"));
        }
    }

    /// <summary>An expression without the conversions around it.</summary>
    private static IOperation Given(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
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
                throw new NotFollowedException(Reasons.NotFollowed(
                    declarator.Syntax, "is another name for a variable, which is not followed", "use the variable itself"));
            }

            if ((declarator.Initializer ?? declaration.Initializer)?.Value is { } initial)
            {
                Assign(declarator.Symbol, Evaluate(initial));
            }
            else if (IsCaptured(declarator.Symbol) && IsOfTurn(declarator.Symbol))
            {
                LoseFunctionsOf(declarator.Symbol);
            }
        }
    }

    private void Assign(ISymbol variable, Value value)
    {
        if (IsCaptured(variable))
        {
            State = State.With(WithoutDelayed(State.Objects, _statement ?? Proof.Identifier(_frame.Method)));
            if (IsOfTurn(variable))
            {
                LoseFunctionsOf(variable);
            }
        }

        bool isShared = State.Assignable.Contains((_frame.Of(variable).Number, variable));
        State = State.With(_frame, variable, isShared
            ? new Unknown(Reasons.NotFollowed(
                _statement ?? Proof.Identifier(_frame.Method), "assigns a variable that code may assign, too, which is not followed"))
            : value);
    }

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
}

/// <summary>A method has something in it that is not followed, so that nothing is known of what it does.</summary>
internal sealed class NotFollowedException(Finding because) : Exception
{
    public Finding Because { get; } = because;
}

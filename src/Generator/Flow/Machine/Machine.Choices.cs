using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Expressions of which only one part is evaluated.</summary>
internal sealed partial class Machine
{
    private Value Choose(IConditionalOperation conditional)
    {
        bool? constant = Condition(conditional.Condition);
        if (constant is { } known)
        {
            return Evaluate(known ? conditional.WhenTrue : conditional.WhenFalse);
        }

        var before = State;
        var first = Evaluate(conditional.WhenTrue);
        var after = Reached;
        Reached = before;
        var second = Evaluate(conditional.WhenFalse);
        return Both(after, first, Reached, second, conditional.Syntax);
    }

    /// <summary>Either of two values, each with the state that it was computed in.</summary>
    private Value Both(State? a, Value x, State? b, Value y, SyntaxNode at)
    {
        if (a is null || b is null)
        {
            Reached = a ?? b;
            return a is null ? y : x;
        }

        var (state, value) = new Join(Here(at), _numbers).Of(a, x, b, y);
        Reached = state;
        return value;
    }

    private Value Coalesce(ICoalesceOperation coalesce)
    {
        var value = Look(Evaluate(coalesce.Value));
        if (value is Data { IsNull: true })
        {
            return Evaluate(coalesce.WhenNull);
        }

        // An object may be null on one of the paths that led here, or be an argument that nobody passed: both ways are followed.
        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(coalesce.Value.Syntax, unknown));
        }

        var before = State;
        var other = Evaluate(coalesce.WhenNull);
        return Both(before, value, Reached, other, coalesce.Syntax);
    }

    private Value ConditionalAccess(IConditionalAccessOperation access)
    {
        var instance = Look(Evaluate(access.Operation));
        if (instance is Data { IsNull: true })
        {
            return instance;
        }

        _conditionalInstances.Push(instance);
        var before = State;
        var value = Evaluate(access.WhenNotNull);
        _conditionalInstances.Pop();
        return Both(before, instance is Unknown ? value : Value.Null, Reached, value, access.Syntax); // of null nothing is done
    }
}

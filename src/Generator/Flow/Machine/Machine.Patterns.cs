using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Patterns, and expressions that decide by them.</summary>
internal sealed partial class Machine
{
    private Value IsPattern(IIsPatternOperation test)
    {
        var value = Look(Evaluate(test.Value));
        return Match(test.Pattern, value, test.Value);
    }

    /// <summary>Tries a pattern: what it decides must be invariant.</summary>
    private Value Match(IPatternOperation pattern, Value value, IOperation of)
    {
        value = Look(value);
        switch (pattern)
        {
            case IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation or IRecursivePatternOperation
                when value is Data { IsNull: true }:
                return Data.Of(false); // null is of no type
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                Assign(declared, value);
                return value is Unknown ? value : Value.Plain;
            case IDeclarationPatternOperation or ITypePatternOperation or IDiscardPatternOperation:
                return value is Unknown ? value : Value.Plain;
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }:
                // An object may be null on some path.
                return value is Unknown ? value : value is Data { IsNull: true } ? Data.Of(true) : Value.Plain;
            case INegatedPatternOperation negated:
                var inner = Match(negated.Pattern, value, of);
                return inner is Data { Constant: bool truth } ? Data.Of(!truth) : inner;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive:
                if (recursive.DeclaredSymbol is { } symbol)
                {
                    Assign(symbol, value);
                }

                return value is Unknown ? value : Value.Plain;
            case IConstantPatternOperation or IRelationalPatternOperation or IBinaryPatternOperation
                when !pattern.Descendants()
                    .Any(d => d is IDeclarationPatternOperation or IRecursivePatternOperation or IListPatternOperation):
                return value is Data { Constant: { } x and not (double or float) }
                    && pattern is IConstantPatternOperation { Value: { Type: var type, ConstantValue: { HasValue: true, Value: { } y } } }
                    && Constants.Match(x, y, pattern.InputType, type) is { } matches
                    ? Data.Of(matches)
                    : Plain(pattern, [value]);
            default:
                foreach (var declared in pattern.DescendantsAndSelf().OfType<IPatternOperation>().Select(Declared).OfType<ISymbol>())
                {
                    Assign(
                        declared, NotKnown(of, "is taken apart by a pattern that is not followed", "take it apart by members or indices"));
                }

                bool isInvariant = IsInvariant(value);
                if (State.Content(value) is Instance || value is This)
                {
                    HandOver([value], of.Syntax); // its properties are read
                }

                return isInvariant ? Value.Plain : NotKnown(of, "is matched by a pattern that is not followed");
        }
    }

    private static ISymbol? Declared(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    };

    private void Decide(Value value, IOperation of)
    {
        value = Look(value);
        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(of.Syntax, unknown));
        }
    }

    private Value SwitchExpression(ISwitchExpressionOperation choice)
    {
        var value = Evaluate(choice.Value);
        var before = Reached;
        State? after = null;
        Value? result = null;
        foreach (var arm in choice.Arms)
        {
            Reached = before;
            var matched = Match(arm.Pattern, value, choice.Value);
            if (matched is Unknown unknown)
            {
                Effect(Reasons.Branch(choice.Value.Syntax, unknown));
            }

            if (matched is Data { Constant: false })
            {
                continue;
            }

            if (arm.Guard is not null)
            {
                Condition(arm.Guard);
                before = Merge(before, Reached, arm.Syntax); // where the guard fails, what it did remains
            }

            var one = Evaluate(arm.Value);
            if (Reached is null)
            {
                continue;
            }

            result = result is null ? one : Both(after, result, Reached, one, choice.Syntax);
            after = Reached;
            if (matched is Data { Constant: true } && arm.Guard is null)
            {
                break;
            }
        }

        Reached = after;
        return result ?? Value.Null;
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
}

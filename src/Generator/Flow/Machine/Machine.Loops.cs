using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Loops: their bodies are executed until the state reaches a fixed point.</summary>
internal sealed partial class Machine
{
    private const int MostPasses = 12;
    private const int MostUnrolled = 64;

    /// <summary>Turns of loops that are taken one by one in all of a method, so that loops in loops do not grow beyond measure.</summary>
    private const int MostTurns = 512;
    private int _turns;

    private void Loop(ILoopOperation loop, IOperation? condition, bool conditionFirst, bool until, Action step)
    {
        State? left = until || condition is null or { ConstantValue.HasValue: true } ? null : Unroll(loop, condition, conditionFirst, step);
        if (Reached is null)
        {
            Leave(loop, left);
            return;
        }

        // The turns taken one by one may have left the loop, too.
        if (_jumps.TryGetValue(loop.ExitLabel, out var broken))
        {
            left = Merge(left, broken, loop.Syntax);
        }

        Settle(loop, condition, conditionFirst, until, step);
        Reached = Merge(left, Reached, loop.Syntax);
    }

    /// <summary>
    /// Unrolls the loop as long as the condition is known: loop counters are then known in each turn. The state afterwards is
    /// the start of the next turn, if there may be one.
    /// </summary>
    /// <returns>What is known where the loop ended by its condition; null where it did not.</returns>
    private State? Unroll(ILoopOperation loop, IOperation condition, bool conditionFirst, Action step)
    {
        int path = _path;
        State? left = null;
        for (int turn = 0; turn < MostUnrolled && Reached is { } head && _turns < MostTurns && _steps < MostSteps / 4; turn++, _turns++)
        {
            _path = Path(path, turn);
            _jumps.Remove(loop.ContinueLabel);
            int effects = Effects.Count, mismatches = Mismatches.Count, assumptions = Assumptions.Count;
            bool? goesOn = conditionFirst ? Condition(condition) : true;
            if (goesOn is null && Reached is not null)
            {
                // It is not known: the test is made again, with all turns at once.
                Forget(effects, mismatches, assumptions);
                Reached = head;
                break;
            }

            if (goesOn == false)
            {
                left = Reached;
                Reached = null;
                break;
            }

            Execute(loop.Body);
            Continue(loop);
            step();
            goesOn = conditionFirst || Reached is null ? true : Condition(condition);
            if (goesOn != true)
            {
                left = Reached;
                Reached = goesOn == false ? null : Reached;
                break;
            }
        }

        _path = path;
        return left;
    }

    private void Forget(int effects, int mismatches, int assumptions)
    {
        Effects.RemoveRange(effects, Effects.Count - effects);
        Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
        Assumptions.RemoveRange(assumptions, Assumptions.Count - assumptions);
    }

    private void Settle(ILoopOperation loop, IOperation? condition, bool conditionFirst, bool until, Action step) => Settle(loop, pass =>
    {
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
        Continue(loop);
        step();
        if (!conditionFirst)
        {
            Test();
        }

        return exit;
    });

    /// <summary>
    /// Executes turns of a loop, first from the state before it, then from the join of the states before and after a turn,
    /// until a fixed point.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="turn">One turn, whose number it gets; it returns what is known where the loop ends, apart from jumps.</param>
    private void Settle(ILoopOperation loop, Func<int, State?> turn)
    {
        var head = State;
        int older = _numbers.Last;
        for (int pass = 0; ; pass++)
        {
            int effects = Effects.Count, mismatches = Mismatches.Count;
            Reached = head;
            _jumps.Remove(loop.ExitLabel);
            _jumps.Remove(loop.ContinueLabel);
            var exit = turn(pass);
            var next = Merge(head, Reached, loop.Syntax)!;
            if (Same.States(head, next, older))
            {
                Leave(loop, exit);
                return;
            }

            if (pass >= MostPasses)
            {
                throw new NotFollowedException(Reasons.NotFollowed(
                    loop.Syntax, "is a loop whose values do not settle", "keep the kinds of values that a loop changes"));
            }

            // The next turn repeats the findings of this one, or they were wrong.
            Effects.RemoveRange(effects, Effects.Count - effects);
            Mismatches.RemoveRange(mismatches, Mismatches.Count - mismatches);
            head = next;
        }
    }

    /// <summary>Where a turn ends, the ways by "continue" arrive, too.</summary>
    private void Continue(ILoopOperation loop)
    {
        if (_jumps.TryGetValue(loop.ContinueLabel, out var continued))
        {
            Reached = Merge(Reached, continued, loop.Syntax);
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

        if (Elements.ElementOf(Given(loop.Collection).Type) is { } item
            && loop.Locals is [var local] && _source.ConvertsByOperator(item, local.Type))
        {
            throw new NotFollowedException(Reasons.NotFollowed(
                loop.Syntax, "converts elements by an operator, which is not followed", "convert them in its body"));
        }

        if (Listed(State.Content(collection)) is { Count: <= MostUnrolled } elements)
        {
            int path = _path;
            for (int index = 0; index < elements.Count && Reached is not null; index++)
            {
                // The body may put something else into the array that it goes through.
                var element = Listed(State.Content(collection)) is { } now && index < now.Count
                    ? now[index]
                    : NotKnown(loop, "goes through a collection that changes, which is not followed");

                _path = Path(path, index);
                _jumps.Remove(loop.ContinueLabel);
                Take(loop.LoopControlVariable, element, loop);
                Execute(loop.Body);
                Continue(loop);
            }

            _path = path;
            Leave(loop, Reached);
            return;
        }

        Settle(loop, _ =>
        {
            var before = Reached;
            Take(loop.LoopControlVariable, Element(collection, loop), loop);
            Execute(loop.Body);
            Continue(loop);
            return before;
        });
    }

    /// <summary>
    /// The elements of a collection in the order that a loop goes through them; null where they are not known one by one.
    /// </summary>
    private static IReadOnlyList<Value>? Listed(Content? collection) => collection switch
    {
        Sequence { IsListed: true } sequence => sequence.Elements,
        Map { Others: null, Order.IsDefault: false } map =>
            [.. map.Order.Select(key => (Value)new Group([Data.Of(key), map.Entries[key]]))],
        _ => null,
    };

    private void Take(IOperation variable, Value value, IForEachLoopOperation loop)
    {
        switch (variable)
        {
            case IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } declarator:
                Assign(declarator.Symbol, value);
                break;
            case IVariableDeclaratorOperation declarator:
                throw new NotFollowedException(Reasons.NotFollowed(
                    declarator.Syntax, "is another name for an element, which is not followed", "use the elements themselves"));
            default:
                Deconstruct(variable, value, loop);
                break;
        }
    }
}

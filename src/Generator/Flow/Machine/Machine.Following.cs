using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Code that is followed: the bodies of methods, lambdas and local functions are executed where they are called,
/// each call in a frame of its own.
/// </summary>
internal sealed partial class Machine
{
    /// <summary>Runs the body of a method.</summary>
    private Value Follow(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (_frame.Follows(method) || _frame.Depth >= MostDeep)
        {
            return NotFollowed(at, instance, arguments,
                _frame.Follows(method) ? "calls itself; recursion is not followed" : "is called too deep to be followed");
        }

        // The body knows the parameters of the declaration, not of its constructions.
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        var frame = new Frame(method, _numbers.Next(), null, instance, at.Syntax, _frame);
        return Run(frame, _source.Body(method)!, method.Parameters, arguments, instance, at);
    }

    /// <summary>Calls a delegate.</summary>
    /// <param name="function">Its code.</param>
    /// <param name="arguments">What it gets.</param>
    /// <param name="at">The call.</param>
    /// <param name="sources">The expressions of the arguments; null where they are not written there, as in calls by Linq.</param>
    private Value Call(Function function, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?>? sources = null)
    {
        if (function.Body is null)
        {
            sources ??= [.. arguments.Select(_ => (IOperation?)null)];
            return function.Method.IsStatic && function.Instance is { } receiver
                && function.Method.ContainingType.ExtensionParameter is null
                ? Call(function.Method, null, arguments.Insert(0, receiver), at, [null, .. sources]) // x.Extension as a value
                : Call(function.Method, function.Instance, arguments, at, sources);
        }

        if (_frame.Follows(function.Method) || _frame.Depth >= MostDeep || function.Method.IsAsync)
        {
            return NotFollowed(at, function, arguments, _frame.Follows(function.Method)
                ? "calls itself; recursion is not followed"
                : function.Method.IsAsync ? "runs asynchronously, which is not followed" : "is called too deep to be followed");
        }

        // What a local function or lambda states is checked on both sides, here and at its returns.
        for (int i = 0; i < Math.Min(arguments.Length, function.Method.Parameters.Length); i++)
        {
            if (_source.Contracts.Of(function.Method.Parameters[i]) is { } contract)
            {
                if (Look(arguments[i]) is not Unknown)
                {
                    Check(contract, arguments[i], FlowRules.Argument, StatedContracts.NameOf(function.Method),
                        sources?.ElementAtOrDefault(i) is { } source ? Unwrapped(source) : at, function.Method.Parameters[i]);
                }
            }
        }

        var method = function.Method.OriginalDefinition;
        var frame = new Frame(method, _numbers.Next(), function.Frame, null, at.Syntax, _frame);
        return Run(frame, function.Body, method.Parameters, arguments, function, at);
    }

    private Value Run(Frame frame, IOperation body, ImmutableArray<IParameterSymbol> parameters, ImmutableArray<Value> arguments,
        Value? instance, IOperation at)
    {
        var before = State;
        var (caller, jumps, returned, path, site, given) = (_frame, _jumps, _returned, _path, _site, _dependent);
        (_frame, _jumps, _returned, _path) = (frame, new(SymbolEqualityComparer.Default), null, Path(path, at.Syntax));
        Value? result = null;
        try
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                Assign(parameters[i], i < arguments.Length ? arguments[i] : Value.Null);
            }

            if (frame.Method.ContainingType?.ExtensionParameter is { } receiver && frame.Instance is { } extended)
            {
                Assign(receiver, extended); // of an extension member
            }

            Execute(body);
            State? after = Reached;
            result = Value.Null;
            if (_returned is { } value)
            {
                (after, result) = after is null ? (value.State, value.Value) : (Merge(after, value.State, at.Syntax), value.Value);
            }

            Reached = after;
            if (Reached is not null)
            {
                _outs.Clear();
                foreach (var parameter in parameters.Where(p => p.RefKind is RefKind.Ref or RefKind.Out))
                {
                    _outs[parameter.Ordinal] = State.Variable(frame, parameter) ?? Value.Null;
                }

                if (HasRefReceiver(frame.Method))
                {
                    _outs[Receiver] = State.Variable(frame, frame.Method.ContainingType!.ExtensionParameter!) ?? Value.Null;
                }

                if (!body.Descendants().Any(o => o is IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    State = State.Without(frame);
                }
            }
        }
        catch (NotFollowedException exception)
        {
            // Whatever the method had reached, it may have done anything to.
            Reached = before;
            (_frame, _jumps, _returned, _path) = (caller, jumps, returned, path);
            LoseAll(at.Syntax);
            var unknown = NotKnown(exception.Because with { At = Here(at.Syntax) });
            Effect(unknown);
            Note(Unfollowed, unknown.Because[0]);
            return unknown;
        }
        finally
        {
            (_frame, _jumps, _returned, _path, _site, _dependent) = (caller, jumps, returned, path, site, given);
        }

        return result ?? Value.Null;
    }
}

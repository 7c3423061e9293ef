using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>The whole of a method, from what its parameters state.</summary>
internal sealed partial class Machine
{
    /// <summary>
    /// Whether tensors made of numbers are constants, as they are in modules. In a program that calls modules they are unknown
    /// data: coordinates of atoms are numbers, too.
    /// </summary>
    public bool TrustsNumbers { get; init; } = true;

    /// <summary>Values of members that state something, of which it is not known that they keep it.</summary>
    public List<Finding> Unkept { get; } = [];

    /// <summary>Why code was not followed to its end, so that nothing is known of what comes after.</summary>
    public List<Finding> Unfollowed { get; } = [];

    /// <summary>Code is not followed from here on.</summary>
    public void Unfollow(Finding because)
    {
        Reached ??= State.Empty; // reached, since execution came here
        Effect(because);
        Note(Unfollowed, because);
    }

    /// <summary>Executes the method that is analysed.</summary>
    public Value Prove(IMethodSymbol method, IOperation body, bool mustHold)
    {
        if (mustHold && (method.IsAsync || body.Descendants().Any(o => o.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak)))
        {
            var sign = body.Descendants()
                .FirstOrDefault(o => o.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak or OperationKind.Await) ?? body;
            throw new NotFollowedException(Reasons.NotFollowed(
                sign.Syntax, "makes the method asynchronous or an iterator, which is not followed", "return tensors, arrays or lists"));
        }

        foreach (var parameter in method.Parameters)
        {
            Assign(parameter, Given(parameter, mustHold));
        }

        if (method.MethodKind == MethodKind.Constructor)
        {
            _constructing++;
            switch (_source.Initializer(method))
            {
                case IInvocationOperation called: // of a primary constructor, which has no body
                    Evaluate(called);
                    return Value.Null;
                case { } initializer:
                    Execute(initializer);
                    break;
            }
        }

        Execute(body);
        if (_returned is not { } returned)
        {
            return Value.Null;
        }

        Reached = Merge(Reached, returned.State, body.Syntax);
        return returned.Value;
    }

    /// <summary>What is known of a parameter: what it states, or what its uses show.</summary>
    private Value Given(IParameterSymbol parameter, bool mustHold)
    {
        if (_source.Contracts.Of(parameter) is { } stated)
        {
            return Promised(stated, parameter.Type, [TensorValue.Outside], parameter.Locations.FirstOrDefault());
        }

        if (_frame.Method.MethodKind == MethodKind.Constructor && TrustsNumbers)
        {
            return Before(parameter.Type, _source.Body(_frame.Method)!);
        }

        if (mustHold && FlowTypes.HoldsTensors(parameter.Type))
        {
            return _source.Inferred(parameter) is { } inferred
                ? Promised(inferred, parameter.Type, [TensorValue.Outside], parameter.Locations.FirstOrDefault())
                : new Unknown(new Finding(
                    EquivarianceRules.Unstated, parameter.DeclaringSyntaxReferences[0].GetSyntax(), parameter.Name)
                {
                    IsReportedElsewhere = _source.DependsOnMistakes(parameter),
                });
        }

        return FlowTypes.IsPlain(parameter.Type) ? Value.Plain
            : new Unknown(Reasons.NotFollowed(
                parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? Proof.Identifier(_frame.Method),
                "is an object of which nothing is known", "state its members with [Irreps(\"…\")], or pass tensors"));
    }

    /// <summary>
    /// What keeps a returned value that states nothing from being proven: parts of which nothing is known, or that are no irreps.
    /// </summary>
    public IEnumerable<Finding> Unproven(Value result, IMethodSymbol method)
    {
        if (HoldsFunction(result, []))
        {
            return [Moved(Reasons.NotFollowed(
                Proof.Identifier(method), "hands out a function, and nothing is known of what that yields when it is called",
                "hand out what it yields"))];
        }

        if (WhyUnknown(result) is { } unknown)
        {
            return unknown.Because;
        }

        return State.Reachable([result]).Select(id => State.Objects.TryGetValue(id, out var content) ? content : null).OfType<TensorValue>()
            .Where(t => t.Written is not null).Select(t => t.Written!.Because).ToList();
    }

    private bool HoldsFunction(Value value, HashSet<int> seen) => value switch
    {
        Function => true,
        Group group => group.Elements.Any(e => HoldsFunction(e, seen)),
        Reference reference => seen.Add(reference.Id) && State.Content(reference) switch
        {
            Sequence sequence => sequence.All.Any(e => HoldsFunction(e, seen)),
            Map map => map.Entries.Values.Concat(map.Others is null ? [] : [map.Others]).Any(e => HoldsFunction(e, seen)),
            Instance instance => instance.Fields.Values.Any(e => HoldsFunction(e, seen)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>Checks what a member begins with.</summary>
    public void ProveInitial(ISymbol member, Contract contract, IOperation value)
    {
        _constructing++;
        try
        {
            var initial = Look(Evaluate(value));
            if (initial is not Data { IsNull: true })
            {
                Check(contract, initial, FlowRules.Assignment, member.Name, value, member);
            }
        }
        catch (Exception exception) when (exception is NotFollowedException or TooMuchException)
        {
            Effect(Reasons.NotFollowed(value.Syntax, "is not followed", "begin with null! or torch.zeros(…)"));
        }
    }
}

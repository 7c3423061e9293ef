using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Code that is not followed: what it gets hold of it may change, and functions it may call, now and at any time.</summary>
internal sealed partial class Machine
{
    private readonly HashSet<IOperation> _checked = [];

    /// <summary>Findings of arguments that are not what a method states whose body relies on it.</summary>
    private readonly HashSet<Finding> _reliedOn = [];

    /// <summary>Nothing is known of what a call yields, nor of what it does to the objects that it gets.</summary>
    private Value NotFollowed(IOperation at, Value? instance, ImmutableArray<Value> arguments, string why, IMethodSymbol? method = null)
    {
        var given = arguments.Concat(instance is null ? [] : [instance]).ToList();
        var cause = given.Select(Look).OfType<Unknown>().FirstOrDefault();
        var finding = NotKnown(Reasons.NotFollowed(at.Syntax, why));
        var before = FlowTypes.IsTensor(at.Type) && given.Select(Tensor).OfType<TensorValue>().ToList() is [var only] ? only.Irreps : null;
        var result = cause is null ? new Unknown(finding.Because[0] with { Before = before }) : cause with { IsSize = false };
        method ??= at switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        HandOver(given, at.Syntax, result.Because[0], method);
        return result;
    }

    /// <summary>
    /// Code that is not followed gets hold of values: it may change what they lead to, now and whenever other such code runs.
    /// </summary>
    public void HandOver(IEnumerable<Value> values, SyntaxNode at, Finding? because = null, IMethodSymbol? method = null)
    {
        if (Reached is null)
        {
            return;
        }

        var given = values.ToList();
        CheckUnseen(given, at, method);
        var functions = Escape(given, at, because);
        var objects = WithoutShared(State.Objects, State.Reachable(given),
            because ?? Reasons.NotFollowed(Here(at), "may change memory that another tensor shares"));
        var handed = _building > 0 ? State.Reachable(given) : [];
        foreach (int id in State.Escaped)
        {
            // Modules that were there before are only called; of one that is being put together,
            // code that is not followed may have made another.
            if (objects.TryGetValue(id, out var content) && content is not Lost && (content is not (Made or OneOf) || handed.Contains(id)))
            {
                objects = objects.SetItem(
                    id, new Lost(because ?? Reasons.NotFollowed(Here(at), "may be changed by code that is not followed")));
            }
        }

        if (!ReferenceEquals(objects, State.Objects))
        {
            State = State.With(WithoutDelayed(objects, at));
        }

        functions.ForEach(CheckGiven);
    }

    /// <summary>Somebody else holds on to values from now on.</summary>
    /// <returns>The functions that they lead to.</returns>
    private List<Function> Escape(IEnumerable<Value> values, SyntaxNode at, Finding? because = null)
    {
        var (objects, functions) = State.Reach(values);
        var state = State.Escape(objects);
        foreach (var function in functions)
        {
            state = state.Escape(function, because is null
                ? NotKnown(Reasons.NotFollowed(at, "may be assigned by a function that is handed to code which is not followed"))
                : new Unknown(because));
        }

        State = state;
        return [.. functions];
    }

    /// <summary>
    /// What a function does to places that state something it may do at any time, with whatever it gets: that is looked at on its own, and
    /// what it finds counts here. Nothing that it computes is known to anybody.
    /// </summary>
    private void CheckGiven(Function function)
    {
        if (function.Body is not { } body || !_checked.Add(body) || Reached is not { } before)
        {
            return;
        }

        int effects = Effects.Count;
        foreach (var variable in Assigned.Bodies(body).SelectMany(b => b.Descendants()).SelectMany(Assigned.Variable)
            .Where(v => ChangesLater(v, function)))
        {
            State = State.With(function.Frame, variable,
                NotKnown(Reasons.NotFollowed(body.Syntax, $"sees '{variable.Name}', which may be another one when it is called")));
        }

        Call(function, [.. function.Method.Parameters.Select(p => _source.Contracts.Of(p) is { } stated
            ? Promised(stated, p.Type, [TensorValue.Outside])
            : NotKnown(Reasons.NotFollowed(body.Syntax, $"may get anything as '{p.Name}'")))], body);
        var found = Effects.Skip(effects).Where(e => e.Rule.Id == EquivarianceRules.SeenByOthers.Id || _reliedOn.Contains(e)).ToList();
        Effects.RemoveRange(effects, Effects.Count - effects);
        Reached = before;
        found.ForEach(Effect);
        _checked.Remove(body);
    }

    /// <summary>Whether a variable of the code around a function is assigned anywhere but where it is declared.</summary>
    private bool ChangesLater(ISymbol variable, Function function) =>
        !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function.Method)
        && variable.ContainingSymbol is IMethodSymbol around && _source.Body(around) is { } whole
        && whole.Descendants().SelectMany(Assigned.By).Any(a => SymbolEqualityComparer.Default.Equals(a, variable));

    /// <summary>Whatever tensor there is may have been changed.</summary>
    public void LoseAll(SyntaxNode at, Finding? because = null)
    {
        var lost = new Lost(because ?? Reasons.NotFollowed(Here(at), "may have been written to: it is not known whose memory this is"));
        State = State.With(State.Objects.ToImmutableDictionary(
            o => o.Key, o => o.Value is Made or OneOf && _building == 0 ? o.Value : lost));
    }
}

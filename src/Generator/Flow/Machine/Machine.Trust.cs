using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Calls of annotated members, and assumptions: they are not followed, and their bodies are checked separately.
/// </summary>
internal sealed partial class Machine
{
    /// <summary>A call of something that states what it takes and yields: its body is checked where it stands.</summary>
    private Value Trust(
        IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        bool isOperation = _source.Contracts.Operation(method) is not null;
        string name = StatedContracts.NameOf(method);
        var unknown = Argued(method, arguments, at, sources);
        if (StatedContracts.Waived(method) is { } reason)
        {
            Assume(at, $"'{name}', which is marked with [AssumeEquivariant]: {reason}");
        }

        var result = _source.Contracts.Result(method);
        foreach (var parameter in method.Parameters.Where(p => p.RefKind is RefKind.Out or RefKind.Ref))
        {
            _outs[parameter.Ordinal] = unknown is null && _source.Contracts.Of(parameter) is { } stated
                ? Promised(stated, parameter.Type, [TensorValue.Outside])
                : FlowTypes.IsPlain(parameter.Type) && unknown is null ? Value.Plain
                : unknown ?? (Value)NotKnown(at, $"gives '{parameter.Name}', of which nothing is stated", null);
        }

        if (!isOperation)
        {
            Escape(arguments, at.Syntax).ForEach(CheckGiven); // it may call them
        }

        bool isFollowed = unknown is null && result is null && !method.ReturnsVoid && !FlowTypes.IsRuntime(method)
            && _source.CanFollow(method, null) && !method.IsAbstract;
        if (!isOperation && !isFollowed)
        {
            // It may have changed what it was given, as far as what it states allows: numbers of invariants, and whatever objects hold.
            var changeable = arguments.Where((_, n) => n >= method.Parameters.Length || !FlowTypes.IsTensor(method.Parameters[n].Type)
                || MayBeWritten(_source.Contracts.Of(method.Parameters[n])));
            Value[] own = at is IInvocationOperation { Instance: { } receiver } && receiver is not IInstanceReferenceOperation
                && Symbol(receiver) is { } variable && State.Variable(_frame, variable) is { } held ? [held] : [];
            Changed(changeable.Concat(own), at.Syntax);
        }

        if (unknown is not null && !isOperation)
        {
            int before = Effects.Count;
            Effect(unknown); // its body relies on what it states
            _reliedOn.UnionWith(Effects.Skip(before));
            if (method.MethodKind == MethodKind.Constructor && at is IInvocationOperation)
            {
                Unkept.AddRange(unknown.Because); // base(…), this(…): what members of the new object state is what they get there
            }
        }

        if (unknown is not null)
        {
            if (!isOperation)
            {
                HandOver(arguments, at.Syntax, unknown.Because[0]);
            }

            return method.ReturnsVoid ? Value.Null : unknown;
        }

        if (method.ReturnsVoid)
        {
            return Value.Null;
        }

        if (result is null && FlowTypes.IsRuntime(method))
        {
            return RuntimeRules.Apply(new TorchCall(this, method, "", null, arguments, at, sources))
                ?? NotKnown(at, $"is not known: what '{name}' does is not in the table");
        }

        if (result is null)
        {
            return _source.CanFollow(method, null) && !method.IsAbstract ? Follow(method, ThisOf(method, instance, at), arguments, at)
                : FlowTypes.IsPlain(method.ReturnType) && !FlowTypes.HoldsGraphs(method.ReturnType) ? Value.Plain
                : NotKnown(at, $"is what '{name}' returns, of which nothing is stated", "state it there with [return: Irreps(\"…\")]");
        }

        if (isOperation)
        {
            _site = at.Syntax;
            bool isView = _source.Contracts.Operation(method) is { MayReturnArgument: true };
            var shared = isView && Tensor(Look(arguments[0])) is { } x ? x.Memory.Append(Site()).Distinct().OrderBy(m => m) : Enumerable.Empty<int>();
            return New(OfRows(method, result, arguments) with { Memory = [.. shared] });
        }

        var memory = arguments.Select(Look).Select(Tensor).OfType<TensorValue>().SelectMany(t => t.Memory).Append(TensorValue.Outside)
            .Distinct().OrderBy(m => m);
        return Promised(result, method.ReturnType, [.. memory]);
    }

    /// <summary>What an operation yields: its arguments' rows are laid over each other.</summary>
    private TensorValue OfRows(IMethodSymbol method, Contract result, ImmutableArray<Value> arguments)
    {
        var operation = _source.Contracts.Operation(method);
        int count = operation?.RowArguments ?? arguments.Length;
        TensorValue? rows = null;
        foreach (var given in arguments.Take(count))
        {
            if (Tensor(Look(given)) is not { Axes.Length: > 0 } x || x.Axes.Take(x.Axes.Length - 1).Any(a => a.Turns))
            {
                return Carrying(result.Irreps, []) with { HasMoreInFront = true };
            }

            var own = new TensorValue(x.Axes.RemoveAt(x.Axes.Length - 1), 0) { HasMoreInFront = x.HasMoreInFront };
            rows = rows is null ? own : Elementwise.LaidOver(this, rows, own);
        }

        if (operation?.Channels is { Output: var channels })
        {
            // Of weights for each row only the rows are laid over those of the argument.
            return count == 1 && rows!.Axes.Length > 0
                ? Carrying(result.Irreps, [.. rows.Axes.Take(rows.Axes.Length - 1).Select(a => Axis.Plain(a.Extent)), Axis.Plain(channels)]) with { HasMoreInFront = rows.HasMoreInFront }
                : Carrying(result.Irreps, []) with { HasMoreInFront = true };
        }

        return Carrying(result.Irreps, [.. rows!.Axes.Select(a => Axis.Plain(a.Extent))]) with { HasMoreInFront = rows.HasMoreInFront };
    }

    /// <summary>Checks the arguments of something that states what it takes.</summary>
    /// <returns>Why the result is not known, where an argument is not proven to be what is stated.</returns>
    private Unknown? Argued(IMethodSymbol method, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        string name = StatedContracts.NameOf(method);
        Unknown? unknown = null;
        for (int i = 0; i < Math.Min(arguments.Length, method.Parameters.Length); i++)
        {
            var parameter = method.Parameters[i];
            var argument = Look(arguments[i]);
            if (parameter.RefKind == RefKind.Out)
            {
                continue;
            }

            var source = sources.ElementAtOrDefault(i) is { } given ? Unwrapped(given) : at;
            if (argument is Unknown before)
            {
                unknown = unknown is null ? before : Values.Unknown.Both(unknown, before);
            }
            else if ((_source.Contracts.Of(parameter) ?? _source.Inferred(parameter)) is { } contract)
            {
                var known = Effects.ToList();
                Check(contract, argument, FlowRules.Argument, name, source, parameter);
                if (Effects.Count > known.Count)
                {
                    // An argument that is not proven makes the result unknown; it is an effect only if that matters.
                    unknown = new Unknown([.. Effects.Skip(known.Count)]);
                    Effects.RemoveRange(known.Count, Effects.Count - known.Count);
                }
            }
            else if (IsFixedGraph(argument) && _source.Contracts.Operation(method) is null)
            {
                unknown ??= NoShifts(source, $"passes to '{name}'");
            }
            else if (!IsInvariant(argument))
            {
                var finding = WhyUnknown(argument) ?? (argument is Function ? null : NotKnown(Reasons.NotFollowed(
                    source.Syntax, $"depends on the frame, but '{name}' states nothing about '{parameter.Name}'",
                    "state it there with [Irreps(\"…\")]")));
                unknown = finding is null || unknown is not null ? unknown ?? finding : finding;
            }
        }

        return unknown;
    }

    /// <summary>
    /// Whether a method may write to an argument and still keep what it states: numbers of invariants are
    /// exchanged for others, vectors are not.
    /// </summary>
    private static bool MayBeWritten(Contract? contract) =>
        contract is not { Kind: ContractKind.Irreps or ContractKind.Positions } || contract.Irreps.IsScalar;

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>
    /// Objects that a method may have changed which keeps what it states: invariants have other numbers,
    /// and of what objects hold nothing is known.
    /// </summary>
    private void Changed(IEnumerable<Value> values, SyntaxNode at)
    {
        var objects = State.Objects;
        foreach (int id in State.Reachable(values))
        {
            if (objects.TryGetValue(id, out var content))
            {
                objects = objects.SetItem(id, content switch
                {
                    TensorValue { IsInvariant: true } tensor => tensor with
                    {
                        IsZero = false,
                        IsBound = true,
                        Identity = _numbers.Next(),
                        Axes = [.. tensor.Axes.Select(a => a with { Runs = default })],
                    },
                    Sequence or Map or Instance =>
                        new Lost(Reasons.NotFollowed(Here(at), "may be changed by the method that it was passed to")),
                    _ => content,
                });
            }
        }

        State = State.With(objects);
    }

    /// <summary>x.AssumeIrreps("…"): the result is what is said, and somebody vouches for it.</summary>
    private Value Assume(Value x, IOperation? irreps, IInvocationOperation at)
    {
        if (irreps?.ConstantValue is not { HasValue: true, Value: string text } || !Irreps.TryParse(text, out var parsed, out _))
        {
            return NotKnown(at, "assumes irreps that are not constant", "write the irreps as a constant string");
        }

        Assume(at, $"that '{ExpressionText.Of(((IArgumentOperation)at.Arguments[0]).Value.Syntax)}' is {parsed}");
        // What is known to be something else cannot be assumed away.
        var tensor = Tensor(x);
        var assumed = new Contract(ContractKind.Irreps, parsed, null, IsWidthChecked: true);
        if (tensor is { Written: null } && assumed.Broken(tensor) is { IsMistake: true } broken)
        {
            Mismatch(new Finding(FlowRules.Argument, Unwrapped(at.Arguments[0].Value).Syntax, Assumption.Method, parsed.ToString(),
                ExpressionText.Of(at.Arguments[0].Value.Syntax), tensor.ToString(), broken.Why)
            {
                Before = Finding.StatedAs(tensor),
            });
        }

        // Where the number of axes is not known, it is what hand-written code states by default: [rows, irreps].
        bool isKnown = tensor is { Axes.Length: > 0, Written: null } && tensor.Axes.Take(tensor.Axes.Length - 1).All(a => !a.Turns);
        return New(Carrying(parsed, isKnown ? tensor!.Axes.RemoveAt(tensor.Axes.Length - 1) : [Axis.Plain(Fresh())]) with
        {
            HasMoreInFront = isKnown && tensor!.HasMoreInFront,
            Numbers = parsed.All(e => e.Irrep.L == 0) ? tensor?.Numbers ?? NumberKind.Unknown : NumberKind.Float,
            Memory = [.. (tensor?.Memory ?? []).Append(TensorValue.Outside).Distinct().OrderBy(m => m)],
        });
    }

    /// <summary>What a member states is taken on trust where somebody vouches for it, or for all of its class.</summary>
    private void AssumeMember(ISymbol member, IOperation at)
    {
        if (StatedContracts.WaivedMember(member) is { } reason)
        {
            Assume(at, $"'{member.Name}', which is marked with [AssumeEquivariant]: {reason}");
        }
    }

    private void Assume(IOperation at, string what)
    {
        var assumed = new Assumed(Here(at.Syntax), what);
        if (!Assumptions.Contains(assumed))
        {
            Assumptions.Add(assumed);
        }
    }
}

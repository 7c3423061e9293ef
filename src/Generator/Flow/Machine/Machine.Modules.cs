using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>TorchSharp's modules: what they are made of, and their calls.</summary>
internal sealed partial class Machine
{
    private int _constructing;

    private Value NewModule(TorchCall call, ImmutableArray<Value> arguments)
    {
        var type = call.Method.MethodKind == MethodKind.Constructor
            ? call.Method.ContainingType
            : call.Method.ReturnType as INamedTypeSymbol;
        if (type is null)
        {
            throw call.CannotVerify(null);
        }

        if (type.Name is "ModuleList" or "ModuleDict")
        {
            return Copied(arguments);
        }

        return New(MadeOf(type, call.Method, arguments));
    }

    /// <summary>A list of its own, of the elements of another.</summary>
    private Value Copied(ImmutableArray<Value> arguments) =>
        New(arguments is [var list] && State.Content(list) is Sequence sequence
            ? sequence with { Sources = [], IsComputed = false }
            : new Sequence([]));

    /// <summary>A module of a library. It has lists of its own of what it was given: whoever changes those does not change it.</summary>
    private Made MadeOf(INamedTypeSymbol type, IMethodSymbol by, ImmutableArray<Value> arguments) => new(
        type,
        by.Parameters.ToImmutableDictionary(p => p.Name, p => arguments.ElementAtOrDefault(p.Ordinal) is { } given
            ? State.Content(given) is Sequence ? Copied([given]) : given
            : Value.Null),
        Parts(arguments))
    {
        IsKnown = true,
    };

    private Value CallModule(TorchCall call, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        var content = State.Content(instance ?? Value.Null);
        switch (content is Made module ? Known(module) : content)
        {
            case Made hooked when call.Method.Name == "call" && _source.Modules.MayBeHooked(hooked.Type):
                return NotFollowed(at, instance, arguments, Hooks);
            case Made { Type.Name: "Sequential" } sequential when WritesInPlace(sequential):
                return MayWrite(call, sequential, instance, arguments, at);
            case Made { Type.Name: "Sequential" } sequential when !sequential.Parts.IsEmpty && arguments is [var input]:
                var value = input;
                foreach (var part in sequential.Parts)
                {
                    value = Look(part is This or Reference ? CallPart(part, value, call, at) : throw call.CannotVerify(null));
                    if (value is Unknown)
                    {
                        return value;
                    }
                }

                return value;
            case OneOf choice when arguments is [var input]:
                return CallEach(
                    choice, module => module is This ? CallPart(module, input, call, at) : CallModule(call, module, [input], at), at);
            case Made made when arguments.Length >= 1 && Tensor(arguments[0]) is { } x:
                if (FlowTypes.IsRuntime(made.Type) || made.Type.ContainingAssembly?.Name == "E3Gen.Runtime")
                {
                    return RuntimeRules.Apply(call.Of(made.Type)) ?? throw (made.Type.Name == "FullyConnectedNetwork" && x.Turns
                        ? call.Named(made.Type.Name).Mixes(x, "use [Linear], and [Gate] between the layers")
                        : call.CannotVerify(x, made.Type.Name));
                }

                if (made.Type.Name is "GRUCell" or "RNNCell" && arguments.All(a => a is Data { IsNull: true } || IsInvariant(a)))
                {
                    return New(Selections.Cell(call, made, x) with { Memory = [TensorValue.Outside] });
                }

                if (arguments.Length > 1)
                {
                    return arguments.All(IsInvariant) && FlowTypes.IsTensor(at.Type)
                        ? New(Anything() with { Memory = [TensorValue.Outside] })
                        : throw call.CannotVerify(null, made.Type.Name);
                }

                if (WritesInPlace(made))
                {
                    return MayWrite(call, made, instance, arguments, at);
                }

                return New(ModuleRules.Apply(call, made, x) with { Memory = [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] });
            default:
                return NotFollowed(at, instance, arguments, "is a module of which nothing is known");
        }
    }

    /// <summary>The result of one of several modules.</summary>
    private Value CallEach(OneOf choice, Func<Value, Value> call, IOperation at)
    {
        var before = Reached;
        State? after = null;
        Value? result = null;
        foreach (var module in choice.Modules)
        {
            Reached = before;
            var one = call(module);
            result = result is null ? one : Both(after, result, Reached, one, at.Syntax);
            after = Reached;
        }

        return result ?? NotKnown(at, "is a module of which nothing is known");
    }

    /// <summary>One of several objects, as far as they have it in common that they are of one class.</summary>
    private Value? Common(Value? instance) => instance is not null && State.Content(instance) is OneOf { Modules: [This first, ..] modules }
        && modules.All(m => m is This { IsExact: true } other && SymbolEqualityComparer.Default.Equals(other.Type, first.Type))
            ? new This(first.Type, true)
            : instance;

    /// <summary>
    /// Whether a module, or one of its parts, may write into its argument: where it is not known how it was made, it may.
    /// </summary>
    private bool WritesInPlace(Made module) =>
        (module.Arguments.TryGetValue("inplace", out var inPlace)
            ? inPlace is not Data { Constant: false }
            : !module.IsKnown && HasInPlace(module.Type))
        || (module.Type.Name == "Sequential" && module.Parts.IsEmpty) || PartsOf(module).Any(WritesInPlace);

    private bool IsKnownToWrite(Made module) =>
        (module.Arguments.TryGetValue("inplace", out var inPlace) && inPlace is not Data { Constant: false })
        || PartsOf(module).Any(IsKnownToWrite);

    private IEnumerable<Made> PartsOf(Made module) =>
        module.Parts.SelectMany(p => State.Content(p) is OneOf choice ? choice.Modules : [p]).Select(State.Content).OfType<Made>()
            .Select(Known);

    /// <summary>Whether modules of a class can be made so that they write into their argument: torch.nn.ReLU(inplace: true).</summary>
    private static bool HasInPlace(ITypeSymbol type) =>
        type.ContainingAssembly?.GetTypeByMetadataName("TorchSharp.torch+nn")?.GetMembers(type.Name).OfType<IMethodSymbol>()
            .Any(m => m.Parameters.Any(p => p.Name == "inplace")) == true;

    /// <summary>
    /// A call of a module that may write into its argument. A function of invariants may: the argument has other numbers then,
    /// and so has all that shares its memory.
    /// </summary>
    private Value MayWrite(TorchCall call, Made module, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (IsKnownToWrite(module) || arguments is not [var argument] || Tensor(argument) is not { } x)
        {
            return NotFollowed(at, instance, arguments, "may write into its argument");
        }

        if (!x.IsInvariant)
        {
            HandOver(arguments, at.Syntax);
            throw call.CannotVerify(x, module.Type.Name);
        }

        Rewrite(x, at, (_, other) => other.IsInvariant
            ? Gathering.WithoutRuns(other) with { Identity = _numbers.Next(), IsZero = false, IsBound = true }
            : new Lost(Reasons.NotFollowed(Here(at.Syntax), "may write to memory that another tensor shares")));
        return New(Anything() with { Memory = [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] });
    }

    private const string Hooks = "is a call of a module on which hooks may hang, which are not followed";

    /// <summary>
    /// What a module of TorchSharp's is made of. Where some code changes modules of its class,
    /// the numbers and flags may be others, and the parts as well.
    /// </summary>
    private Made Known(Made made) => !_source.Modules.MayBeChanged(made.Type) ? made
        : made with { Arguments = made.Arguments.ToImmutableDictionary(a => a.Key, _ => Value.Plain), Parts = [], IsKnown = false };

    /// <summary>A part of a Sequential is called by TorchSharp: what hides its call or forward does not count.</summary>
    private Value CallPart(Value part, Value input, TorchCall call, IOperation at)
    {
        if (part is This module)
        {
            return _source.Modules.MayBeHooked(module.Type) ? NotFollowed(at, part, [input], Hooks)
                : ModuleCalls.OfPart(module.Type) is { } forward ? Call(forward, module, [input], at, [null])
                : throw call.CannotVerify(null);
        }

        if (State.Content(part) is OneOf choice)
        {
            return CallEach(choice, module => CallPart(module, input, call, at), at);
        }

        return State.Content(part) is Made part1 && Known(part1) is var made && Tensor(input) is { } x
            ? made.Type.Name == "Sequential" ? CallModule(call, part, [input], at)
            : _source.Modules.MayBeHooked(made.Type) ? NotFollowed(at, part, [input], Hooks)
            : New(ModuleRules.Apply(call, made, x) with { Memory = [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] })
            : throw call.CannotVerify(null);
    }
}

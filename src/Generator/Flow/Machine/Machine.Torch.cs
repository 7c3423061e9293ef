using System.Collections.Immutable;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Torch;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Operations of TorchSharp: the table says which rule an overload has, the rule what comes out; here it is written where the operation writes.</summary>
internal sealed partial class Machine
{
    /// <summary>Words whose results do not depend on more than is asked for here: they hand on what they get, or nothing.</summary>
    private static readonly HashSet<string> ReadsNoArguments = ["scope", "info", "module", "call", "opaque", "same", "scalar", "random"];

    private int _constructing;

    private Value Torch(IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        if (method.MethodKind == MethodKind.Conversion && arguments is [IndexItem or Group])
        {
            return arguments[0]; // a range or tuple becomes an index
        }

        string? word = OperationTable.RuleOf(_source.NameOf(method));
        bool inPlace = word?.EndsWith("!", StringComparison.Ordinal) == true;
        word = word?.TrimEnd('!');
        var call = new TorchCall(this, method, word ?? "", instance, arguments, at, sources);
        if (word is null)
        {
            return OtherTorch(call, instance, arguments, at);
        }

        // What nothing is known of makes the result unknown; written in place, it spoils the tensor, too.
        inPlace |= call.Has("inplace") && call["inplace"] is not Data { Constant: false };
        if (call.Values.Any(v => v is Function) || (call.Has("out") && call["out"] is not null))
        {
            return NotFollowed(at, instance, arguments, $"is not known: '{call.Name}' gets a function or a tensor to write to");
        }

        var given = word is "split" or "unbind" or "cat" or "stack" or "hvstack" or "einsum" or "grad" or "module" or "call" or "index" or "index_put" ? call.Values.Select(WhyUnknown) : call.Values.Select(v => v as Unknown ?? WhyUnknown(v));
        if (given.FirstOrDefault(u => u is not null) is { } unknown && word is not ("scope" or "info"))
        {
            if (inPlace)
            {
                Spoil(call, unknown, at);
            }

            Escape(new Group([.. call.Values]));
            return word == "opaque" ? NotFollowed(at, instance, arguments, "is not known") : unknown;
        }

        try
        {
            bool depends = !call.Values.All(IsInvariant);
            var result = Apply(call, word, inPlace, instance, arguments, at);
            return depends && result is not Unknown && !ReadsNoArguments.Contains(word) && call.Forgotten is { } forgotten
                ? throw call.CannotVerify(null, $"{call.Name} with '{forgotten}'")
                : result;
        }
        catch (NoProofException exception)
        {
            var why = NotKnown(exception.Because);
            if (inPlace)
            {
                Spoil(call, why, at);
            }

            Escape(new Group([.. call.Values]));
            return why;
        }
    }

    private Value Apply(TorchCall call, string word, bool inPlace, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        switch (word)
        {
            case "scope":
                return instance is Reference ? Value.Null : Value.Plain;
            case "info":
                return Info(call);
            case "number":
                return call.Values.All(IsInvariant) ? Value.Plain : throw call.CannotVerify(null, $"{call.Name}, which reads out numbers,");
            case "scalar" or "index_value":
                return word == "index_value" ? IndexValue(call) : call.Count > 0 ? call.Nth(0) : Value.Plain;
            case "module":
                return NewModule(call, arguments);
            case "call":
                return CallModule(call, instance, arguments, at);
            case "opaque" or "random" when _constructing == 0 || !TrustsNumbers:
                return word == "random"
                    ? inPlace ? throw new NoProofException(RandomReason(call)) : NotKnown(RandomReason(call))
                    : NotFollowed(at, instance, arguments, $"is not known: '{call.Name}' has effects, or results, that are not followed");
            case "opaque" or "random":
                return New(Factories.Shaped(call) is { Axes.IsEmpty: false } shaped && word == "random" ? shaped : Anything());
            case "tensor" or "arange" or "ones" or "full" or "like" or "zeros" when !TrustsNumbers:
                return NotKnown(at, "is data of which nothing is known");
            case "grad":
                return Gradient(call);
            case "same":
                return Alias(call, instance, arguments);
            case "split" or "unbind":
                return Parts(call, word);
            case "broadcast_tensors":
                throw call.CannotVerify(null);
        }

        var tensors = call.Values.SelectMany(v => State.Content(v) is Sequence sequence ? sequence.All : [v]).Select(Tensor).OfType<TensorValue>().ToList();
        bool invariant = tensors.All(t => t.IsInvariant) && call.Values.All(IsInvariant);
        TensorValue? result = null;
        if (TorchRules.Has(word) || word is "reduce" or "function")
        {
            try
            {
                result = word switch
                {
                    "reduce" => Reduce(call),
                    "function" => null,
                    _ => TorchRules.Apply(call),
                };
                if (result is not null && inPlace && !invariant && call.Forgotten is { } forgotten)
                {
                    throw call.CannotVerify(null, $"{call.Name} with '{forgotten}'"); // before anything is written
                }
            }
            catch (NoProofException) when (invariant)
            {
                result = null; // invariants give invariants, of whatever shape
            }
        }

        if (result is null && !invariant)
        {
            throw call.Name is "layer_norm" or "batch_norm" or "group_norm" or "instance_norm" && tensors[0].Turns
                ? call.Mixes(tensors[0], "normalise by lengths instead: .norm(-1)")
                : call.CannotVerify(null);
        }

        // Of invariants they keep the shape, with other entries in it.
        bool keepsShape = tensors.Count > 0 && call.Name is "layer_norm" or "batch_norm" or "group_norm" or "instance_norm" or "sort" or "argsort" or "cummax" or "cummin";
        result ??= keepsShape ? tensors[0] with { Axes = [.. tensors[0].Axes.Select(a => a with { Runs = default })], IsZero = false, Numbers = NumberKind.Unknown, Memory = [] } : Anything() with { Memory = [] };
        if (!FlowTypes.IsTensor(call.Method.ReturnType) && !inPlace)
        {
            return Several(call, result, tensors);
        }

        if (inPlace)
        {
            return Write(call, result, at);
        }

        result = result with { From = result.Irreps is { } irreps ? tensors.FirstOrDefault(t => t.Irreps == irreps)?.From : null };

        bool allocates = TorchRules.Allocating.Contains(word);
        if (!TorchRules.KeepingRuns.Contains(word))
        {
            result = result with { Axes = [.. result.Axes.Select(a => a with { Runs = default })] };
        }

        bool isBound = word is not ("zeros" or "zeros_like" or "tensor" or "ones" or "full" or "like" or "arange") && tensors.Any(t => t.IsBound);
        result = result with { IsBound = result.IsBound || isBound };
        return New(result with { Memory = allocates ? [] : [.. tensors.SelectMany(t => t.Memory).Append(Site()).Distinct().OrderBy(m => m)] });
    }

    private static Finding RandomReason(TorchCall call) => Reasons.NotFollowed(
        call.At.Syntax, $"draws random numbers: '{call.Name}' yields another result for the same input", "draw them outside and pass them as [Invariant], or state the result with .AssumeIrreps(\"…\")") with
    { Before = call.Values.Select(call.Machine.Tensor).FirstOrDefault(t => t is { Turns: true })?.Irreps };

    /// <summary>Invariants that come in tuples or arrays: values and indices of max, sort, …</summary>
    private Value Several(TorchCall call, TensorValue result, List<TensorValue> tensors)
    {
        if (call.Method.ReturnsVoid)
        {
            return Value.Null;
        }

        if (FlowTypes.IsPlain(call.Method.ReturnType))
        {
            return Value.Plain;
        }

        if (!result.IsInvariant)
        {
            throw call.CannotVerify(null);
        }

        var memory = tensors.SelectMany(t => t.Memory).Append(Site()).Distinct().OrderBy(m => m).ToImmutableArray();
        return call.Method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? new Group([.. tuple.TupleElements.Select(e => New((call.Word == "reduce" || call.Name is "sort" or "cummax" or "cummin" ? result : Anything()) with { Memory = memory, Numbers = NumberKind.Unknown }))])
            : New(new Sequence([], New(Anything() with { Memory = memory })));
    }

    private static TensorValue? Reduce(TorchCall call)
    {
        bool reduces = call.Method.Name is "max" or "min" or "amax" or "amin" or "prod" or "logsumexp" or "median" or "argmax" or "argmin" or "all" or "any" or "nansum" or "nanmean" or "quantile" or "count_nonzero";
        if (!call.X(0).IsInvariant)
        {
            _ = Reductions.Other(call, call.X(0), call.Dims(), false);
        }

        return reduces && call.Dims() is { } dims ? Reductions.Other(call, call.X(0), dims, call.Flag("keepdim"))
            : reduces && !call.Has("dim") && !call.Has("dims") ? new TensorValue([], 0) { Numbers = NumberKind.Unknown } : null;
    }

    private Value Info(TorchCall call)
    {
        if (call.Count == 0 || Tensor(call.Nth(0)) is not { } x)
        {
            return call.Count > 0 && call.Nth(0) is Unknown ? call.Nth(0) : Value.Plain;
        }

        switch (call.Name)
        {
            case "shape" or "size" when call.Count == 1 && call.Method.ReturnType.TypeKind != TypeKind.Struct | call.Name == "shape":
                return x.HasMoreInFront ? New(new Sequence([], Value.Plain)) : New(new Sequence([.. x.Axes.Select(a => (Value)Data.Of(a.Extent))]));
            case "size" when call.Count == 2 && call.Nth(1) is Data { Extent.Known: { } dim }:
                return x.Resolve(dim) is { } axis ? Data.Of(x.Axes[axis].Extent) : Value.Plain;
            case "ndim" or "dim" or "Dimensions":
                return x.HasMoreInFront ? Value.Plain : Data.Of((object)(long)x.Axes.Length);
            case "numel" or "NumberOfElements":
                return !x.HasMoreInFront && x.Axes.Aggregate((Extent?)Extent.One, (p, a) => p is null ? null : Extent.Product(p, a.Extent)) is { } count ? Data.Of(count) : Value.Plain;
            case "dtype":
                return new Data(null, null, DType: x.Numbers);
            default:
                return FlowTypes.HoldsTensors(call.Method.ReturnType) ? throw call.CannotVerify(x) : Value.Plain;
        }
    }

    private Value IndexValue(TorchCall call) => (call.Method.Name, call.Count) switch
    {
        ("Slice", _) => call.Has("step") && call["step"] is { } step && TorchCall.Number(step) != 1
            ? throw call.CannotVerify(null, "a slice with a step")
            : call.Has("start") || call.Has("stop") ? new IndexItem(IndexItemKind.Slice, call["start"], call["stop"])
            : call.Count == 1 && call.Nth(0) is IndexItem or Group ? call.Nth(0)
            : new IndexItem(IndexItemKind.Slice),
        ("Single" or "Tensor", 1) => call.Nth(0),
        (_, 1) when call.Method.MethodKind == MethodKind.Conversion => call.Nth(0),
        _ => throw call.CannotVerify(null),
    };

    /// <summary>Fields of TorchSharp: data types, items of indices.</summary>
    private Value TorchConstant(string name, INamedTypeSymbol type, IOperation at) => (type.Name, name) switch
    {
        ("TensorIndex", "Ellipsis") => new IndexItem(IndexItemKind.Ellipsis),
        ("TensorIndex", "Colon") => new IndexItem(IndexItemKind.Slice),
        ("TensorIndex", "None" or "Null") => new IndexItem(IndexItemKind.NewAxis),
        _ when KindOf(name) is not NumberKind.Unknown and var kind => new Data(null, null, DType: kind),
        _ => FlowTypes.IsPlain((at.Type as ITypeSymbol)) ? Value.Plain : NotKnown(at, "is a member of TorchSharp that is not followed"),
    };

    private Value Alias(TorchCall call, Value? instance, ImmutableArray<Value> arguments)
    {
        var target = instance ?? arguments.FirstOrDefault() ?? Value.Null;
        if (Tensor(target) is not { } x)
        {
            return State.Content(target) is Sequence or Made || target is This or Data ? target : throw call.CannotVerify(null);
        }

        if (call.Method.ReturnsVoid || call.Name is "requires_grad_" or "MoveToOuterDisposeScope" or "DetachFromDisposeScope" or "MoveToOtherDisposeScope" or "retain_grad" or "with_requires_grad" or "RetainGrad")
        {
            return target; // the same object
        }

        return New(x with { Memory = call.Name == "clone" ? [] : [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] });
    }

    private Value Parts(TorchCall call, string word)
    {
        var x = call.X(0);
        long dim = call.Name switch
        {
            "hsplit" => x.HasMoreInFront ? throw call.AxisNotKnown(x) : Math.Min(1, x.Axes.Length - 1),
            "dsplit" => x.HasMoreInFront ? throw call.AxisNotKnown(x) : 2,
            _ => call.Dim(0),
        };
        if (x.Resolve(dim) is not { } axis)
        {
            return Shapes.IsScalar(x) ? New(new Sequence([], New(Reductions.Unshaped(x) with { Memory = x.Memory }))) : throw call.AxisNotKnown(x);
        }

        if (word == "unbind")
        {
            if (x.Axes[axis].Extent.Known is { } count and <= 256)
            {
                return New(new Sequence([.. Enumerable.Range(0, (int)count).Select(i => New(Part(x, Indexing.Single(call, x, axis, Data.Of((object)i)))))]));
            }

            return New(new Sequence([], New(Part(x, Indexing.Single(call, x, axis, Value.Plain)))));
        }

        var (parts, each) = Joining.Split(call, x, axis, Joining.Sizes(call, x.Axes[axis].Extent));
        return New(parts is not null ? new Sequence([.. parts.Select(p => New(Part(x, p)))]) : new Sequence([], New(Part(x, each!))));

        static TensorValue Part(TensorValue of, TensorValue part) => part with { Memory = of.Memory, From = part.Irreps == of.Irreps ? of.From : null };
    }

    /// <summary>
    /// The gradient of invariants by x transforms as x does: from E(Dx) = E(x) follows ∇E(Dx) = D∇E(x), since D is orthogonal. By points it is a vector. Of an odd scalar it has
    /// the other parity.
    /// </summary>
    private Value Gradient(TorchCall call)
    {
        var outputs = List(call["outputs"]);
        var inputs = List(call["inputs"]);
        if (call["grad_outputs"] is { } seeds && !IsInvariant(seeds))
        {
            throw call.CannotVerify(null, "grad with cotangents that depend on the frame");
        }

        var parities = outputs.Select(o => o is { Turns: false, Written: null, Weight: 0 } ? o.Parity : throw call.CannotVerify(o, "grad of what is no scalar")).Distinct().ToList();
        if (parities is not [var parity])
        {
            throw call.CannotVerify(null);
        }

        return New(new Sequence([.. inputs.Select(x => x is { Written: null, IsBound: false } ? New(Elementwise.Normal(x with { Weight = 0, IsZero = false, Memory = [], Parity = x.Parity * parity })) : throw call.CannotVerify(x))]));

        List<TensorValue> List(Value? value) => State.Content(value ?? Value.Null) is Sequence { IsListed: true } sequence ? [.. sequence.Elements.Select(Look).Select(call.AsTensor)] : throw call.CannotVerify(null);
    }

    private Value NewModule(TorchCall call, ImmutableArray<Value> arguments)
    {
        var type = call.Method.MethodKind == MethodKind.Constructor ? call.Method.ContainingType : call.Method.ReturnType as INamedTypeSymbol;
        if (type is null)
        {
            throw call.CannotVerify(null);
        }

        if (type.Name is "ModuleList" or "ModuleDict")
        {
            return arguments is [var list] && State.Content(list) is Sequence ? list : New(new Sequence([]));
        }

        return New(new Made(type, call.Method.Parameters.ToImmutableDictionary(p => p.Name, p => arguments.ElementAtOrDefault(p.Ordinal) ?? Value.Null), Parts(arguments)));
    }

    private Value CallModule(TorchCall call, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        switch (State.Content(instance ?? Value.Null))
        {
            case Made { Type.Name: "Sequential" } sequential when WritesInPlace(sequential):
                return NotFollowed(at, instance, arguments, "may write into its argument");
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
            case Made made when arguments.Length >= 1 && Tensor(arguments[0]) is { } x:
                if (FlowTypes.IsRuntime(made.Type) || made.Type.ContainingAssembly?.Name == "E3Gen.Runtime")
                {
                    return RuntimeRules.Apply(call.Of(made.Type)) ?? throw (made.Type.Name == "FullyConnectedNetwork" && x.Turns
                        ? call.Named(made.Type.Name).Mixes(x, "use [Linear], and [Gate] between the layers")
                        : call.CannotVerify(x, made.Type.Name));
                }

                if (arguments.Length > 1)
                {
                    return arguments.All(IsInvariant) && FlowTypes.IsTensor(at.Type) ? New(Anything() with { Memory = [TensorValue.Outside] }) : throw call.CannotVerify(null, made.Type.Name);
                }

                if (WritesInPlace(made))
                {
                    return NotFollowed(at, instance, arguments, "may write into its argument");
                }

                return New(ModuleRules.Apply(call, made, x) with { Memory = [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] });
            default:
                return NotFollowed(at, instance, arguments, "is a module of which nothing is known");
        }
    }

    /// <summary>Whether a module, or one of its parts, may write into its argument.</summary>
    private bool WritesInPlace(Made module) =>
        (module.Arguments.TryGetValue("inplace", out var inPlace) && inPlace is not Data { Constant: false }) || module.Parts.Select(State.Content).OfType<Made>().Any(WritesInPlace);

    private Value CallPart(Value part, Value input, TorchCall call, IOperation at)
    {
        if (part is This module)
        {
            for (var type = module.Type; type is not null; type = type.BaseType)
            {
                if (type.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(f => f.Parameters.Length == 1) is { } forward)
                {
                    return Call(forward, module, [input], at, [null]);
                }
            }
        }

        return State.Content(part) is Made made && Tensor(input) is { } x
            ? made.Type.Name == "Sequential" ? CallModule(call, part, [input], at) : New(ModuleRules.Apply(call, made, x) with { Memory = [.. x.Memory.Append(Site()).Distinct().OrderBy(m => m)] })
            : throw call.CannotVerify(null);
    }

    /// <summary>Members of TorchSharp that are not in the table: of modules, and data types.</summary>
    private Value OtherTorch(TorchCall call, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (call.Method.Name is "call" or "forward" && State.Content(instance ?? Value.Null) is Made)
        {
            try
            {
                return CallModule(call, instance, arguments, at);
            }
            catch (NoProofException exception)
            {
                return NotKnown(exception.Because);
            }
        }

        // T MoveToOuter<T>(T), (T1, T2) MoveToOuter<T1, T2>(T1, T2), …: who disposes of tensors changes no number in them.
        if (call.Method is { ContainingType.Name: "DisposeScope", Name: "MoveToOuter" or "MoveToOther" or "Detach" or "Include", IsGenericMethod: true } move && arguments.Length == move.TypeParameters.Length)
        {
            return arguments is [var only] ? only : new Group(arguments);
        }

        if (instance is This or Data || State.Content(instance ?? Value.Null) is Made)
        {
            // What modules hold was there before the call: their parameters are invariant.
            if (call.Method.MethodKind == MethodKind.PropertyGet && FlowTypes.IsTensor(call.Method.ReturnType))
            {
                return New(Anything() with { Memory = [TensorValue.Outside], Numbers = NumberKind.Float });
            }

            if (FlowTypes.IsPlain(call.Method.ReturnType) && call.Method.MethodKind == MethodKind.PropertyGet)
            {
                return Value.Plain;
            }
        }

        if (CollectionCall(call.Method, instance, arguments, at) is { } collection)
        {
            return collection;
        }

        return NotFollowed(at, instance, arguments, $"is not known: '{call.Name}' is not in the table of operations");
    }

    /// <summary>Writes a result into the first tensor of a call. Whatever may lie in the same memory is looked after.</summary>
    private Value Write(TorchCall call, TensorValue result, IOperation at)
    {
        if (call.Nth(0) is not Reference target || Tensor(target) is not { } old)
        {
            throw call.CannotVerify(null);
        }

        if (old.Numbers != NumberKind.Float && !result.IsInvariant)
        {
            throw call.CannotVerify(result, $"{call.Name} into whole numbers");
        }

        result = result with { Memory = old.Memory, Numbers = old.Numbers, Identity = _numbers.Next(), Axes = [.. result.Axes.Select(a => a with { Runs = default })], IsBound = true };
        if (old.Memory.Contains(TensorValue.Outside) || State.Escaped.Contains(target.Id))
        {
            bool keepsShape = old.Axes.Length == result.Axes.Length && old.HasMoreInFront == result.HasMoreInFront;
            if (keepsShape && ((old.IsInvariant && result.IsInvariant) || result.IsZero))
            {
                result = result.IsZero ? old with { Identity = _numbers.Next() } : result;
                Renew(old, target, result, keepsKind: true, at);
                return target;
            }

            throw new NoProofException(Reasons.SeenByOthers(at.Syntax, "others see the tensor that is written to; write to a copy of it: .clone()"));
        }

        bool keepsKind = old.Parity == result.Parity && old.Weight == result.Weight && old.Written is null && result.Written is null
            && old.Axes.Length == result.Axes.Length && old.Axes.Zip(result.Axes, (a, b) => a.Irreps == b.Irreps).All(same => same);
        Renew(old, target, result, keepsKind, at);
        return call.Method.ReturnsVoid ? Value.Null : target;
    }

    /// <summary>A tensor has other contents from now on, and so have all that share its memory.</summary>
    private void Renew(TensorValue old, Reference target, TensorValue result, bool keepsKind, IOperation at)
    {
        var objects = State.Objects;
        foreach (var entry in State.Objects)
        {
            if (entry.Key == target.Id)
            {
                objects = objects.SetItem(entry.Key, State.Escaped.Contains(entry.Key) && !result.IsInvariant ? new Lost(Reasons.NotFollowed(Here(at.Syntax), "may be changed by code that is not followed")) : result);
            }
            else if (entry.Value is Sequence { IsComputed: true })
            {
                objects = objects.SetItem(entry.Key, new Lost(Reasons.NotFollowed(Here(at.Syntax), "writes to a tensor while a sequence is yet to be computed, which is not followed", "call .ToArray() before")));
            }
            else if (entry.Value is TensorValue other && other.Memory.Any(old.Memory.Contains))
            {
                // A tensor that is one of several may have been zero where the other was: it keeps its kind only if it was of the kind that is written.
                bool isSafe = keepsKind && other.Written is null && (other.IsZero ? result.IsInvariant || result.IsZero : !old.IsZero || result.IsZero || (other.IsInvariant && result.IsInvariant));
                objects = objects.SetItem(entry.Key, isSafe
                    ? Indexing.WithoutRuns(other) with { Identity = _numbers.Next(), IsZero = other.IsZero && result.IsZero, IsBound = true }
                    : new Lost(Reasons.NotFollowed(Here(at.Syntax), "writes to memory that another tensor shares, which then carries something else", "write to the tensor itself, by its indexer")));
            }
        }

        State = State.With(objects);
    }

    /// <summary>Something that is not known was written into the first tensor of a call.</summary>
    private void Spoil(TorchCall call, Unknown why, IOperation at)
    {
        if (call.Nth(0) is not Reference target || Tensor(target) is not { } old)
        {
            LoseAll(at.Syntax, (call.Nth(0) as Unknown)?.Because[0]);
            return;
        }

        bool seen = old.Memory.Contains(TensorValue.Outside) || State.Escaped.Contains(target.Id);
        var objects = State.Objects;
        foreach (var entry in State.Objects)
        {
            if (entry.Value is TensorValue other && (entry.Key == target.Id || other.Memory.Any(old.Memory.Contains)))
            {
                objects = objects.SetItem(entry.Key, new Lost(why.Because[0]));
            }
        }

        State = State.With(objects);
        if (seen)
        {
            Effect(why);
        }
    }
}

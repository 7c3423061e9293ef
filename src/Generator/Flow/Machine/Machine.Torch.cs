using System.Collections.Immutable;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Torch;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Operations of TorchSharp: the table gives the rule of an overload, the rule gives the result;
/// this part stores the result of operations that write in place.
/// </summary>
internal sealed partial class Machine
{
    /// <summary>Words whose results do not depend on more than is asked for here: they hand on what they get, or nothing.</summary>
    private static readonly HashSet<string> ReadsNoArguments = ["scope", "info", "module", "call", "opaque", "same", "scalar", "random"];

    private Value Torch(
        IMethodSymbol method, Value? instance, ImmutableArray<Value> arguments, IOperation at, IReadOnlyList<IOperation?> sources)
    {
        if (method.MethodKind == MethodKind.Conversion && arguments is [IndexItem or Group])
        {
            return arguments[0]; // a range or tuple becomes an index
        }

        if (IsBeingBuilt(instance) && !arguments.Any(a => a is Function)
            && (method.ReturnsVoid || FlowTypes.IsPlain(method.ReturnType) || FlowTypes.IsTensor(method.ReturnType)))
        {
            // RegisterComponents and the like: of what fields hold nothing changes.
            return method.ReturnsVoid ? Value.Null : Before(method.ReturnType, at);
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

        bool takesLists = word is "split" or "unbind" or "cat" or "stack" or "hvstack" or "einsum" or "grad" or "module" or "call"
            or "index" or "index_put";
        var given = takesLists ? call.Values.Select(WhyUnknown) : call.Values.Select(v => v as Unknown ?? WhyUnknown(v));
        var unknowns = given.OfType<Unknown>().ToList(); // each for a reason of its own, all of which are told
        if (unknowns.Count > 0 && unknowns.Aggregate(Unknown.Both) is var unknown && word is not ("scope" or "info"))
        {
            if (inPlace)
            {
                Spoil(call, unknown, at);
            }

            Escape(call.Values, at.Syntax);
            return word == "opaque"
                ? NotFollowed(at, instance, arguments, "is not known")
                : unknown.IsSize ? unknown with { IsSize = false } : unknown;
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

            Escape(call.Values, at.Syntax);
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

        var tensors = call.Values.SelectMany(v => State.Content(v) is Sequence sequence ? sequence.All : [v]).Select(Tensor)
            .OfType<TensorValue>().ToList();
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
        bool keepsShape = tensors.Count > 0
            && call.Name is "layer_norm" or "batch_norm" or "group_norm" or "instance_norm" or "sort" or "argsort" or "cummax" or "cummin";
        result ??= keepsShape
            ? Gathering.WithoutRuns(tensors[0]) with { IsZero = false, Numbers = NumberKind.Unknown, Memory = [] }
            : Anything() with { Memory = [] };
        if (!FlowTypes.IsTensor(call.Method.ReturnType) && !inPlace)
        {
            return Several(call, result, tensors);
        }

        if (inPlace)
        {
            return Write(call, result, at);
        }

        result = result with { From = result.Irreps is { } irreps ? tensors.FirstOrDefault(t => t.Irreps == irreps)?.From : null };

        if (call.Name is "as_tensor" or "from_array" or "frombuffer" && tensors.Count == 0)
        {
            HandOver(call.Values, at.Syntax,
                Reasons.NotFollowed(at.Syntax, "lays a tensor over an array: both change when one does"), call.Method);
            return New(result with { Memory = [TensorValue.Outside], IsBound = true });
        }

        bool allocates = TorchRules.Allocating.Contains(word);
        if (!TorchRules.KeepingRuns.Contains(word))
        {
            result = result with { Axes = [.. result.Axes.Select(a => a with { Runs = default })] };
        }

        bool isBound = word is not ("zeros" or "zeros_like" or "tensor" or "ones" or "full" or "like" or "arange")
            && tensors.Any(t => t.IsBound);
        result = result with { IsBound = result.IsBound || isBound };
        return New(
            result with { Memory = allocates ? [] : [.. tensors.SelectMany(t => t.Memory).Append(Site()).Distinct().OrderBy(m => m)] });
    }

    private static Finding RandomReason(TorchCall call) => Reasons.NotFollowed(
        call.At.Syntax, $"draws random numbers: '{call.Name}' yields another result for the same input",
        "draw them outside and pass them as [Invariant], or state the result with .AssumeIrreps(\"…\")") with
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
        bool keepsShape = call.Word is "reduce" or "topk" || call.Name is "sort" or "cummax" or "cummin";
        return call.Method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? new Group([.. tuple.TupleElements.Select(e => New((keepsShape ? result : Anything()) with
            {
                Memory = memory,
                Numbers = IsIndex(e) ? NumberKind.Whole : NumberKind.Unknown,
            }))])
            : New(new Sequence([], New(Anything() with { Memory = memory })));
    }

    /// <summary>Where the values stood.</summary>
    private static bool IsIndex(IFieldSymbol element) => element.Name.ToUpperInvariant() is "INDEXES" or "INDICES";

    private static TensorValue? Reduce(TorchCall call)
    {
        bool reduces = call.Method.Name is "max" or "min" or "amax" or "amin" or "prod" or "logsumexp" or "median" or "argmax" or "argmin"
            or "all" or "any" or "nansum" or "nanmean" or "quantile" or "count_nonzero";
        if (!call.X(0).IsInvariant)
        {
            _ = Reductions.Other(call, call.X(0), call.Dims(), false);
        }

        if (call.Name.EndsWith("quantile", StringComparison.Ordinal) && call.X(1) is not { HasMoreInFront: false, Axes.IsEmpty: true })
        {
            return null; // several of them get an axis of their own
        }

        return reduces && call.Dims() is { } dims ? Reductions.Other(call, call.X(0), dims, call.Flag("keepdim"))
            : reduces && !call.Has("dim") && !call.Has("dims") ? new TensorValue([], 0) { Numbers = NumberKind.Unknown } : null;
    }

    private Value Info(TorchCall call)
    {
        if (call.Count == 0 || Tensor(call.Nth(0)) is not { } x)
        {
            return call.Count > 0 && call.Nth(0) is Unknown of ? of with { IsSize = true } : Value.Plain;
        }

        switch (call.Name)
        {
            case "shape" or "size" when call.Count == 1 && call.Method.ReturnType.TypeKind != TypeKind.Struct | call.Name == "shape":
                return x.HasMoreInFront
                    ? New(new Sequence([], Value.Plain))
                    : New(new Sequence([.. x.Axes.Select(a => (Value)Data.Of(a.Extent))]));
            case "size" when call.Count == 2 && call.Nth(1) is Data { Extent.Known: { } dim }:
                return x.Resolve(dim) is { } axis ? Data.Of(x.Axes[axis].Extent) : Value.Plain;
            case "ndim" or "dim" or "Dimensions":
                return x.HasMoreInFront ? Value.Plain : Data.Of((object)(long)x.Axes.Length);
            case "numel" or "NumberOfElements":
                return !x.HasMoreInFront && Shapes.Product(x.Axes.Select(a => (Extent?)a.Extent)) is { } count
                    ? Data.Of(count)
                    : Value.Plain;
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
            return Shapes.IsScalar(x)
                ? New(new Sequence([], New(Reductions.Unshaped(x) with { Memory = x.Memory })))
                : throw call.AxisNotKnown(x);
        }

        if (word == "unbind")
        {
            if (x.Axes[axis].Extent.Known is { } count and <= 256)
            {
                return New(new Sequence([.. Enumerable.Range(0, (int)count).Select(i => New(Part(
                    x, Indexing.Single(call, x, axis, Data.Of((object)i)))))]));
            }

            return New(new Sequence([], New(Part(x, Indexing.Single(call, x, axis, Value.Plain)))));
        }

        var (parts, each) = Joining.Split(call, x, axis, Joining.Sizes(call, x.Axes[axis].Extent));
        return New(parts is not null ? new Sequence([.. parts.Select(p => New(Part(x, p)))]) : new Sequence([], New(Part(x, each!))));

        static TensorValue Part(TensorValue of, TensorValue part) =>
            part with { Memory = of.Memory, From = part.Irreps == of.Irreps ? of.From : null };
    }

    /// <summary>
    /// The gradient of invariants by x transforms as x does: from E(Dx) = E(x) follows ∇E(Dx) = D∇E(x), since D is orthogonal. By points it
    /// is a vector. Of an odd scalar it has the other parity.
    /// </summary>
    private Value Gradient(TorchCall call)
    {
        var outputs = List(call["outputs"]);
        var inputs = List(call["inputs"]);
        if (call["grad_outputs"] is { } seeds && !IsInvariant(seeds))
        {
            throw call.CannotVerify(null, "grad with cotangents that depend on the frame");
        }

        var parities = outputs.Select(o => o is { Turns: false, Written: null, Weight: 0 }
            ? o.Parity
            : throw call.CannotVerify(o, "grad of what is no scalar")).Distinct().ToList();
        if (parities is not [var parity])
        {
            throw call.CannotVerify(null);
        }

        return New(new Sequence([.. inputs.Select(x => x is { Written: null, IsBound: false }
            ? New(Elementwise.Normal(x with { Weight = 0, IsZero = false, Memory = [], Parity = x.Parity * parity }))
            : throw call.CannotVerify(x))]));

        List<TensorValue> List(Value? value) => State.Content(value ?? Value.Null) is Sequence { IsListed: true } sequence
            ? [.. sequence.Elements.Select(Look).Select(call.AsTensor)]
            : throw call.CannotVerify(null);
    }

    /// <summary>Members of TorchSharp that are not in the table: of modules, and data types.</summary>
    private Value OtherTorch(TorchCall call, Value? instance, ImmutableArray<Value> arguments, IOperation at)
    {
        if (call.Method.Name is "call" or "forward" && State.Content(instance ?? Value.Null) is Made or OneOf)
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
        if (call.Method is { ContainingType.Name: "DisposeScope", IsGenericMethod: true } move
            && move.Name is "MoveToOuter" or "MoveToOther" or "Detach" or "Include" && arguments.Length == move.TypeParameters.Length)
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
}

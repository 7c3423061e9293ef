using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Constructors are executed as any code is, with what is known of their arguments: what they leave in a member is what every later call
/// finds there, if nobody else writes to it.
/// </summary>
internal sealed partial class Machine
{
    private readonly Dictionary<Construction, Built?> _built = [];

    /// <summary>How many constructors are being executed.</summary>
    private int _building;

    /// <summary>The object of a constructor that is being executed.</summary>
    private int _beingBuilt;

    /// <summary>
    /// Whether a value is the object of a constructor that is being executed: its class may be derived from the constructor's.
    /// </summary>
    private bool IsBeingBuilt(Value? value) => _building > 0 && value is Reference { Id: var id } && id == _beingBuilt;

    /// <summary>
    /// What is left in a member by the construction of its object; null where that is not known, or may have changed since.
    /// </summary>
    private Value? FromConstructors(ISymbol member, ITypeSymbol type, Construction construction)
    {
        if (BuiltBy(construction) is not { } built || !built.Members.TryGetValue(member, out var value)
            || built.State.Look(value) is Unknown || !Keeps(member, type, value, built))
        {
            return null;
        }

        foreach (int id in built.State.Reachable([value]))
        {
            if (!State.Objects.ContainsKey(id) && built.State.Objects.TryGetValue(id, out var content))
            {
                State = State.With(id, content);
            }
        }

        return value;
    }

    /// <summary>
    /// Whether a member goes on holding what its constructor left there: others cannot reach it, nothing of it can be changed, or the
    /// class only reads it.
    /// </summary>
    private bool Keeps(ISymbol member, ITypeSymbol type, Value value, Built built)
    {
        var state = built.State;
        bool isOwnModule = value is This || (state.Content(value) is OneOf choice && choice.Modules.All(m => m is This));
        if (FlowTypes.IsTensor(type) || FlowTypes.IsBasis(type) || IsImmutable(type) || isOwnModule)
        {
            return true; // what an object's class does with its members is seen there
        }

        var objects = state.Reachable([value], intoModules: false)
            .ToDictionary(id => id, id => state.Objects.TryGetValue(id, out var content) ? content : null);
        if (objects.Values.Any(o => o is null or Lost))
        {
            return false;
        }

        if (type.TypeKind == TypeKind.Delegate)
        {
            // A function of the object itself sees whatever its members hold later.
            return value is Function { Body: not null } or Function { Method.DeclaringSyntaxReferences.Length: > 0 }
                && objects.Values.All(o => o is Made or OneOf or TensorValue);
        }

        // What can be changed may be changed under another name, too.
        var others = built.Members.Where(m => !SymbolEqualityComparer.Default.Equals(m.Key, member)).Select(m => m.Value);
        var seen = state.Reachable(others);
        bool isOwn = objects.All(o => o.Value is Made or OneOf or TensorValue
            || (o.Value is Sequence or Map && value == new Reference(o.Key) && !state.Escaped.Contains(o.Key) && !seen.Contains(o.Key)));
        return isOwn && _source.IsOnlyRead(member, exceptWhereMade: true);
    }

    /// <summary>Numbers, texts and what is made of them alone: nobody can change them, only exchange them.</summary>
    private static bool IsImmutable(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Enum } => true,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => IsImmutable(e.Type)),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } =>
            IsImmutable(inner),
        INamedTypeSymbol { Name: "Scalar", ContainingNamespace.Name: "TorchSharp" } => true,
        _ => type.IsValueType && FlowTypes.IsPlain(type) && type is INamedTypeSymbol { TypeArguments.IsEmpty: true },
    };

    /// <summary>
    /// What a construction leaves behind, by whichever constructors it may have been made; null where they do what is not followed.
    /// </summary>
    private Built? BuiltBy(Construction construction)
    {
        if (_built.TryGetValue(construction, out var known))
        {
            return known;
        }

        _built[construction] = null; // an object that makes one like itself
        if (Reached is not { } state || _frame.Depth >= MostDeep || construction.Type is not { TypeKind: TypeKind.Class, IsStatic: false })
        {
            return null;
        }

        var (frame, jumps, returned, path, site) = (_frame, _jumps, _returned, _path, _site);
        var (steps, guarded, building) = (_steps, _guarded, _beingBuilt);
        int effects = Effects.Count, mismatches = Mismatches.Count, assumptions = Assumptions.Count;
        int unkept = Unkept.Count, unseen = Unseen.Count;
        int conditional = _conditionalInstances.Count, initialized = _initialized.Count;
        var (watchers, outs, handed) = (_watchers.ToList(), _outs.ToList(), _checked.ToList());
        _watchers.Clear(); // what happens here happened before
        _constructing++;
        _building++;
        _guarded = 0;
        try
        {
            return _built[construction] = Build(construction);
        }
        catch (Exception exception) when (exception is NotFollowedException or TooMuchException)
        {
            return null;
        }
        finally
        {
            _constructing--;
            _building--;
            _watchers.AddRange(watchers);
            _outs.Clear();
            outs.ForEach(o => _outs[o.Key] = o.Value);
            _checked.Clear();
            _checked.UnionWith(handed);
            Shorten(_conditionalInstances, conditional);
            Shorten(_initialized, initialized);
            (_frame, _jumps, _returned, _path, _site) = (frame, jumps, returned, path, site);
            (_steps, _guarded, _beingBuilt) = (steps, guarded, building);
            Forget(effects, mismatches, assumptions);
            Unkept.RemoveRange(unkept, Unkept.Count - unkept);
            Unseen.RemoveRange(unseen, Unseen.Count - unseen);
            _current = state;
        }
    }

    private static void Shorten(Stack<Value> stack, int count)
    {
        while (stack.Count > count)
        {
            stack.Pop();
        }
    }

    private Built? Build(Construction construction)
    {
        int id = _beingBuilt = _numbers.Next();
        var outside = construction.Objects.Where(o => o.Value is Sequence or Map or Instance).Select(o => o.Key);
        var nothing = ImmutableDictionary<ISymbol, Value>.Empty.WithComparers(SymbolEqualityComparer.Default);
        var before = State.Empty.With(construction.Objects.SetItem(id, new Instance(construction.Type, nothing))).Escape(outside);
        var caller = _frame;
        State? after = null;
        IEnumerable<IMethodSymbol> constructors = construction.Constructor is { } one
            ? [one.OriginalDefinition]
            : construction.Type.InstanceConstructors.Where(c => !IsCopying(c));
        foreach (var constructor in constructors)
        {
            _frame = new Frame(constructor, _numbers.Next(), null, null, null, caller);
            Reached = before;
            var arguments = construction.Constructor is null
                ? [.. constructor.Parameters.Select(p => Before(p.Type, At(constructor)))]
                : construction.Arguments;
            Construct(constructor, arguments, new Reference(id), caller);
            after = Reached is null ? after : Merge(after, Reached, At(constructor).Syntax);
        }

        return after?.Objects[id] is Instance made && !after.Escaped.Contains(id) ? new Built(made.Fields, after) : null;
    }

    private static bool IsCopying(IMethodSymbol constructor) => constructor.IsImplicitlyDeclared
        && constructor.Parameters is [var only] && SymbolEqualityComparer.Default.Equals(only.Type, constructor.ContainingType);

    /// <summary>An operation to report something at; nothing of what happens in a constructor is reported.</summary>
    private IOperation At(IMethodSymbol constructor) =>
        _source.Body(constructor) ?? _source.Body(_frame.Method) ?? _source.Body(_frame.Caller?.Method ?? _frame.Method)
        ?? throw new NotFollowedException(Reasons.NotFollowed(
            constructor.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(), "is made in a way that is not followed"));

    /// <summary>
    /// Executes a constructor as C# does: initialisers of members, then the constructor of the base class, then the body.
    /// </summary>
    private void Construct(IMethodSymbol constructor, ImmutableArray<Value> arguments, Reference instance, Frame caller)
    {
        if (caller.Follows(constructor) || caller.Depth >= MostDeep)
        {
            throw new NotFollowedException(Reasons.NotFollowed(At(constructor).Syntax, "calls itself; recursion is not followed"));
        }

        var frame = new Frame(constructor, _numbers.Next(), null, instance, null, caller);
        _frame = frame;
        foreach (var parameter in constructor.Parameters)
        {
            Assign(parameter, arguments.ElementAtOrDefault(parameter.Ordinal) ?? Value.Null);
        }

        var type = constructor.ContainingType;
        var declaration = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declaration is TypeDeclarationSyntax)
        {
            foreach (var parameter in constructor.Parameters)
            {
                Hold(instance, parameter, State.Variable(frame, parameter)!); // of a primary constructor: other members see it
            }
        }

        var first = _source.Initializer(constructor)?.DescendantsAndSelf().OfType<IInvocationOperation>()
            .FirstOrDefault(i => i.TargetMethod.MethodKind == MethodKind.Constructor);
        bool isChained = first is not null
            && SymbolEqualityComparer.Default.Equals(first.TargetMethod.ContainingType.OriginalDefinition, type);
        if (!isChained)
        {
            InitializeMembers(type, instance);
        }

        var next = first?.TargetMethod.OriginalDefinition ?? BaseConstructor(type, declaration);
        if (first is not null)
        {
            var (given, places) = Arguments(first.Arguments, first.TargetMethod.Parameters.Length);
            if (places.Count > 0)
            {
                throw new NotFollowedException(Reasons.NotFollowed(first.Syntax, "takes arguments by reference, which is not followed"));
            }

            arguments = given;
        }

        if (next is not null && next.ContainingType.DeclaringSyntaxReferences.Length > 0 && Reached is not null)
        {
            Construct(next, first is null ? [] : [.. arguments.Select(Look)], instance, frame);
            _frame = frame;
        }

        if (Reached is not null && _source.Body(constructor) is { } body && body.Syntax is not TypeDeclarationSyntax)
        {
            arguments = [.. constructor.Parameters.Select(p => State.Variable(frame, p) ?? Value.Null)];
            Run(frame, body, constructor.Parameters, arguments, instance, body);
        }
    }

    /// <summary>
    /// The constructor of the base class that is called where none is written; null where it has nothing of ours to execute.
    /// </summary>
    private IMethodSymbol? BaseConstructor(INamedTypeSymbol type, SyntaxNode? declaration)
    {
        if (type.BaseType?.OriginalDefinition is not { DeclaringSyntaxReferences.Length: > 0 } parent)
        {
            return null; // classes of other assemblies do not reach the members of this one
        }

        var constructor = parent.InstanceConstructors.FirstOrDefault(c => c.Parameters.IsEmpty);
        return constructor is not null && declaration is not TypeDeclarationSyntax
            ? constructor
            : throw new NotFollowedException(Reasons.NotFollowed(
                type.DeclaringSyntaxReferences[0].GetSyntax(), "is constructed in a way that is not followed"));
    }

    private void InitializeMembers(INamedTypeSymbol type, Reference instance)
    {
        foreach (var member in type.GetMembers().Where(m => !m.IsStatic))
        {
            bool holds = member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false };
            if (holds && _source.InitialValue(member) is { } initial && Reached is not null)
            {
                Hold(instance, member, Evaluate(initial));
            }
        }
    }

    private void Hold(Reference instance, ISymbol member, Value value)
    {
        if (State.Content(instance) is Instance known)
        {
            State = State.With(instance.Id, known with { Fields = known.Fields.SetItem(member.OriginalDefinition, value) });
        }
    }

    /// <summary>
    /// What is remembered of an argument of a constructor: numbers, modules, arrays of numbers, and functions that see nothing but what
    /// they get.
    /// </summary>
    private Construction? ConstructionOf(
        INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments, IOperation at)
    {
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        var kept = arguments.Select((argument, i) => Look(argument) switch
        {
            Data or This => argument,
            Function function when IsClosed(function) => argument,
            Reference reference when State.Content(reference) is Made or OneOf or Sequence { IsComputed: false }
                && State.Reachable([reference], intoModules: false)
                    .All(id => id == reference.Id || State.Content(new Reference(id)) is Made or OneOf) => argument,
            _ => Before(constructor.Parameters[i].Type, at),
        }).ToImmutableArray();
        var objects = State.Reachable(kept).Where(State.Objects.ContainsKey).ToImmutableDictionary(id => id, id => State.Objects[id]);
        return new Construction(type.OriginalDefinition, constructor.OriginalDefinition, kept, objects);
    }

    /// <summary>Whether a function sees no variables but its own, and no object.</summary>
    private static bool IsClosed(Function function) => function.Body is { } body
        ? body.Descendants().All(o => o switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => false,
            ILocalReferenceOperation local => IsWithin(local.Local, function.Method),
            IParameterReferenceOperation parameter => IsWithin(parameter.Parameter, function.Method),
            IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } => false,
            IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } => false,
            _ => true,
        })
        : function.Instance is null;

    private static bool IsWithin(ISymbol? symbol, IMethodSymbol function)
    {
        for (; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, function))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Rules;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>New objects: their constructors and initialisers are followed.</summary>
internal sealed partial class Machine
{
    private Value Create(IObjectCreationOperation creation)
    {
        var (arguments, places) = Arguments(creation.Arguments, creation.Constructor?.Parameters.Length ?? 0);
        if (Reached is null || creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
        {
            return NotKnown(creation, "is an object that is not followed");
        }

        _site = creation.Syntax;
        if (places.Count > 0)
        {
            HandOver(arguments, creation.Syntax);
            var assigned = NotKnown(creation, "takes arguments by reference, which is not followed");
            places.ForEach(p => Assign(p.Place, assigned, creation));
            return assigned;
        }

        var value = Create(
            type, constructor, [.. arguments.Select(Look)], creation, Sources(creation.Arguments, constructor.Parameters.Length));
        if (creation.Initializer is not null)
        {
            Initialize(value, creation.Initializer);
        }

        return value;
    }

    private void Initialize(Value value, IObjectOrCollectionInitializerOperation initializer)
    {
        _initialized.Push(value);
        foreach (var item in initializer.Initializers)
        {
            switch (item)
            {
                case IMemberInitializerOperation member:
                    Initialize(Look(Evaluate(member.InitializedMember)), member.Initializer);
                    break;
                default:
                    Evaluate(item);
                    break;
            }
        }

        _initialized.Pop();
    }

    /// <summary>x with { … }: a copy with other members, where the compiler writes how it is copied.</summary>
    private Value With(IWithOperation with)
    {
        var value = Look(Evaluate(with.Operand));
        if (value is Unknown || Reached is null)
        {
            return value;
        }

        if (State.Content(value) is not Instance { Type: var type } instance || type.InstanceConstructors.Any(c =>
            !c.IsImplicitlyDeclared && c.Parameters is [var only]
                && SymbolEqualityComparer.Default.Equals(only.Type.OriginalDefinition, type.OriginalDefinition)))
        {
            throw new NotFollowedException(Reasons.NotFollowed(
                with.Syntax, "copies an object in a way that is not followed", "make the object by its constructor"));
        }

        var copy = New(instance);
        if (with.Initializer is { } changes)
        {
            Initialize(copy, changes);
        }

        return copy;
    }

    private Value Create(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments, IObjectCreationOperation at,
        IReadOnlyList<IOperation?> sources)
    {
        if (_source.Contracts.States(constructor))
        {
            Trust(constructor, null, arguments, at, sources);
        }

        if (NewCollection(type, constructor, arguments) is { } collection)
        {
            return collection;
        }

        if (FlowTypes.IsTensor(type) && !(type.DeclaringSyntaxReferences.IsEmpty && type.ContainingAssembly?.Name == "TorchSharp"))
        {
            return NotFollowed(at, null, arguments, "makes a tensor of a class of its own, whose constructor is not followed");
        }

        if (FlowTypes.IsTensor(type))
        {
            // new Parameter(data): the tensor itself, as a leaf of its own in the same memory.
            return arguments.FirstOrDefault() is Unknown before ? before
                : Tensor(arguments.FirstOrDefault() ?? Value.Null) is { } data
                ? data.IsInvariant
                    ? New(data with { Memory = [.. data.Memory.Append(Site()).Distinct().OrderBy(m => m)] })
                    : NotKnown(at, $"makes a parameter of {data}; parameters are invariant, or a fixed direction would be learnt")
                : NotKnown(at, "is a tensor that is not followed");
        }

        if (FlowTypes.IsTorchSharps(type) || type.ContainingAssembly?.Name == "E3Gen.Runtime")
        {
            if (type is { Name: "ModuleList" or "ModuleDict" } && arguments.All(a => a is Data || State.Content(a) is Sequence))
            {
                return Copied(arguments);
            }

            if (type.Name is "Scalar" or "Device")
            {
                return arguments.FirstOrDefault(a => a is Unknown) ?? arguments.FirstOrDefault() ?? Value.Plain;
            }

            return arguments.FirstOrDefault(a => a is Unknown) ?? New(MadeOf(type, constructor, arguments));
        }

        if (arguments.Any(a => a is Function) && type.DeclaringSyntaxReferences.IsEmpty)
        {
            return NotFollowed(at, null, arguments, "makes an object of a function, which is not followed");
        }

        if (Bcl.IsException(type) && type.DeclaringSyntaxReferences.Length > 0 && arguments.Any(a => a is Reference or Function or This))
        {
            return NotFollowed(at, null, arguments, "makes an exception of yours, whose constructor is not followed");
        }

        if (FlowTypes.IsPlain(type) || Bcl.IsException(type))
        {
            return arguments.FirstOrDefault(a => a is Unknown)
                ?? (arguments.All(IsInvariant) ? Value.Plain : NotKnown(at, "is made of a tensor that depends on the frame"));
        }

        if (FlowTypes.IsModule(type))
        {
            bool isKnown = arguments.All(a => IsInvariant(a) || (a is Function function && IsClosed(function)));
            var construction = isKnown ? ConstructionOf(type, constructor, arguments, at) : null;
            var given = arguments.Where(a => a is Reference or Function).ToList();
            if (given.Count > 0)
            {
                HandOver(given, at.Syntax); // its constructor holds on to them
            }

            return isKnown
                ? new This(type, true, construction, _numbers.Next())
                : NotFollowed(at, null, arguments, "makes a module of values that depend on the frame");
        }

        return type is { TypeKind: TypeKind.Class or TypeKind.Struct } && type.DeclaringSyntaxReferences.Length > 0
            && (type.TypeKind == TypeKind.Class || type.IsReadOnly)
            ? CreateInstance(type, constructor, arguments, at)
            : NotFollowed(at, null, arguments, "makes an object that is not followed");
    }

    /// <summary>The modules that are put together by a call: as arguments, in tuples with their names, in arrays.</summary>
    private ImmutableArray<Value> Parts(IEnumerable<Value> arguments) =>
    [
        .. arguments.SelectMany(a => State.Content(a) switch
        {
            Sequence { IsListed: true } sequence => sequence.Elements,
            _ => [a],
        }).Select(p => p is Group { Elements: [_, var module] } ? module : p).Where(p => State.Content(p) is Made or OneOf || p is This),
    ];

    /// <summary>An object of a class of the user's: initialisers and constructor are followed.</summary>
    private Value CreateInstance(INamedTypeSymbol type, IMethodSymbol constructor, ImmutableArray<Value> arguments, IOperation at)
    {
        bool isChained = constructor.DeclaringSyntaxReferences.Any(
            r => r.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.ConstructorDeclarationSyntax { Initializer: not null });
        if (isChained || type.BaseType is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType }
            || _frame.Depth >= MostDeep || _frame.Follows(constructor))
        {
            return NotFollowed(at, null, arguments, "makes an object of a derived class, which is not followed");
        }

        var fields = ImmutableDictionary<ISymbol, Value>.Empty.WithComparers(SymbolEqualityComparer.Default);
        foreach (var parameter in constructor.Parameters)
        {
            // A primary constructor's parameters are seen by all members; of a record they are properties.
            var held = arguments.ElementAtOrDefault(parameter.Ordinal) ?? Value.Null;
            fields = fields.SetItem(parameter.OriginalDefinition, held);
            if (type.IsRecord && type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
            {
                fields = fields.SetItem(property.OriginalDefinition, held);
            }
        }

        var instance = New(new Instance(type, fields));
        if (type.IsValueType && constructor is { IsImplicitlyDeclared: true, Parameters.IsEmpty: true })
        {
            return instance; // new S() is all zeros where S has other constructors: no initialiser runs
        }

        foreach (var member in type.GetMembers()
            .Where(m => !m.IsStatic && m is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false }))
        {
            if (_source.InitialValue(member) is { } operation)
            {
                var frame = new Frame(constructor, _numbers.Next(), null, instance, at.Syntax, _frame);
                var caller = _frame;
                _frame = frame;
                foreach (var parameter in constructor.Parameters)
                {
                    Assign(parameter, arguments.ElementAtOrDefault(parameter.Ordinal) ?? Value.Null);
                }

                var value = Evaluate(operation);
                _frame = caller;
                if (State.Content(instance) is Instance made)
                {
                    State = State.With(
                        ((Reference)instance).Id, made with { Fields = made.Fields.SetItem(member.OriginalDefinition, value) });
                }
            }
        }

        if (_source.Body(constructor) is { } body)
        {
            Run(new Frame(constructor, _numbers.Next(), null, instance, at.Syntax, _frame), body, constructor.Parameters, arguments,
                instance, at);
        }

        return instance;
    }
}

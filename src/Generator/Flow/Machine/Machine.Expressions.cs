using System.Collections.Immutable;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Expressions.</summary>
internal sealed partial class Machine
{
    private readonly Stack<Value> _conditionalInstances = new();
    private readonly Stack<Value> _initialized = new();

    public Value Evaluate(IOperation? operation)
    {
        var value = Result(operation);
        if (_guarded > 0 && operation is not null && MayThrow(operation) && Look(value) is Unknown unknown)
        {
            Effect(Reasons.Branch(operation.Syntax, unknown)); // what is caught decides
        }

        return value;
    }

    /// <summary>Whether an operation may throw for some values of its operands and not for others.</summary>
    private static bool MayThrow(IOperation operation) => operation switch
    {
        IInvocationOperation call => !FlowTypes.IsTorch(call.TargetMethod) || FlowTypes.IsTensor(call.Type), // reading out a number does not
        IBinaryOperation binary => binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder,
        IArrayCreationOperation or IArrayElementReferenceOperation => true,
        IConversionOperation conversion => conversion.IsChecked,
        _ => false,
    };

    private Value Result(IOperation? operation)
    {
        if (operation is null || Reached is null)
        {
            return Value.Null;
        }

        Step();
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant is null ? Value.Null : Constant(constant, operation.Type);
        }

        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);
            case IDefaultValueOperation:
                return operation.Type is { IsReferenceType: false, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } ? Value.Plain : Value.Null;
            case ILocalReferenceOperation local:
                return Variable(local.Local, operation);
            case IParameterReferenceOperation parameter:
                return Parameter(parameter.Parameter, operation);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }:
                return _initialized.Peek();
            case IInstanceReferenceOperation:
                return ThisObject() ?? NotKnown(operation, "is an object of which nothing is known");
            case IFieldReferenceOperation field:
                return Field(field);
            case IPropertyReferenceOperation property:
                return Property(property);
            case IArrayElementReferenceOperation element:
                return ElementAt(Look(Evaluate(element.ArrayReference)), [.. element.Indices.Select(Evaluate)], element);
            case IImplicitIndexerReferenceOperation element:
                return ElementAt(Look(Evaluate(element.Instance)), [Evaluate(element.Argument)], element);
            case IConversionOperation conversion:
                return Conversion(conversion);
            case ITupleOperation tuple:
                return new Group([.. tuple.Elements.Select(Evaluate)]);
            case IBinaryOperation binary:
                return Binary(binary);
            case IUnaryOperation unary:
                return Unary(unary);
            case ITupleBinaryOperation binary:
                return Plain(binary, [Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand)]);
            case ISimpleAssignmentOperation { IsRef: true } alias:
                throw new NotFollowedException(Reasons.NotFollowed(alias.Syntax, "is another name for a variable, which is not followed", "use the variable itself"));
            case ISimpleAssignmentOperation assignment:
                return AssignSimple(assignment);
            case ICompoundAssignmentOperation compound:
                return AssignCompound(compound);
            case ICoalesceAssignmentOperation coalesce:
                return AssignCoalesce(coalesce);
            case IIncrementOrDecrementOperation increment:
                if (increment.OperatorMethod is not null)
                {
                    throw new NotFollowedException(Reasons.NotFollowed(increment.Syntax, "is an operator that is not followed"));
                }

                var counted = Plain(increment, [Evaluate(increment.Target)]);
                Assign(increment.Target, counted, increment);
                return counted;
            case IDeconstructionAssignmentOperation deconstruction:
                var parts = Evaluate(deconstruction.Value);
                Deconstruct(deconstruction.Target, parts, deconstruction);
                return parts;
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression);
            case IConditionalOperation conditional:
                return Choose(conditional);
            case ICoalesceOperation coalesce:
                return Coalesce(coalesce);
            case IConditionalAccessOperation access:
                return ConditionalAccess(access);
            case IConditionalAccessInstanceOperation:
                return _conditionalInstances.Peek();
            case IAnonymousFunctionOperation lambda:
                return KeepsLoopVariable(lambda)
                    ? NotKnown(operation, "is a function that keeps a variable of a loop, of which there is one for each turn", "write a method that takes the value")
                    : new Function(lambda.Symbol, lambda.Body, _frame, null);
            case IDelegateCreationOperation creation:
                return Evaluate(creation.Target);
            case IMethodReferenceOperation method:
                return MethodReference(method);
            case IIsTypeOperation test:
                return Plain(test, [Evaluate(test.ValueOperand)]);
            case IIsPatternOperation test:
                return IsPattern(test);
            case ISwitchExpressionOperation choice:
                return SwitchExpression(choice);
            case IThrowOperation thrown:
                Throw(thrown);
                return Value.Null;
            case IInterpolatedStringOperation text:
                return Plain(text, [.. text.Parts.OfType<IInterpolationOperation>().Select(p => Evaluate(p.Expression))]);
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or IUtf8StringOperation:
                return Value.Plain;
            case IDiscardOperation:
                return Value.Plain;
            case IRangeOperation range:
                return new IndexItem(IndexItemKind.Slice, range.LeftOperand is null ? null : Evaluate(range.LeftOperand), range.RightOperand is null ? null : Evaluate(range.RightOperand));
            case IArrayCreationOperation array:
                return Array(array);
            case ICollectionExpressionOperation collection:
                return Collection(collection);
            case IObjectCreationOperation creation:
                return Create(creation);
            case IInvocationOperation invocation:
                return Invoke(invocation);
            case IInvalidOperation or { Type.TypeKind: TypeKind.Error }:
                return NotKnown(Reasons.NotFollowed(operation.Syntax, "does not compile") with { IsReportedElsewhere = true });
            case IAnonymousObjectCreationOperation or IWithOperation:
                throw new NotFollowedException(Reasons.NotFollowed(operation.Syntax, "makes an object in a way that is not followed", "use a tuple, or make the object by its constructor"));
            default:
                foreach (var child in operation.ChildOperations)
                {
                    HandOver([Evaluate(child)], operation.Syntax);
                }

                return NotKnown(operation, "is an expression that is not followed", null);
        }
    }

    /// <summary>A plain value that is made of others: invariant if all that they lead to is.</summary>
    private Value Plain(IOperation at, IReadOnlyList<Value> of)
    {
        foreach (var value in of.Select(Look))
        {
            if (WhyUnknown(value) is { } unknown)
            {
                return unknown;
            }

            if (value is Function)
            {
                HandOver(of, at.Syntax);
                return NotKnown(at, "makes something of a function, which is not followed");
            }

            if (!IsInvariant(value))
            {
                return NotKnown(Reasons.CannotVerify(at.Syntax, ExpressionText.Of(at.Syntax), Tensor(value)));
            }
        }

        return Value.Plain;
    }

    private static Value Constant(object constant, ITypeSymbol? type)
    {
        if (type is { TypeKind: TypeKind.Enum, Name: "ScalarType" })
        {
            string? name = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant))?.Name;
            return new Data(constant, null, DType: KindOf(name));
        }

        return Data.Of(constant);
    }

    /// <summary>What numbers of a data type are, by its name.</summary>
    private static NumberKind KindOf(string? name) => name switch
    {
        "Float16" or "Float32" or "Float64" or "BFloat16" or "float16" or "float32" or "float64" or "bfloat16" or "half" or "@double" or "double" or "@float" or "float" => NumberKind.Float,
        "Bool" or "bool" or "@bool" => NumberKind.Truth,
        "Byte" or "Int8" or "Int16" or "Int32" or "Int64" or "uint8" or "int8" or "int16" or "int32" or "int64" or "@short" or "@int" or "@long" or "short" or "int" or "long" => NumberKind.Whole,
        _ => NumberKind.Unknown,
    };

    private Value? ThisObject()
    {
        for (var frame = _frame; frame is not null; frame = frame.Around)
        {
            if (frame.Instance is not null)
            {
                return frame.Instance;
            }
        }

        return null;
    }

    private Value Variable(ISymbol symbol, IOperation at) => State.Variable(_frame, symbol) is { } value ? Used(value, at) : NotKnown(at, "has a value that is not followed");

    /// <summary>The value of a variable where it is used. That it is one thing or another is reported there, where its name stands, and not where the paths met.</summary>
    private Value Used(Value value, IOperation at) => State.Content(value) is Lost { Because: { Rule.Id: var id, Arguments: [_, var x, var y] } because } && id == FlowRules.Ambiguous.Id
        ? NotKnown(because with { At = at.Syntax, Arguments = [ExpressionText.Of(at.Syntax), x, y] })
        : Look(value);

    private Value Parameter(IParameterSymbol parameter, IOperation at) =>
        State.Variable(_frame, parameter) is { } value ? Used(value, at)
        : parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !_frame.Follows(constructor) ? PrimaryParameter(parameter, at)
        : NotKnown(at, "has a value that is not followed");

    private Value Choose(IConditionalOperation conditional)
    {
        bool? constant = Condition(conditional.Condition);
        if (constant is { } known)
        {
            return Evaluate(known ? conditional.WhenTrue : conditional.WhenFalse);
        }

        var before = State;
        var first = Evaluate(conditional.WhenTrue);
        var after = Reached;
        Reached = before;
        var second = Evaluate(conditional.WhenFalse);
        return Both(after, first, Reached, second, conditional.Syntax);
    }

    /// <summary>Either of two values, each with the state that it was computed in.</summary>
    private Value Both(State? a, Value x, State? b, Value y, SyntaxNode at)
    {
        if (a is null || b is null)
        {
            Reached = a ?? b;
            return a is null ? y : x;
        }

        var (state, value) = new Join(Here(at), _numbers).Of(a, x, b, y);
        Reached = state;
        return value;
    }

    private Value Coalesce(ICoalesceOperation coalesce)
    {
        var value = Look(Evaluate(coalesce.Value));
        if (value is Data { IsNull: true })
        {
            return Evaluate(coalesce.WhenNull);
        }

        // An object may be null on one of the paths that led here, or be an argument that nobody passed: both ways are followed.
        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(coalesce.Value.Syntax, unknown));
        }

        var before = State;
        var other = Evaluate(coalesce.WhenNull);
        return Both(before, value, Reached, other, coalesce.Syntax);
    }

    private Value ConditionalAccess(IConditionalAccessOperation access)
    {
        var instance = Look(Evaluate(access.Operation));
        if (instance is Data { IsNull: true })
        {
            return instance;
        }

        _conditionalInstances.Push(instance);
        var before = State;
        var value = Evaluate(access.WhenNotNull);
        _conditionalInstances.Pop();
        return Both(before, instance is Unknown ? value : Value.Null, Reached, value, access.Syntax); // of null nothing is done
    }

    /// <summary>Whether a lambda that may outlive a turn of a loop uses what is declared within the loop: each turn has its own, which is not followed.</summary>
    private static bool KeepsLoopVariable(IAnonymousFunctionOperation lambda)
    {
        IOperation use = lambda;
        while (use.Parent is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
        {
            use = use.Parent;
        }

        if (use.Parent is IArgumentOperation { Parent: IInvocationOperation call } && !(call.TargetMethod.ContainingNamespace?.Name is "Generic" or "Collections"))
        {
            return false; // called at once
        }

        var loops = new List<ILoopOperation>();
        for (var parent = lambda.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation loop)
            {
                loops.Add(loop);
            }
        }

        return loops.Count > 0 && lambda.Body.Descendants().OfType<ILocalReferenceOperation>().Any(l =>
            loops.Any(loop => l.Local.DeclaringSyntaxReferences.Any(r => loop.Syntax.Span.Contains(r.Span))) && !l.Local.DeclaringSyntaxReferences.Any(r => lambda.Syntax.Span.Contains(r.Span)));
    }

    private Value MethodReference(IMethodReferenceOperation method)
    {
        var instance = method.Instance is null ? null : Look(Evaluate(method.Instance));
        if (method.Method.MethodKind != MethodKind.LocalFunction)
        {
            return new Function(method.Method, null, _frame, instance);
        }

        return new Function(method.Method, _source.Body(method.Method), LocalFrame(method.Method), null);
    }

    /// <summary>The call in which a local function is declared.</summary>
    private Frame LocalFrame(IMethodSymbol function)
    {
        for (var frame = _frame; frame is not null; frame = frame.Around)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Method, function.ContainingSymbol.OriginalDefinition))
            {
                return frame;
            }
        }

        return _frame;
    }

    private Value Conversion(IConversionOperation conversion)
    {
        var operand = Look(Evaluate(conversion.Operand));
        if (operand is Data { IsNull: false } data && conversion.OperatorMethod is null && !conversion.IsImplicit
            && conversion.Type?.SpecialType is >= SpecialType.System_Char and <= SpecialType.System_Double)
        {
            // A cast may cut off what stands behind the point, or what is too large.
            bool isWide = conversion.Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32 && data.Constant is null or int or long && data.Extent is not null;
            return isWide ? new Data(null, data.Extent) : Value.Plain;
        }

        if (operand is Unknown || conversion.OperatorMethod is not { } method)
        {
            return operand;
        }

        return method.ContainingNamespace is { Name: "System" } or null
            ? operand // Index, Range, Span: the same value
            : Call(method, null, [operand], conversion, [conversion.Operand]);
    }

    private Value Binary(IBinaryOperation binary)
    {
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr && binary.OperatorMethod is null)
        {
            bool and = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
            bool? left = Condition(binary.LeftOperand);
            if (left is { } known)
            {
                return known == and ? Evaluate(binary.RightOperand) : Data.Of(known);
            }

            var before = State;
            var right = Evaluate(binary.RightOperand);
            return Both(before, Value.Plain, Reached, Plain(binary, [right]), binary.Syntax);
        }

        var (x, y) = (Look(Evaluate(binary.LeftOperand)), Look(Evaluate(binary.RightOperand)));
        if (binary.OperatorMethod is { } method && method.ContainingNamespace?.Name != "System")
        {
            return Call(method, null, [Look(x), Look(y)], binary, [binary.LeftOperand, binary.RightOperand]);
        }

        if (x is Data { Extent: { } a } && y is Data { Extent: { } b } && binary.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
        {
            var extent = ((Data)x, (Data)y, binary.OperatorKind) switch
            {
                (_, _, BinaryOperatorKind.Multiply) => ((Data)x).Extent is { } p && ((Data)y).Extent is { } q ? Extent.Product(p, q) : null,
                ({ Extent: { } p }, { Extent: { } q }, BinaryOperatorKind.Divide) => Extent.Quotient(p, q),
                ({ Extent.Known: { } p }, { Extent.Known: { } q }, BinaryOperatorKind.Add) when Math.Abs(p) < int.MaxValue && Math.Abs(q) < int.MaxValue => Extent.Of(p + q),
                ({ Extent.Known: { } p }, { Extent.Known: { } q }, BinaryOperatorKind.Subtract) when Math.Abs(p) < int.MaxValue && Math.Abs(q) < int.MaxValue => Extent.Of(p - q),
                _ => null,
            };
            return extent is null ? Value.Plain : new Data(null, extent);
        }

        // Comparisons with null ask whether something is there.
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && (x is Data { IsNull: true } || y is Data { IsNull: true }))
        {
            var other = x is Data { IsNull: true } ? y : x;
            return other is Unknown ? other
                : other is Data { IsNull: true } ? Data.Of(binary.OperatorKind == BinaryOperatorKind.Equals) : Value.Plain;
        }

        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && x is Reference or This or Function && y is Reference or This or Function)
        {
            return Value.Plain; // whether they are one object
        }

        return Plain(binary, [x, y]);
    }

    private Value Unary(IUnaryOperation unary)
    {
        var x = Look(Evaluate(unary.Operand));
        if (x is Unknown)
        {
            return x;
        }

        if (unary.OperatorMethod is { } method && method.ContainingNamespace?.Name != "System")
        {
            return Call(method, null, [x], unary, [unary.Operand]);
        }

        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Hat => new IndexItem(IndexItemKind.FromEnd, x),
            UnaryOperatorKind.Minus when x is Data { Extent.Known: { } number and > int.MinValue } => Data.Of((object)-number),
            UnaryOperatorKind.Not when x is Data { Constant: bool truth } => Data.Of(!truth),
            UnaryOperatorKind.Plus => x,
            _ => Plain(unary, [x]),
        };
    }

    private Value IsPattern(IIsPatternOperation test)
    {
        var value = Look(Evaluate(test.Value));
        return Match(test.Pattern, value, test.Value);
    }

    /// <summary>Tries a pattern: what it decides must be invariant.</summary>
    private Value Match(IPatternOperation pattern, Value value, IOperation of)
    {
        value = Look(value);
        switch (pattern)
        {
            case IDeclarationPatternOperation { MatchesNull: false } or ITypePatternOperation or IRecursivePatternOperation when value is Data { IsNull: true }:
                return Data.Of(false); // null is of no type
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                Assign(declared, value);
                return value is Unknown ? value : Value.Plain;
            case IDeclarationPatternOperation or ITypePatternOperation or IDiscardPatternOperation:
                return value is Unknown ? value : Value.Plain;
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } }:
                return value is Unknown ? value : value is Data { IsNull: true } ? Data.Of(true) : Value.Plain; // an object may be null on some path
            case INegatedPatternOperation negated:
                var inner = Match(negated.Pattern, value, of);
                return inner is Data { Constant: bool truth } ? Data.Of(!truth) : inner;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive:
                if (recursive.DeclaredSymbol is { } symbol)
                {
                    Assign(symbol, value);
                }

                return value is Unknown ? value : Value.Plain;
            case IConstantPatternOperation or IRelationalPatternOperation or IBinaryPatternOperation when !pattern.Descendants().Any(d => d is IDeclarationPatternOperation or IRecursivePatternOperation or IListPatternOperation):
                return value is Data { Constant: { } x } && pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: { } y } }
                    ? Data.Of(Equals(x, y))
                    : Plain(pattern, [value]);
            default:
                foreach (var declared in pattern.DescendantsAndSelf().OfType<IPatternOperation>().Select(Declared).OfType<ISymbol>())
                {
                    Assign(declared, NotKnown(of, "is taken apart by a pattern that is not followed", "take it apart by members or indices"));
                }

                return IsInvariant(value) ? Value.Plain : NotKnown(of, "is matched by a pattern that is not followed");
        }
    }

    private static ISymbol? Declared(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    };

    private void Decide(Value value, IOperation of)
    {
        value = Look(value);
        if (value is Unknown unknown)
        {
            Effect(Reasons.Branch(of.Syntax, unknown));
        }
    }

    private Value SwitchExpression(ISwitchExpressionOperation choice)
    {
        var value = Evaluate(choice.Value);
        var before = Reached;
        State? after = null;
        Value? result = null;
        foreach (var arm in choice.Arms)
        {
            Reached = before;
            var matched = Match(arm.Pattern, value, choice.Value);
            if (matched is Unknown unknown)
            {
                Effect(Reasons.Branch(choice.Value.Syntax, unknown));
            }

            if (matched is Data { Constant: false })
            {
                continue;
            }

            if (arm.Guard is not null)
            {
                Condition(arm.Guard);
                before = Merge(before, Reached, arm.Syntax); // where the guard fails, what it did remains
            }

            var one = Evaluate(arm.Value);
            if (Reached is null)
            {
                continue;
            }

            result = result is null ? one : Both(after, result, Reached, one, choice.Syntax);
            after = Reached;
            if (matched is Data { Constant: true } && arm.Guard is null)
            {
                break;
            }
        }

        Reached = after;
        return result ?? Value.Null;
    }
}

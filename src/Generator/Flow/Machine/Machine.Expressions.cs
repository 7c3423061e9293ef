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
                return Constants.Default(operation.Type);
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
                throw new NotFollowedException(Reasons.NotFollowed(
                    alias.Syntax, "is another name for a variable, which is not followed", "use the variable itself"));
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

                return Count(increment);
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
                return new Function(lambda.Symbol, lambda.Body, _frame, null);
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
                return new IndexItem(IndexItemKind.Slice, range.LeftOperand is null ? null : Evaluate(range.LeftOperand),
                    range.RightOperand is null ? null : Evaluate(range.RightOperand));
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
            case IWithOperation with:
                return With(with);
            case IAnonymousObjectCreationOperation:
                throw new NotFollowedException(Reasons.NotFollowed(operation.Syntax, "makes an object in a way that is not followed",
                    "use a tuple, or make the object by its constructor"));
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

            if (State.Content(value) is Instance
                && at is IInterpolatedStringOperation or IBinaryOperation { Type.SpecialType: SpecialType.System_String })
            {
                return NotFollowed(at, null, [value], "writes an object of yours as text, by a method that is not followed");
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
        if (type is { TypeKind: TypeKind.Enum, Name: "ScalarType" } && FlowTypes.IsTorchSharps(type))
        {
            string? name = type.GetMembers().OfType<IFieldSymbol>()
                .FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant))?.Name;
            return new Data(constant, null, DType: KindOf(name));
        }

        return Data.Of(constant);
    }

    /// <summary>
    /// What numbers of a data type are, by its name. Nothing is known of bytes: they have no sign, so that conversion to them is no odd
    /// function, and as an index they are a mask.
    /// </summary>
    private static NumberKind KindOf(string? name) => name switch
    {
        "Float16" or "Float32" or "Float64" or "BFloat16" or "float16" or "float32" or "float64" or "bfloat16" or "half" or "@double"
            or "double" or "@float" or "float" => NumberKind.Float,
        "Bool" or "bool" or "@bool" => NumberKind.Truth,
        "Int8" or "Int16" or "Int32" or "Int64" or "int8" or "int16" or "int32" or "int64" or "@short" or "@int" or "@long" or "short"
            or "int" or "long" => NumberKind.Whole,
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

    private Value Variable(ISymbol symbol, IOperation at) =>
        State.Variable(_frame, symbol) is { } value ? Used(value, at) : NotKnown(at, "has a value that is not followed");

    /// <summary>
    /// The value of a variable where it is used. That it is one thing or another is reported there,
    /// where its name stands, and not where the paths met.
    /// </summary>
    private Value Used(Value value, IOperation at) =>
        State.Content(value) is Lost { Because: { Rule.Id: var id, Arguments: [_, var x, var y] } because } && id == FlowRules.Ambiguous.Id
        ? NotKnown(because with { At = at.Syntax, Arguments = [ExpressionText.Of(at.Syntax), x, y] })
        : Look(value);

    private Value Parameter(IParameterSymbol parameter, IOperation at) =>
        State.Variable(_frame, parameter) is { } value ? Used(value, at)
        : parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !_frame.Follows(constructor)
            ? PrimaryParameter(parameter, at)
        : NotKnown(at, "has a value that is not followed");

    private Value Conversion(IConversionOperation conversion)
    {
        var operand = Look(Evaluate(conversion.Operand));
        if (operand is Group && conversion.Type is { } converted && conversion.Operand.Type is { } tuple
            && _source.ConvertsByOperator(tuple, converted))
        {
            return NotFollowed(conversion, null, [operand], "converts parts of a tuple by an operator, which is not followed");
        }

        if (operand is Unknown)
        {
            return operand;
        }

        bool isText = operand is Data { Constant: string }
            && conversion.OperatorMethod?.ContainingType is { Name: "Irreps", ContainingAssembly.Name: "E3Gen.Algebra" };
        return isText ? operand
            : conversion.OperatorMethod is { } method && !FlowTypes.IsBasic(method)
                ? Call(method, null, [operand], conversion, [conversion.Operand])
                : Constants.Converted(operand, conversion.Operand.Type, conversion.Type); // Index, Range, Span: the same value
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
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
        {
            return NotFollowed(binary, null, [x, y], "asks operators of yours, true or false, which is not followed");
        }

        if (binary.OperatorMethod is { } method && !FlowTypes.IsBasic(method))
        {
            return Call(method, null, [Look(x), Look(y)], binary, [binary.LeftOperand, binary.RightOperand]);
        }

        if (binary.OperatorMethod is null
            && Constants.Operation(binary.OperatorKind, x, binary.LeftOperand.Type, y, binary.RightOperand.Type, binary.Type) is { } number)
        {
            return number;
        }

        // Comparisons with null ask whether something is there.
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            && (x is Data { IsNull: true } || y is Data { IsNull: true }))
        {
            var other = x is Data { IsNull: true } ? y : x;
            return other is Unknown ? other
                : other is Data { IsNull: true } ? Data.Of(binary.OperatorKind == BinaryOperatorKind.Equals) : Value.Plain;
        }

        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && x is Reference or This or Function
            && y is Reference or This or Function)
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

        if (unary.OperatorMethod is { } method && !FlowTypes.IsBasic(method))
        {
            return Call(method, null, [x], unary, [unary.Operand]);
        }

        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Hat => new IndexItem(IndexItemKind.FromEnd, x),
            _ when unary.OperatorMethod is null && x is Data { Constant: { } constant } =>
                Constants.Unary(unary.OperatorKind, constant, unary.Type) is { } result ? Data.Of(result) : Value.Plain,
            UnaryOperatorKind.Plus => x,
            _ => Plain(unary, [x]),
        };
    }
}

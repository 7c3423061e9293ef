using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Operations that may throw for some numbers and not for others. A number that depends on the frame then decides whether the method continues:
/// inside a block that catches exceptions this is a branch; elsewhere one run throws and the other does not.
/// </summary>
internal sealed partial class Machine
{
    /// <summary>A number, text or flag that depends on the frame, perhaps, among those that the expression at hand is made of.</summary>
    private Unknown? _dependent;

    public Value Evaluate(IOperation? operation)
    {
        var outer = _dependent;
        _dependent = null;
        var value = Constants.Typed(Result(operation), operation?.Type);
        var unknown = Look(value) as Unknown;
        if (operation is not null && MayThrow(operation))
        {
            if (_guarded > 0 && unknown is not null)
            {
                Effect(Reasons.Branch(operation.Syntax, unknown)); // what is caught decides
            }
            else if (_dependent is { } given)
            {
                Effect(given);
            }
        }

        _dependent = unknown is { IsSize: false } && operation is not null && IsNumber(operation.Type) ? unknown : outer;
        return value;
    }

    /// <summary>Collections are no numbers: how long one is was decided where it was made.</summary>
    private static bool IsNumber(ITypeSymbol? type) =>
        FlowTypes.IsPlain(type) && (type!.SpecialType == SpecialType.System_String || Elements.ElementOf(type) is null);

    /// <summary>
    /// Whether an operation may throw for some values of its operands and not for others:
    /// everything may that is not known to be a function of all values.
    /// </summary>
    private bool MayThrow(IOperation operation) => operation switch
    {
        { ConstantValue.HasValue: true } => false,
        IInvocationOperation call => CallMayThrow(call),
        IBinaryOperation binary =>
            OperatorMayThrow(binary.OperatorKind, binary.Type, binary.RightOperand, binary.OperatorMethod, binary.IsChecked),
        ICompoundAssignmentOperation compound => OperatorMayThrow(
            compound.OperatorKind, compound.Type, compound.Value, compound.OperatorMethod, compound.IsChecked)
            || compound.InConversion.IsUserDefined || compound.OutConversion.IsUserDefined,
        IIncrementOrDecrementOperation increment =>
            increment.IsChecked || increment.OperatorMethod is not null || IsDecimal(increment.Type),
        IUnaryOperation unary => unary.IsChecked || unary.OperatorKind == UnaryOperatorKind.Hat
            || (unary.OperatorMethod is { } method && !IsFollowed(method) && !FlowTypes.IsTorch(method)),
        IConversionOperation conversion => ConversionMayThrow(conversion),
        IPropertyReferenceOperation property => PropertyMayThrow(property),
        IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation => true,
        IArrayCreationOperation array => array.Initializer is null,
        IObjectCreationOperation creation => creation.Arguments.Length > 0 && creation.Type is { } type && !Bcl.IsException(type)
            && type.DeclaringSyntaxReferences.IsEmpty && !IsWrapper(type),
        IParenthesizedOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation
            or IFieldReferenceOperation or IDefaultValueOperation or ITupleOperation or ITupleBinaryOperation
            or ISimpleAssignmentOperation or ICoalesceAssignmentOperation or IDeconstructionAssignmentOperation
            or IDeclarationExpressionOperation or IDiscardOperation or IConditionalOperation or ICoalesceOperation
            or IConditionalAccessOperation or IConditionalAccessInstanceOperation or IAnonymousFunctionOperation
            or IDelegateCreationOperation or IMethodReferenceOperation or IIsTypeOperation or IIsPatternOperation
            or ISwitchExpressionOperation or IThrowOperation or IInterpolatedStringOperation or INameOfOperation
            or ITypeOfOperation or ISizeOfOperation or IUtf8StringOperation or IRangeOperation or ICollectionExpressionOperation
            or IInvalidOperation => false,
        _ => true,
    };

    /// <summary>
    /// Built-in operations on texts, flags and numbers throw only on division by zero,
    /// or on overflow in a checked context.
    /// </summary>
    private bool OperatorMayThrow(BinaryOperatorKind kind, ITypeSymbol? type, IOperation right, IMethodSymbol? method, bool isChecked)
    {
        if (method is not null && !IsDecimal(type)
            && method.ContainingType.SpecialType is not (SpecialType.System_String or SpecialType.System_Delegate))
        {
            return !FlowTypes.IsTorch(method) && !IsFollowed(method);
        }

        bool isFloat = Constants.Underlying(type)?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;
        bool divides = kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder;
        bool byNumber = right.ConstantValue is { HasValue: true, Value: not null and not 0 and not 0L and not -1 and not -1L };
        return IsDecimal(type) || (isChecked && !isFloat) || (divides && !isFloat && !byNumber);
    }

    private static bool IsDecimal(ITypeSymbol? type) => Constants.Underlying(type)?.SpecialType == SpecialType.System_Decimal;

    private bool ConversionMayThrow(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method)
        {
            // Reading out a number of a tensor, or giving one to it, does not.
            bool isExact = method.ContainingType.SpecialType == SpecialType.System_Decimal && conversion.IsImplicit;
            return !FlowTypes.IsTorch(method) && !isExact && !IsFollowed(method) && !IsWrapper(method.ContainingType);
        }

        bool isFromDecimal = IsDecimal(conversion.Operand.Type) != IsDecimal(conversion.Type);
        bool isLess = !conversion.IsImplicit && conversion.Operand.Type is { } from && conversion.Type is { } to
            && Constants.IsNullable(from) && !Constants.IsNullable(to);
        return conversion.IsChecked || isLess || (isFromDecimal && !conversion.IsImplicit);
    }

    private bool PropertyMayThrow(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        return !FlowTypes.IsTorch(property) && property.DeclaringSyntaxReferences.IsEmpty
            && (property.IsIndexer
                || property is { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T });
    }

    private bool CallMayThrow(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (FlowTypes.IsTorch(method))
        {
            // Shapes are the same in all frames: what may fail is a number that says which axis, which entry, how many.
            return FlowTypes.IsTensor(call.Type) && (_guarded > 0 || call.Arguments.Any(a => IsWhole(a.Parameter?.Type)));
        }

        return _guarded > 0 || (!FlowTypes.IsRuntime(method) && !IsFollowed(method) && !Bcl.IsTotal(method));
    }

    private static bool IsWhole(ITypeSymbol? type) =>
        Constants.Underlying(type is IArrayTypeSymbol array ? array.ElementType : type)?.SpecialType is >= SpecialType.System_SByte
            and <= SpecialType.System_UInt64;

    /// <summary>Whether what a method does is seen in its own code.</summary>
    private bool IsFollowed(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction || _source.Contracts.States(method) || _source.CanFollow(method, null);

    private static bool IsWrapper(ITypeSymbol type) => FlowTypes.IsTorchSharps(type)
        || (type is { Name: "Nullable" or "ReadOnlySpan" or "Span" or "KeyValuePair" or "ValueTuple" } && FlowTypes.IsFramework(type));
}

using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps of every expression of a block, and what is wrong where a known value reaches a place that wants others. This half: expressions and assignments.</summary>
internal sealed partial class ExpressionTyper
{
    private readonly FlowContext _context;
    private readonly MethodFlow _flow;
    private readonly FlowPurpose _purpose;
    private readonly TensorRules _rules;
    private readonly TensorTyper _tensors;
    private FlowState _state = FlowState.Empty;

    public ExpressionTyper(FlowContext context, MethodFlow flow, FlowPurpose purpose)
    {
        (_context, _flow, _purpose) = (context, flow, purpose);
        _rules = new TensorRules(Report, Doubt);
        _tensors = new TensorTyper(_rules, Settle, Doubt, dataIsInvariant: context.IsChecked);
    }

    /// <summary>Runs through a block.</summary>
    /// <returns>What is known at its end, and of the value that it returns, if it does.</returns>
    public (FlowState After, IrrepsValue? Returned) Visit(BasicBlock block, FlowState state)
    {
        _state = state;
        foreach (var operation in block.Operations)
        {
            Type(operation);
        }

        if (block.BranchValue is not { } value)
        {
            return (_state, null);
        }

        var typed = Type(value);
        if (block.FallThroughSuccessor?.Semantics != ControlFlowBranchSemantics.Return || block.ConditionKind != ControlFlowConditionKind.None)
        {
            return (_state, null);
        }

        if (_context.Annotations.Result(_flow.Function) is { } wanted && !WellKnown.IsGenerated(_flow.Function))
        {
            Check(FlowRules.Return, Annotations.NameOf(_flow.Function), wanted, typed, value);
        }

        return (_state, typed);
    }

    private IrrepsValue Type(IOperation? operation)
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case null:
                return IrrepsValue.Unknown;
            case not null when !StackGuard.HasRoom():
                Doubt(operation.Syntax);
                return IrrepsValue.Unknown;
            case { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation:
                return IrrepsValue.Nothing;
            case IExpressionStatementOperation statement:
                return Type(statement.Operation);
            case IFlowCaptureOperation capture:
                _state = _state.With(FlowState.Key(capture.Id), Type(capture.Value));
                return IrrepsValue.Unknown;
            case IFlowCaptureReferenceOperation reference:
                return _state[FlowState.Key(reference.Id)];
            case ILocalReferenceOperation local:
                return Variable(local.Local);
            case IParameterReferenceOperation parameter:
                return Annotations.IsMember(parameter.Parameter, _flow.Callers) ? Member(parameter.Parameter, parameter.Type) : Variable(parameter.Parameter);
            case IFieldReferenceOperation { Instance: { } instance } field when field.Field.ContainingType.IsTupleType:
                return TupleElement(Type(instance), field.Field);
            case IFieldReferenceOperation field:
                Type(field.Instance);
                return Member(field.Field, field.Type);
            case IPropertyReferenceOperation property:
                return Property(property);
            case IArrayElementReferenceOperation element:
                return ArrayElement(Type(element.ArrayReference), element.Indices);
            case IConversionOperation conversion:
                return Conversion(conversion);
            case IParenthesizedOperation parenthesized:
                return Type(parenthesized.Operand);
            case IAwaitOperation awaited:
                return Type(awaited.Operation);
            case ITupleOperation tuple:
                return new Group([.. tuple.Elements.Select(Type)]);
            case IArrayCreationOperation or ICollectionExpressionOperation when TensorAxesReader.Elements(operation) is { } elements:
                return new Group([.. elements.Select(Type)]);
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment.Target, Type(assignment.Value), assignment.Value);
            case ICompoundAssignmentOperation compound when FlowTypes.IsTensor(compound.Target.Type):
                return Assign(compound.Target, Operator(compound.OperatorKind, compound.Target, compound.Value, compound), compound);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction.Target, Type(deconstruction.Value), deconstruction.Value);
            case IBinaryOperation binary when FlowTypes.IsTensor(binary.Type):
                return Operator(binary.OperatorKind, binary.LeftOperand, binary.RightOperand, binary);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus or UnaryOperatorKind.Plus } sign:
                return Settle(Type(sign.Operand));
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation or IRecursivePatternOperation { DeconstructionSubpatterns: [], PropertySubpatterns: [] } } test
                when Writes.Declared(test.Pattern) is { } declared:
                return Assign(declared, Type(test.Value));
            case IPatternOperation pattern when Writes.Declared(pattern) is { } declared:
                Children(operation);
                return Assign(declared, IrrepsValue.Unknown);
            case IInvocationOperation invocation:
                return Invoke(invocation);
            case IObjectCreationOperation creation:
                Arguments(creation.Arguments, creation.Constructor, creation);
                return IrrepsValue.Unknown;
            default:
                Children(operation);
                return IrrepsValue.Unknown;
        }
    }

    private void Children(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            Type(child);
        }
    }

    private IrrepsValue Variable(ISymbol symbol) => _context.Variables.IsTracked(symbol) ? _state[FlowState.Key(symbol)] : IrrepsValue.Unknown;

    /// <summary>A field or property carries what it declares; a parameter of the module without irreps is learnt, but no rotation changes it.</summary>
    private IrrepsValue Member(ISymbol member, ITypeSymbol? type) =>
        _context.Annotations.Of(member) is { } stated ? stated : type is not null && FlowTypes.IsParameter(type) ? new Invariant() : IrrepsValue.Unknown;

    private IrrepsValue Property(IPropertyReferenceOperation property)
    {
        var instance = Type(property.Instance);
        foreach (var argument in property.Arguments)
        {
            Type(argument.Value);
        }

        if (instance is Group && property.Arguments is [{ Value: var index }])
        {
            return ArrayElement(instance, [index]);
        }

        if (instance is Group { Elements.Length: > 0 } all && property.Property.Name == nameof(IEnumerator<int>.Current))
        {
            return all.Elements.Aggregate(IrrepsValue.Join)!; // foreach: every element comes here
        }

        if (property.Property.Name == "shape" && FlowTypes.IsTensor(property.Instance?.Type) && instance is Known shaped)
        {
            return new Shape(shaped);
        }

        if (property.Instance is null || !FlowTypes.IsTensor(property.Instance.Type) || !FlowTypes.IsTensor(property.Type))
        {
            return Member(property.Property, property.Type);
        }

        // x[…], and x.T, x.mT.
        var x = Settle(instance);
        return (x, property.Property.IsIndexer) switch
        {
            (Known known, true) => TensorShapes.Index(
                _rules, known, [.. property.Arguments.SelectMany(a => TensorAxesReader.Elements(a.Value) ?? [a.Value])], property.Syntax),
            (_, false) when TensorOperations.Of(property.Property.Name) == Effect.Transpose => TensorRules.MovedAxis(property.Property.Name, x, property.Syntax),
            (Invariant or Nothing, _) => x,
            _ => IrrepsValue.Unknown,
        };
    }

    private IrrepsValue Conversion(IConversionOperation conversion)
    {
        var operand = Type(conversion.Operand);
        if (conversion.OperatorMethod is not { } method || !FlowTypes.IsTorch(method))
        {
            return conversion.OperatorMethod is { ContainingNamespace.Name: not "System" } ? IrrepsValue.Unknown : operand;
        }

        if (FlowTypes.IsTensor(conversion.Type))
        {
            return FlowTypes.IsTensor(conversion.Operand.Type) ? operand : TensorTyper.Number(conversion.Operand);
        }

        if (FlowTypes.IsTensor(conversion.Operand.Type))
        {
            TakeNumbers(operand, conversion.Syntax);
        }

        return IrrepsValue.Unknown;
    }

    private IrrepsValue Operator(BinaryOperatorKind kind, IOperation left, IOperation right, IOperation whole)
    {
        var (x, y) = ((left, Type(left)), (right, Type(right)));
        return kind switch
        {
            BinaryOperatorKind.Add => _tensors.Binary(Effect.Add, "+", x, y, whole.Syntax),
            BinaryOperatorKind.Subtract => _tensors.Binary(Effect.Add, "-", x, y, whole.Syntax),
            BinaryOperatorKind.Multiply => _tensors.Binary(Effect.Multiply, "*", x, y, whole.Syntax),
            BinaryOperatorKind.Divide => _tensors.Binary(Effect.Divide, "/", x, y, whole.Syntax),
            BinaryOperatorKind.GreaterThan => _tensors.Binary(Effect.Compare, ">", x, y, whole.Syntax),
            BinaryOperatorKind.GreaterThanOrEqual => _tensors.Binary(Effect.Compare, ">=", x, y, whole.Syntax),
            BinaryOperatorKind.LessThan => _tensors.Binary(Effect.Compare, "<", x, y, whole.Syntax),
            BinaryOperatorKind.LessThanOrEqual => _tensors.Binary(Effect.Compare, "<=", x, y, whole.Syntax),
            BinaryOperatorKind.Remainder => _tensors.Binary(Effect.Compare, "%", x, y, whole.Syntax),
            _ => x.Item2.IsInvariant && y.Item2.IsInvariant ? new Invariant() : IrrepsValue.Unknown,
        };
    }

    private IrrepsValue Assign(IOperation target, IrrepsValue value, IOperation source)
    {
        target = _flow.Captured.Resolve(target);
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                return Assign(declaration.Expression, value, source);
            case ILocalReferenceOperation local:
                Hold(local.Local, source);
                return Assign(local.Local, value);
            case IParameterReferenceOperation { Parameter: var parameter } when !Annotations.IsMember(parameter, _flow.Callers):
                if (parameter.RefKind is RefKind.Ref or RefKind.Out && _context.Annotations.Of(parameter) is { } declared)
                {
                    Check(FlowRules.Assignment, parameter.Name, declared, value, source);
                }

                return Assign(parameter, value);
            case IParameterReferenceOperation { Parameter: var captured } when _context.Annotations.Of(captured) is { } wanted:
                Check(FlowRules.Assignment, captured.Name, wanted, value, source);
                break;
            case IFieldReferenceOperation { Instance: { } tuple } element when element.Field.ContainingType.IsTupleType:
                Assign(tuple, IrrepsValue.Unknown, tuple);
                break;
            case IFieldReferenceOperation { Field: var field } when _context.Annotations.Of(field) is { } wanted:
                Check(FlowRules.Assignment, field.Name, wanted, value, source);
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: true } indexer } item when FlowTypes.IsTensor(indexer.ContainingType):
                AssignItem(item, value, source);
                break;
            case IPropertyReferenceOperation { Property: var property } when _context.Annotations.Of(property) is { } wanted:
                Check(FlowRules.Assignment, property.Name, wanted, value, source);
                break;
        }

        return value;
    }

    private IrrepsValue Assign(ISymbol variable, IrrepsValue value)
    {
        _state = _state.With(FlowState.Key(variable), value);
        return value;
    }

    /// <summary>x[…] = y: the columns must carry what is put there.</summary>
    private void AssignItem(IPropertyReferenceOperation item, IrrepsValue value, IOperation source)
    {
        Doubt(item.Syntax);
        switch (Property(item), value)
        {
            case (Known place, Known known) when place.Irreps != known.Irreps:
                Check(FlowRules.Assignment, ExpressionText.Of(item.Syntax), place, known, source);
                break;
            case (Known place, Invariant):
                _rules.AddConstant(place, source.Syntax);
                break;
        }
    }

    private IrrepsValue Deconstruct(IOperation target, IrrepsValue value, IOperation source)
    {
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (target is not ITupleOperation targets)
        {
            return Assign(target, value, source);
        }

        // All of the right side was evaluated before anything is assigned: (a, b) = (b, a) swaps.
        var values = value is Group group && group.Elements.Length == targets.Elements.Length ? group.Elements : [.. targets.Elements.Select(_ => IrrepsValue.Unknown)];
        var sources = FlowTypes.WithoutConversions(source) is ITupleOperation tuple ? tuple.Elements : [.. targets.Elements.Select(_ => source)];
        for (int i = 0; i < targets.Elements.Length; i++)
        {
            Deconstruct(targets.Elements[i], values[i], sources[i]);
        }

        return value;
    }

    private static IrrepsValue TupleElement(IrrepsValue tuple, IFieldSymbol field)
    {
        string name = (field.CorrespondingTupleField ?? field).Name;
        return tuple is Group { Elements: var elements } && name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number) && number <= elements.Length
            ? elements[number - 1]
            : IrrepsValue.Unknown;
    }

    /// <summary>An element of an array: the one at a constant index, or what all of them are.</summary>
    private static IrrepsValue ArrayElement(IrrepsValue array, IReadOnlyList<IOperation> indices)
    {
        if (array is not Group { Elements: { Length: > 0 } elements } || indices is not [var index])
        {
            return IrrepsValue.Unknown;
        }

        var position = FlowTypes.WithoutConversions(index);
        int? at = position is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? elements.Length - FlowTypes.Integer(hat.Operand) : FlowTypes.Integer(position);
        return at is null
            ? elements.Aggregate(IrrepsValue.Join) is { } any and not Conflict ? any : IrrepsValue.Unknown
            : at >= 0 && at < elements.Length ? elements[at.Value] : IrrepsValue.Unknown;
    }

    /// <summary>Compares what a place wants with what reaches it.</summary>
    private void Check(DiagnosticDescriptor rule, string place, Known wanted, IrrepsValue actual, IOperation source, bool isWeights = false)
    {
        string text = ExpressionText.Of(source.Syntax);
        switch (actual)
        {
            case Conflict conflict:
                Report(new Finding(FlowRules.Ambiguous, source.Syntax, [conflict.First.Origin, conflict.Second.Origin, wanted.Origin], text, conflict.First, conflict.Second, wanted));
                break;
            case Known known when known.Irreps != wanted.Irreps:
                Report(new Finding(rule, source.Syntax, [known.Origin, wanted.Origin], place, wanted, text, known, Difference.Describe(wanted.Irreps, known.Irreps)));
                break;
            case Known or Nothing:
            case Invariant when wanted.IsInvariant:
                break;
            case Misuse misuse:
                Report(misuse.Finding);
                break;
            case Unknown when isWeights && _purpose == FlowPurpose.Prove:
                _context.Assume($"'{text}'");
                break;
            default:
                Doubt(source.Syntax);
                break;
        }
    }

    /// <summary>Reports a misuse where it is one.</summary>
    private IrrepsValue Settle(IrrepsValue value)
    {
        if (value is not Misuse misuse)
        {
            return value;
        }

        Report(misuse.Finding);
        return IrrepsValue.Unknown;
    }

    /// <summary>Numbers taken out of a tensor: what becomes of them is not followed.</summary>
    private void TakeNumbers(IrrepsValue value, SyntaxNode at)
    {
        if (!value.IsInvariant)
        {
            Doubt(at);
        }
    }

    private void Report(Finding finding)
    {
        if (_purpose != FlowPurpose.Values)
        {
            _context.Report(finding);
        }
    }

    private void Doubt(SyntaxNode at)
    {
        if (_purpose == FlowPurpose.Prove)
        {
            _context.Doubt(at);
        }
    }
}

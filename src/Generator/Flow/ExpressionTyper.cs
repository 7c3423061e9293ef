using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>The irreps of every expression of a block, and what is wrong where a known value reaches a place that wants others. Reports only where it is given a report.</summary>
internal sealed class ExpressionTyper
{
    private readonly Annotations _annotations;
    private readonly bool _isChecked;
    private readonly Action<Diagnostic>? _report;
    private readonly CancellationToken _cancellation;
    private readonly TensorRules _rules;
    private FlowState _state = FlowState.Empty;
    private SyntaxNode? _trusted; // what AssumeIrreps is said of: its irreps are stated, whatever it does

    public ExpressionTyper(Annotations annotations, bool isChecked, Action<Diagnostic>? report, CancellationToken cancellation)
    {
        (_annotations, _isChecked, _report, _cancellation) = (annotations, isChecked, report, cancellation);
        _rules = new TensorRules(ReportRule);
    }

    /// <summary>Runs through a block.</summary>
    /// <returns>What is known at its end.</returns>
    public FlowState Visit(BasicBlock block, FlowState state, IMethodSymbol method)
    {
        _state = state;
        foreach (var operation in block.Operations)
        {
            Type(operation);
        }

        if (block.BranchValue is { } value)
        {
            var typed = Type(value);
            bool returns = block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return;
            if (returns && _annotations.Result(method) is { } wanted && !WellKnown.IsGenerated(method))
            {
                Check(FlowRules.Return, method.Name, wanted, typed, value);
            }
        }

        return _state;
    }

    private IrrepsValue Type(IOperation? operation)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case null:
                return IrrepsValue.Unknown;
            case IExpressionStatementOperation statement:
                return Type(statement.Operation);
            case IFlowCaptureOperation capture:
                _state = _state.With(FlowState.Key(capture.Id), Type(capture.Value));
                return IrrepsValue.Unknown;
            case IFlowCaptureReferenceOperation reference:
                return _state[FlowState.Key(reference.Id)] ?? IrrepsValue.Unknown;
            case ILocalReferenceOperation local:
                return _state[FlowState.Key(local.Local)] ?? IrrepsValue.Unknown;
            case IParameterReferenceOperation parameter:
                return _state[FlowState.Key(parameter.Parameter)] ?? _annotations.Of(parameter.Parameter) ?? IrrepsValue.Unknown;
            case IFieldReferenceOperation field:
                return _annotations.Of(field.Field) ?? IrrepsValue.Unknown;
            case IPropertyReferenceOperation property:
                return Property(property);
            case IConversionOperation conversion:
                return Type(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Type(parenthesized.Operand);
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment.Target, Type(assignment.Value), assignment.Value);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction.Target, deconstruction.Value);
            case ICompoundAssignmentOperation compound when IsTensor(compound.Target):
                return Assign(compound.Target, Binary(compound.OperatorKind, compound.Target, compound.Value, compound), compound);
            case IBinaryOperation binary when IsTensor(binary):
                return Binary(binary.OperatorKind, binary.LeftOperand, binary.RightOperand, binary);
            case IUnaryOperation unary:
                return Type(unary.Operand);
            case IInvocationOperation invocation:
                return Invoke(invocation);
            default:
                foreach (var child in operation.ChildOperations)
                {
                    Type(child);
                }

                return IrrepsValue.Unknown;
        }
    }

    private IrrepsValue Assign(IOperation target, IrrepsValue value, IOperation source)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                _state = _state.With(FlowState.Key(local.Local), value);
                break;
            case IParameterReferenceOperation parameter:
                _state = _state.With(FlowState.Key(parameter.Parameter), value);
                break;
            case IFlowCaptureReferenceOperation capture:
                _state = _state.With(FlowState.Key(capture.Id), value);
                break;
            case IFieldReferenceOperation { Field: var field } when _annotations.Of(field) is { } wanted:
                Check(FlowRules.Assignment, field.Name, wanted, value, source);
                break;
            case IPropertyReferenceOperation { Property: var property } when _annotations.Of(property) is { } wanted:
                Check(FlowRules.Assignment, property.Name, wanted, value, source);
                break;
        }

        return value;
    }

    private IrrepsValue Deconstruct(IOperation target, IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        if (target is IDeclarationExpressionOperation declaration)
        {
            target = declaration.Expression;
        }

        if (target is ITupleOperation targets)
        {
            // All of the right side is evaluated before anything is assigned: (a, b) = (b, a) swaps.
            var values = value is ITupleOperation tuple ? tuple.Elements.Select(Type).ToList() : [];
            for (int i = 0; i < targets.Elements.Length; i++)
            {
                var element = targets.Elements[i] is IDeclarationExpressionOperation inner ? inner.Expression : targets.Elements[i];
                Assign(element, i < values.Count ? values[i] : IrrepsValue.Unknown, value is ITupleOperation source ? source.Elements[i] : value);
            }
        }

        return IrrepsValue.Unknown;
    }

    private IrrepsValue Property(IPropertyReferenceOperation property)
    {
        if (_annotations.Of(property.Property) is { } stated)
        {
            return stated;
        }

        var instance = Type(property.Instance);
        if (!property.Property.IsIndexer || !instance.IsKnown || !IsTensor(property))
        {
            return IrrepsValue.Unknown;
        }

        // x[.., a..b]: columns of the last axis behind an ellipsis or other axes.
        var arguments = property.Arguments.SelectMany(Elements).ToList();
        return arguments.Count >= 2 && ColumnRange(arguments[arguments.Count - 1], instance.Irreps!.Dim) is { } range
            ? _rules.Columns(instance, range.Start, range.End, property.Syntax.GetLocation())
            : IrrepsValue.Unknown;
    }

    private IrrepsValue Binary(BinaryOperatorKind kind, IOperation left, IOperation right, IOperation whole)
    {
        var (x, y) = (Type(left), Type(right));
        return Arithmetic(
            kind switch
            {
                BinaryOperatorKind.Add or BinaryOperatorKind.Subtract => Effect.Add,
                BinaryOperatorKind.Multiply => Effect.Multiply,
                BinaryOperatorKind.Divide => Effect.Divide,
                _ => null,
            },
            kind switch { BinaryOperatorKind.Add => "+", BinaryOperatorKind.Subtract => "-", BinaryOperatorKind.Multiply => "*", BinaryOperatorKind.Divide => "/", _ => kind.ToString() },
            (left, x),
            (right, y),
            whole.Syntax.GetLocation());
    }

    private IrrepsValue Arithmetic(Effect? effect, string name, (IOperation Operation, IrrepsValue Value) left, (IOperation Operation, IrrepsValue Value) right, Location location)
    {
        if (!_isChecked)
        {
            return IrrepsValue.Unknown;
        }

        bool leftNumber = !IsTensor(left.Operation), rightNumber = !IsTensor(right.Operation);
        var (x, y) = (left.Value, right.Value);
        return effect switch
        {
            Effect.Add when rightNumber => _rules.AddConstant(x, location),
            Effect.Add when leftNumber => _rules.AddConstant(y, location),
            Effect.Add => _rules.Add(name, x, y, location),
            Effect.Multiply when rightNumber => x,
            Effect.Multiply when leftNumber => y,
            Effect.Multiply => _rules.Multiply(name, x, y, location),
            Effect.Divide when rightNumber => x,
            Effect.Divide when leftNumber => _rules.Pointwise(Effect.Neither, name, y, location),
            Effect.Divide => _rules.Multiply(name, x, y, location),
            _ => IrrepsValue.Unknown,
        };
    }

    private IrrepsValue Invoke(IInvocationOperation invocation)
    {
        var method = ModuleCall.Target(invocation);
        _trusted = IsAssumption(method) ? invocation.Arguments[0].Value.Syntax : _trusted;
        var instance = Type(invocation.Instance);
        var values = new Dictionary<IArgumentOperation, IrrepsValue>();
        foreach (var argument in invocation.Arguments)
        {
            var value = Type(argument.Value);
            values[argument] = value;
            if (argument.Parameter is { Ordinal: var i } && i < method.Parameters.Length && _annotations.Of(method.Parameters[i]) is { } wanted)
            {
                Check(FlowRules.Argument, Owner(method), wanted, value, argument.Value);
            }

            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                Assign(argument.Value, IrrepsValue.Unknown, argument.Value);
            }
        }

        if (IsAssumption(method))
        {
            string? text = invocation.Arguments.Select(a => a.Value.ConstantValue).FirstOrDefault(c => c is { HasValue: true, Value: string }).Value as string;
            return text is not null && Irreps.TryParse(text, out var assumed, out _) ? IrrepsValue.Of(assumed, invocation.Syntax.GetLocation()) : IrrepsValue.Unknown;
        }

        if (_annotations.Result(method) is { } result)
        {
            return result with { Origin = invocation.Syntax.GetLocation() };
        }

        if (_isChecked && ModuleCall.TorchModule(invocation) is { } module && invocation.Arguments.Length > 0)
        {
            return ModuleCall.Apply(_rules, module, values[invocation.Arguments[0]], invocation.Syntax.GetLocation());
        }

        return TensorCall.IsTorch(method) && (IsTensor(invocation) || TensorCall.ReturnsTensors(method)) ? Torch(invocation, instance, values) : IrrepsValue.Unknown;
    }

    private IrrepsValue Torch(IInvocationOperation invocation, IrrepsValue instance, Dictionary<IArgumentOperation, IrrepsValue> values)
    {
        if (!_isChecked)
        {
            return IrrepsValue.Unknown;
        }

        var call = new TensorCall(invocation, instance, values);
        var location = invocation.Syntax.GetLocation();
        switch (TensorOperations.Of(call.Name))
        {
            case Effect.Keep:
                return call.X;
            case Effect.Odd or Effect.Even or Effect.Neither or Effect.Mask when call.X.IsKnown:
                return _rules.Pointwise(TensorOperations.Of(call.Name)!.Value, call.Name, call.X, location);
            case (Effect.Add or Effect.Multiply or Effect.Divide) and { } effect when call.Second is { } second:
                return Arithmetic(effect, call.Name, (call.First, call.X), (second.Value, values[second]), location);
            case Effect.AlongAxis when call.X.IsKnown:
                return call.Axis switch
                {
                    TensorAxis.Rows => call.X,
                    TensorAxis.Features => _rules.FeatureAxis(call.Name, call.X, location),
                    _ => _rules.CannotVerify(call.Name, call.X, location),
                };
            case Effect.Concatenate:
                return Concatenate(call, location);
            case Effect.Narrow when call.Axis == TensorAxis.Rows:
                return call.X;
            case Effect.Narrow when call.Axis == TensorAxis.Features && call.Integer("start") is { } start && call.Integer("length") is { } length:
                return _rules.Columns(call.X, start, start + length, location);
            case Effect.Slice when call.Axis == TensorAxis.Rows:
                return call.X;
            case Effect.Slice when call.Axis == TensorAxis.Features && call.Integer("start") is { } start && call.Integer("finish") is { } finish && call.Integer("step") is 1 or null:
                return _rules.Columns(call.X, start, finish, location);
            case Effect.Reshape when call.X.IsKnown:
                return call.KeepsLastAxis(call.X.Irreps!.Dim) ? call.X : _rules.CannotVerify(call.Name, call.X, location);
            default:
                return _rules.CannotVerify(call.Name, call.X, location);
        }
    }

    private IrrepsValue Concatenate(TensorCall call, Location location)
    {
        var values = call.Elements.Select(e => Type(e)).ToList();
        if (values.Count == 0 || !values.All(v => v.IsKnown))
        {
            return IrrepsValue.Unknown;
        }

        return call.Axis switch
        {
            TensorAxis.Features => IrrepsValue.Of(new Irreps(values.SelectMany(v => v.Irreps!)), location),
            TensorAxis.Rows => values.Aggregate((x, y) => _rules.Add(call.Name, x, y, location)),
            _ => IrrepsValue.Unknown,
        };
    }

    private void Check(DiagnosticDescriptor rule, string place, IrrepsValue wanted, IrrepsValue actual, IOperation source)
    {
        string text = Text(source);
        if (actual.IsConflict)
        {
            Report(FlowRules.Ambiguous, source.Syntax.GetLocation(), actual.Origin, text, actual.Irreps!, actual.Other!, wanted);
        }
        else if (actual.IsKnown && actual.Irreps != wanted.Irreps)
        {
            Report(rule, source.Syntax.GetLocation(), actual.Origin, place, wanted, text, actual, Difference.Describe(wanted.Irreps!, actual.Irreps!));
        }
    }

    private void ReportRule(DiagnosticDescriptor rule, Location location, object[] arguments)
    {
        bool isTrusted = rule == EquivarianceRules.CannotVerify || rule == EquivarianceRules.FeatureAxis;
        if (!isTrusted || location != _trusted?.GetLocation())
        {
            _report?.Invoke(Suggestion.Report(rule, location, arguments));
        }
    }

    private static bool IsAssumption(IMethodSymbol method) => method.Name == "AssumeIrreps" && method.ContainingNamespace?.ToDisplayString() == "E3Gen";

    private void Report(DiagnosticDescriptor rule, Location location, Location? origin, params object[] arguments) =>
        _report?.Invoke(Diagnostic.Create(rule, location, origin is null ? null : new[] { origin }, arguments));

    private static string Text(IOperation operation)
    {
        string text = operation.Syntax.ToString();
        return text.Length <= 40 ? text : text.Substring(0, 39) + "…";
    }

    private static string Owner(IMethodSymbol method) => method.Name == "forward" ? method.ContainingType.Name : method.Name;

    private static bool IsTensor(IOperation operation) => operation.Type is { } type && WellKnown.IsTensor(type);

    private static IEnumerable<IOperation> Elements(IArgumentOperation argument) => argument.Value switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        var value => [value],
    };

    /// <summary>The columns of a range a..b or TensorIndex.Slice(a, b) with constant ends.</summary>
    private static (int Start, int End)? ColumnRange(IOperation operation, int columns)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        int? End(IOperation? end, int fallback)
        {
            while (end is IConversionOperation conversion)
            {
                end = conversion.Operand;
            }

            return end switch
            {
                null => fallback,
                IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat => End(hat.Operand, 0) is { } fromEnd ? columns - fromEnd : null,
                _ => end.ConstantValue is { HasValue: true, Value: int value } ? value : null,
            };
        }

        return operation is IRangeOperation range && End(range.LeftOperand, 0) is { } start && End(range.RightOperand, columns) is { } finish ? (start, finish) : null;
    }
}

using E3Gen.Generator.Flow;
using E3Gen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>Where irreps are known from: a parameter of a method (its position), or its result (null).</summary>
internal sealed record Place(IMethodSymbol Method, int? Parameter, OperationModel? Operation, Irreps Irreps);

/// <summary>What in a method body goes straight from a parameter into a call with known irreps, or straight out of such a call to the caller.</summary>
internal sealed class DirectFlow
{
    private readonly List<IOperation> _operations;
    private readonly HashSet<ISymbol> _assigned;
    private readonly Annotations _annotations;

    public DirectFlow(IOperation body, Annotations annotations)
    {
        _operations = [.. body.Descendants()];
        _annotations = annotations;
        var targets = _operations.OfType<IAssignmentOperation>().SelectMany(a => a.Target.DescendantsAndSelf()).Select(Variable).Where(v => v is not null);
        _assigned = new HashSet<ISymbol>(targets!, SymbolEqualityComparer.Default);
    }

    /// <summary>What the parameter goes into; null where that is nothing known, several things that differ, or no longer the parameter's first value.</summary>
    public Place? Into(IParameterSymbol parameter)
    {
        var places = new List<Place>();
        foreach (var argument in _operations.OfType<IArgumentOperation>())
        {
            if (Unwrap(argument.Value) is IParameterReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
                && argument is { Parent: IInvocationOperation call, Parameter.Ordinal: var position }
                && ModuleCall.Target(call) is var target
                && position < target.Parameters.Length
                && _annotations.Of(target.Parameters[position])?.Irreps is { } irreps)
            {
                places.Add(new Place(target, position, _annotations.Operation(target), irreps));
            }
        }

        return _assigned.Contains(parameter) ? null : Agreed(places);
    }

    /// <summary>What every return statement of the method itself returns.</summary>
    public Place? Returned()
    {
        var places = new List<Place>();
        foreach (var value in _operations.OfType<IReturnOperation>().Where(IsOwn).Select(r => r.ReturnedValue))
        {
            if (value is null
                || Unwrap(value) is not IInvocationOperation call
                || ModuleCall.Target(call) is not { } target
                || _annotations.Result(target)?.Irreps is not { } irreps)
            {
                return null;
            }

            places.Add(new Place(target, null, _annotations.Operation(target), irreps));
        }

        return Agreed(places);
    }

    private static Place? Agreed(List<Place> places) => places.Select(p => p.Irreps).Distinct().Count() == 1 ? places[0] : null;

    /// <summary>The value behind conversions, calls that keep it (<c>.contiguous()</c>, <c>.MoveToOuterDisposeScope()</c>) and locals that are assigned once.</summary>
    private IOperation Unwrap(IOperation value) => value switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IParenthesizedOperation parenthesized => Unwrap(parenthesized.Operand),
        IInvocationOperation { Instance: { } instance, TargetMethod: var method } when TensorCall.IsTorch(method) && TensorOperations.Of(method.Name) == Effect.Keep => Unwrap(instance),
        ILocalReferenceOperation { Local: var local } when !_assigned.Contains(local) && Initial(local) is { } initial => Unwrap(initial),
        _ => value,
    };

    private IOperation? Initial(ILocalSymbol local) => _operations.OfType<IVariableDeclaratorOperation>()
        .FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local))?.Initializer?.Value;

    private static ISymbol? Variable(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsOwn(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return true;
    }
}

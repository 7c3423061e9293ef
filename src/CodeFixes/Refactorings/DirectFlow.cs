using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Torch;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.CodeFixes.Refactorings;

/// <summary>What in a method body goes straight from a parameter into a call with known irreps, or straight out of such a call to the caller.</summary>
internal sealed class DirectFlow
{
    private readonly List<IOperation> _operations;
    private readonly HashSet<ISymbol> _assigned;
    private readonly StatedContracts _contracts;

    public DirectFlow(IOperation body, StatedContracts contracts)
    {
        _operations = [.. body.Descendants()];
        _contracts = contracts;
        var targets = _operations.OfType<IAssignmentOperation>().SelectMany(a => a.Target.DescendantsAndSelf());
        _assigned = new HashSet<ISymbol>(targets.Select(Variable).Where(v => v is not null)!, SymbolEqualityComparer.Default);
    }

    /// <summary>What the parameter goes into; null where that is nothing known, several things that differ, or no longer the parameter's first value.</summary>
    public Place? Into(IParameterSymbol parameter)
    {
        var places = _operations.OfType<IArgumentOperation>()
            .Where(a => Same(Variable(Unwrap(a.Value)), parameter) && !_assigned.Contains(parameter))
            .Select(a => a is { Parent: IInvocationOperation call, Parameter.Ordinal: var position } ? PlaceOf(Target(call), position) : null);
        return Agreed([.. places.Where(p => p is not null)]);
    }

    /// <summary>What every return statement of the method itself returns; null where one returns something unknown, or two differ.</summary>
    public Place? Returned()
    {
        var places = _operations.OfType<IReturnOperation>()
            .Where(IsOwn)
            .Select(r => r.ReturnedValue is { } value && Unwrap(value) is IInvocationOperation call ? PlaceOf(Target(call), null) : null)
            .ToList();
        return places.Contains(null) ? null : Agreed(places);
    }

    private Place? PlaceOf(IMethodSymbol method, int? parameter)
    {
        var stated = parameter is not { } i ? _contracts.Result(method)
            : i < method.Parameters.Length && !(i == 2 && _contracts.Operation(method) is not null) ? _contracts.Of(method.Parameters[i]) : null;
        return stated?.Irreps is { } irreps ? new Place(method, parameter, _contracts.Operation(method), irreps) : null;
    }

    private static Place? Agreed(List<Place?> places) => places.Select(p => p!.Irreps).Distinct().Count() == 1 ? places[0] : null;

    /// <summary>The value behind conversions, calls that keep it (<c>.contiguous()</c>, <c>.MoveToOuterDisposeScope()</c>) and locals that are set once.</summary>
    private IOperation Unwrap(IOperation value)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default); // in code that is being typed a local may be defined by itself
        while (Behind(value, seen) is { } next)
        {
            value = next;
        }

        return value;
    }

    private IOperation? Behind(IOperation value, HashSet<ISymbol> seen) => value switch
    {
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        IInvocationOperation { Instance: { } instance, TargetMethod: var method } when Keeps(method) => instance,
        ILocalReferenceOperation { Local: var local } when !_assigned.Contains(local) && seen.Add(local) => Initial(local),
        _ => null,
    };

    private static bool Keeps(IMethodSymbol method) => FlowTypes.IsTorch(method) && OperationTable.RuleOf(OverloadName.Of(method)) == "same";

    private IOperation? Initial(ILocalSymbol local) =>
        _operations.OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => Same(d.Symbol, local))?.Initializer?.Value;

    private static IMethodSymbol Target(IInvocationOperation call) => ModuleCalls.Forward(call, call.Instance?.Type as INamedTypeSymbol) ?? call.TargetMethod;

    private static ISymbol? Variable(IOperation reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool Same(ISymbol? a, ISymbol? b) => SymbolEqualityComparer.Default.Equals(a, b);

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

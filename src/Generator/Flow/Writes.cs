using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Which variables an operation writes.</summary>
internal static class Writes
{
    /// <summary>Locals and parameters that this operation itself (not its operands) gives another value or another content.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="captured">Targets that were captured before; needed in control-flow graphs only.</param>
    public static IEnumerable<ISymbol> Of(IOperation operation, CapturedTargets? captured = null) => operation switch
    {
        IAssignmentOperation assignment => Targets(captured?.Resolve(assignment.Target) ?? assignment.Target),
        IIncrementOrDecrementOperation increment => Targets(increment.Target),
        IVariableDeclaratorOperation { Symbol: var local } declarator when declarator.GetVariableInitializer() is not null => [local],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Targets(argument.Value),
        IInvocationOperation { Instance: { } instance } invocation when TensorOperations.IsInPlace(invocation.TargetMethod) => Targets(captured?.Resolve(instance) ?? instance),
        IPatternOperation pattern when Declared(pattern) is { } local => [local],
        _ => [],
    };

    /// <summary>The variable that a pattern declares.</summary>
    public static ISymbol? Declared(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    };

    private static IEnumerable<ISymbol> Targets(IOperation target) => target switch
    {
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        IDeclarationExpressionOperation declaration => Targets(declaration.Expression),
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        IFieldReferenceOperation { Instance: { } instance } field when field.Field.ContainingType.IsTupleType => Targets(instance),
        _ => [],
    };
}

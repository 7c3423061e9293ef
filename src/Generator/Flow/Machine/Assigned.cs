using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Variables that code assigns.</summary>
internal static class Assigned
{
    /// <summary>
    /// What a lambda or local function may assign of its own and of the code around it, by itself and by the local functions that it calls.
    /// </summary>
    public static IEnumerable<ISymbol> By(Function function) =>
        function.Body is { } body ? Bodies(body).SelectMany(b => b.DescendantsAndSelf()).SelectMany(By) : [];

    /// <summary>What an operation assigns itself.</summary>
    public static IEnumerable<ISymbol> By(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Target.DescendantsAndSelf().SelectMany(Variable),
        IAssignmentOperation assignment => Variable(assignment.Target),
        IIncrementOrDecrementOperation increment => Variable(increment.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Variable(argument.Value),
        IInvocationOperation { Instance: { } receiver } call when Machine.HasRefReceiver(call.TargetMethod) => Variable(receiver),
        _ => [],
    };

    /// <summary>The variable that an expression is.</summary>
    public static IEnumerable<ISymbol> Variable(IOperation? expression) => expression switch
    {
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        IParenthesizedOperation parenthesized => Variable(parenthesized.Operand),
        IFieldReferenceOperation { Field.ContainingType.IsTupleType: true } element => Variable(element.Instance), // a part of a variable
        _ => [],
    };

    /// <summary>A body, and those of the local functions that it calls or passes on, directly or not.</summary>
    public static IReadOnlyCollection<IOperation> Bodies(IOperation body)
    {
        var found = new List<IOperation> { body };
        var root = body;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        for (int i = 0; i < found.Count; i++)
        {
            foreach (var called in found[i].Descendants().Select(Local).OfType<IMethodSymbol>())
            {
                var declared = root.Descendants().OfType<ILocalFunctionOperation>()
                    .FirstOrDefault(l => SymbolEqualityComparer.Default.Equals(l.Symbol, called.OriginalDefinition));
                if (declared?.Body is { } inner && !found.Contains(inner))
                {
                    found.Add(inner);
                }
            }
        }

        return found;
    }

    private static IMethodSymbol? Local(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } method } => method,
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } method } => method,
        _ => null,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// The variables of a method whose values cannot be followed, because they change where control flow does not show it: written in a lambda or local function that
/// captures them, reached through a reference, or arrays that other code can write to.
/// </summary>
internal sealed class Variables
{
    private readonly HashSet<ISymbol> _untracked = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _rewritten = new(SymbolEqualityComparer.Default);

    private bool _isTooDeep;

    public Variables(IOperation body) => Visit(body, null);

    public bool IsTracked(ISymbol variable) => !_isTooDeep && !_untracked.Contains(variable);

    /// <summary>Whether a variable keeps the value of its declaration.</summary>
    public bool IsConstant(ISymbol variable) => IsTracked(variable) && !_rewritten.Contains(variable);

    private void Visit(IOperation operation, IMethodSymbol? closure)
    {
        _isTooDeep |= !StackGuard.HasRoom();
        if (_isTooDeep)
        {
            return; // what is written deeper in is not known
        }

        closure = operation switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            ILocalFunctionOperation local => local.Symbol,
            _ => closure,
        };
        foreach (var variable in Writes.Of(operation))
        {
            if (closure is not null && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, closure))
            {
                _untracked.Add(variable);
            }

            if (!_written.Add(variable))
            {
                _rewritten.Add(variable);
            }
        }

        switch (operation)
        {
            case IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } declarator when declarator.GetVariableInitializer() is { } initializer:
                _untracked.Add(declarator.Symbol);
                Untrack(initializer);
                break;
            case ISimpleAssignmentOperation { IsRef: true } alias:
                Untrack(alias);
                break;
            case IAddressOfOperation address:
                Untrack(address);
                break;
            case ILocalReferenceOperation { Local: { Type: { IsTupleType: false, TypeKind: not TypeKind.Delegate } type } local } reference
                when !FlowTypes.IsTensor(type) && !OnlyRead(reference):
                _untracked.Add(local);
                break;
            case IParameterReferenceOperation { Parameter: { Type: IArrayTypeSymbol } array } reference when !OnlyRead(reference):
                _untracked.Add(array);
                break;
        }

        foreach (var child in operation.ChildOperations)
        {
            Visit(child, closure);
        }
    }

    private void Untrack(IOperation operation) =>
        _untracked.UnionWith(operation.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(l => (ISymbol)l.Local)
            .Concat(operation.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Select(p => p.Parameter)));

    /// <summary>Whether this use of an array lets nobody else write to it: element reads, Length, foreach, arguments of TorchSharp and Linq.</summary>
    private static bool OnlyRead(IOperation use) => use.Parent switch
    {
        IConversionOperation conversion => OnlyRead(conversion),
        IArrayElementReferenceOperation element => !IsTarget(element),
        IPropertyReferenceOperation property => !IsTarget(property),
        IForEachLoopOperation => true,
        IArgumentOperation { Parent: IInvocationOperation call } => FlowTypes.IsTorch(call.TargetMethod) || call.TargetMethod.ContainingType.Name == nameof(Enumerable),
        IAssignmentOperation assignment => assignment.Target == use,
        _ => false,
    };

    private static bool IsTarget(IOperation operation) => operation.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == operation,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        ITupleOperation tuple => IsTarget(tuple),
        _ => false,
    };
}

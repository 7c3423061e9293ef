using System.Collections.Immutable;
using E3Gen.Generator.Flow.Torch;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Methods that are not followed to their end: recursion, iterators, overrides, libraries. Other code may rely on a tensor that they
/// write to.
/// </summary>
internal sealed partial class Machine
{
    private readonly Dictionary<ISymbol, bool> _mayWrite = new(SymbolEqualityComparer.Default);

    /// <summary>Tensors that somebody else relies on, in calls that are not followed and may write to them.</summary>
    public List<Finding> Unseen { get; } = [];

    /// <summary>Notes a tensor that somebody else relies on, if code that is not followed may write to it.</summary>
    /// <param name="given">What the code gets.</param>
    /// <param name="at">Where.</param>
    /// <param name="method">What is called there; null where that is not known.</param>
    private void CheckUnseen(IEnumerable<Value> given, SyntaxNode at, IMethodSymbol? method)
    {
        bool isReliedOn = State.Reachable(given, intoModules: false)
            .Any(id => State.Objects.TryGetValue(id, out var content) && content is TensorValue { IsInvariant: false } tensor
                && (tensor.Memory.Contains(TensorValue.Outside) || State.Escaped.Contains(id)));
        if (isReliedOn && (method is null || MayWrite(method)))
        {
            Note(Unseen, Reasons.NotFollowed(
                at, "gives a tensor that others rely on to code that is not followed and may write to it", "pass a copy: .clone()"));
        }
    }

    /// <summary>Whether a method may write to tensors that it gets: it, what it calls, or what others may put in its place.</summary>
    private bool MayWrite(IMethodSymbol method)
    {
        if (!_mayWrite.TryGetValue(method.OriginalDefinition, out bool mayWrite))
        {
            _mayWrite[method.OriginalDefinition] = mayWrite = MayWrite(method, []);
        }

        return mayWrite;
    }

    private bool MayWrite(IMethodSymbol method, HashSet<ISymbol> seen)
    {
        if (!seen.Add(method.OriginalDefinition))
        {
            return false;
        }

        if (FlowTypes.IsTorch(method))
        {
            return FlowTypes.IsModule(method.ContainingType) || IsInPlace(method);
        }

        if (method.MethodKind != MethodKind.DelegateInvoke && (FlowTypes.IsFramework(method) || FlowTypes.IsRuntime(method)))
        {
            return false;
        }

        bool isReplaceable = (method.IsVirtual || method.IsOverride || method.IsAbstract) && !method.IsSealed
            && !method.ContainingType.IsSealed;
        return isReplaceable || Code(method) is not { } code || code.SelectMany(c => c.DescendantsAndSelf()).Any(o => o switch
        {
            IInvocationOperation { TargetMethod: var called } => MayWrite(called, seen),
            IMethodReferenceOperation { Method: var called } => MayWrite(called, seen),
            IObjectCreationOperation { Constructor: { } constructor } => MayWrite(constructor, seen),
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property: { SetMethod: { } setter } property } } =>
                FlowTypes.IsTensor(property.ContainingType) || MayWriteBy(property, setter, seen),
            IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } => MayWriteBy(property, getter, seen),
            IArgumentOperation { Parameter: { Name: "inplace" } parameter, ArgumentKind: not ArgumentKind.DefaultValue } =>
                FlowTypes.IsTorch(parameter.ContainingSymbol),
            _ => false,
        });
    }

    /// <summary>What runs when a method is called; null where its source is not here.</summary>
    private IEnumerable<IOperation>? Code(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Constructor, ContainingType: { DeclaringSyntaxReferences.Length: > 0 } type })
        {
            return _source.Body(method) is { } body ? [body] : null;
        }

        bool isDerived = type.BaseType is { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType };
        return isDerived && _source.Initializer(method) is null
            ? null // which constructor of the base class runs is not written
            : type.GetMembers().Where(m => !m.IsStatic).Select(_source.InitialValue)
                .Append(_source.Initializer(method)).Append(_source.Body(method)).OfType<IOperation>();
    }

    private bool MayWriteBy(IPropertySymbol property, IMethodSymbol accessor, HashSet<ISymbol> seen) =>
        !_source.IsAuto(property) && MayWrite(accessor, seen);

    private bool IsInPlace(IMethodSymbol method) => method.Parameters.Any(p => p.Name == "out")
        || (OperationTable.RuleOf(_source.NameOf(method)) is { } rule
            ? rule.EndsWith("!", StringComparison.Ordinal)
            : method.Name.EndsWith("_", StringComparison.Ordinal));
}

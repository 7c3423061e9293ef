using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Calls of modules: x.call(…) runs x.forward(…), whose annotations count; modules of TorchSharp do what its functions do.</summary>
internal static class ModuleCall
{
    public static bool IsModule(IInvocationOperation invocation) => invocation.TargetMethod.Name is "call" or "forward" && FlowTypes.IsModule(ModuleType(invocation));

    /// <summary>The method whose annotations count.</summary>
    public static IMethodSymbol Target(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (!IsModule(invocation))
        {
            return method;
        }

        for (var type = ModuleType(invocation); type is not null; type = type.BaseType)
        {
            foreach (var forward in type.GetMembers("forward").OfType<IMethodSymbol>())
            {
                if (forward.Parameters.Select(p => p.Type).SequenceEqual(method.Parameters.Select(p => p.Type), SymbolEqualityComparer.Default))
                {
                    return forward;
                }
            }
        }

        return method;
    }

    /// <summary>The type of the module that is called; of a type parameter, the class that it must derive from.</summary>
    private static ITypeSymbol? ModuleType(IInvocationOperation invocation) => invocation.Instance?.Type is ITypeParameterSymbol parameter
        ? parameter.ConstraintTypes.FirstOrDefault(t => t.TypeKind == TypeKind.Class)
        : invocation.Instance?.Type;

    /// <summary>What a module yields whose forward has no annotations.</summary>
    public static IrrepsValue Apply(TensorRules rules, IInvocationOperation invocation, IReadOnlyList<IrrepsValue> arguments)
    {
        var at = invocation.Syntax;
        var type = ModuleType(invocation)!;
        if (arguments.All(a => a.IsInvariant))
        {
            return new Invariant();
        }

        if (!(FlowTypes.IsTorch(Target(invocation)) || FlowTypes.IsRuntime(Target(invocation))) || arguments.Count == 0)
        {
            return IrrepsValue.Unknown; // the user's own
        }

        string name = type.Name;
        Effect? effect = null;
        for (var t = type; t is not null && effect is null; t = t.BaseType)
        {
            effect = TensorOperations.Of(t.Name);
        }

        return Apply(rules, name, effect, arguments, at);
    }

    /// <summary>What a function or module of TorchSharp yields that takes one tensor and no options.</summary>
    public static IrrepsValue Apply(TensorRules rules, string name, Effect? effect, IReadOnlyList<IrrepsValue> arguments, SyntaxNode at)
    {
        var x = arguments.FirstOrDefault() ?? IrrepsValue.Unknown;
        return effect switch
        {
            null => rules.CannotVerify(name, arguments, at),
            Effect.Keep => x,
            Effect.Odd or Effect.Even or Effect.Neither or Effect.Dropout => rules.Pointwise(effect.Value, name, x, at),
            Effect.Mix or Effect.Extreme => rules.MixColumns(name, x, at, effect == Effect.Mix ? "use [Linear], [LayerNorm] or [BatchNorm]" : "only even scalars may be mixed freely"),
            _ => rules.CannotVerify(name, arguments, at),
        };
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Calls of modules: TorchSharp's x.call(…) runs x.forward(…), as the class of x overrides it. A user's method named
/// forward or call that hides TorchSharp's is an ordinary method: TorchSharp never runs it.
/// </summary>
internal static class ModuleCalls
{
    /// <summary>
    /// The forward that a call of TorchSharp's runs, as a class or one that it derives from declares it; null for any other call.
    /// </summary>
    /// <param name="method">What is called.</param>
    /// <param name="type">The class of the module.</param>
    public static IMethodSymbol? Forward(IMethodSymbol method, INamedTypeSymbol? type) =>
        IsOfTorch(method) && type is not null && FlowTypes.IsModule(type) && Runs(method, type)
            ? Forward(type, [.. method.Parameters.Select(p => p.Type)])
            : null;

    public static IMethodSymbol? Forward(IInvocationOperation call, INamedTypeSymbol? type) => Forward(call.TargetMethod, type);

    /// <summary>Whether a method is TorchSharp's own call or forward.</summary>
    public static bool IsOfTorch(IMethodSymbol method) => method.Name is "call" or "forward" && FlowTypes.IsTorch(method);

    /// <summary>
    /// The method that TorchSharp runs as the forward of a class, with parameters of these types:
    /// the last override of its own, and nothing that hides it.
    /// </summary>
    public static IMethodSymbol? Forward(INamedTypeSymbol type, IReadOnlyList<ITypeSymbol> parameters)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            foreach (var forward in t.GetMembers("forward").OfType<IMethodSymbol>())
            {
                if (FlowTypes.IsTorch(Root(forward))
                    && forward.Parameters.Select(p => p.Type).SequenceEqual(parameters, SymbolEqualityComparer.Default))
                {
                    return forward;
                }
            }
        }

        return null;
    }

    /// <summary>The forward that TorchSharp's Sequential runs of a part; null where it is not known.</summary>
    public static IMethodSymbol? OfPart(INamedTypeSymbol type)
    {
        for (var t = type.BaseType; t is not null; t = t.BaseType)
        {
            if (t is { Name: "Module", TypeArguments: [_, _] } && FlowTypes.IsTorchSharps(t)
                && t.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault() is { } declared)
            {
                bool runs = type.AllInterfaces.Where(FlowTypes.IsTorchSharps).SelectMany(i => i.GetMembers("call")).OfType<IMethodSymbol>()
                    .All(c => Runs(c, type));
                return runs ? Forward(type, [.. declared.Parameters.Select(p => p.Type)]) : null;
            }
        }

        return null;
    }

    /// <summary>A class may implement TorchSharp's interfaces once more, by methods that hide TorchSharp's.</summary>
    private static bool Runs(IMethodSymbol method, INamedTypeSymbol type) => method.ContainingType.TypeKind != TypeKind.Interface
        || (type.TypeKind != TypeKind.Interface && type.FindImplementationForInterfaceMember(method) is { } implementation
            && FlowTypes.IsTorch(implementation));

    /// <summary>The method that declares what this one overrides.</summary>
    private static IMethodSymbol Root(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
        {
            method = overridden;
        }

        return method;
    }
}

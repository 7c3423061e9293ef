using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Calls of modules: x.call(…) runs x.forward(…), whose annotations count; TorchSharp's own modules do what their functions do.</summary>
internal static class ModuleCall
{
    // Modules that mix the entries of the last axis.
    private static readonly HashSet<string> Mixing =
        ["linear", "bilinear", "layernorm", "batchnorm1d", "groupnorm", "softmax", "logsoftmax", "softmin", "multiheadattention", "lstm", "gru", "rnn", "transformer"];

    /// <summary>The method whose annotations count.</summary>
    public static IMethodSymbol Target(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (method.Name is not ("call" or "forward"))
        {
            return method;
        }

        for (var type = invocation.Instance?.Type; type is not null; type = type.BaseType)
        {
            foreach (var forward in type.GetMembers("forward").OfType<IMethodSymbol>())
            {
                if (forward.Parameters.Length == method.Parameters.Length && !forward.IsAbstract)
                {
                    return forward;
                }
            }
        }

        return method;
    }

    /// <summary>Name of the TorchSharp module that is called, in lower case; null for anything else.</summary>
    public static string? TorchModule(IInvocationOperation invocation) =>
        invocation.TargetMethod.Name is "call" or "forward" && invocation.Instance?.Type is { ContainingNamespace: { Name: "Modules", ContainingNamespace.Name: "TorchSharp" } } type
            ? type.Name.ToLowerInvariant()
            : null;

    public static IrrepsValue Apply(TensorRules rules, string module, IrrepsValue x, Location location) => TensorOperations.Of(module) switch
    {
        (Effect.Odd or Effect.Even or Effect.Neither or Effect.Mask) and { } effect => rules.Pointwise(effect, module, x, location),
        _ when module == "identity" => x,
        _ when Mixing.Contains(module) => rules.FeatureAxis(module, x, location),
        _ => rules.CannotVerify(module, x, location),
    };
}

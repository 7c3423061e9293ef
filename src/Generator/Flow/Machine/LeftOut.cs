using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>Calls that the compiler omits, together with their arguments.</summary>
internal static class LeftOut
{
    /// <returns>
    /// true: always, since a partial method has no body. null: perhaps, as [Conditional] decides from one build to the next. false: never.
    /// </returns>
    public static bool? Is(IMethodSymbol method)
    {
        if (method is { IsPartialDefinition: true, PartialImplementationPart: null, ReturnsVoid: true })
        {
            return true;
        }

        for (var m = method; m is not null; m = m.OverriddenMethod)
        {
            if (m.GetAttributes().Any(a => a.AttributeClass?.Name == "ConditionalAttribute"))
            {
                return null;
            }
        }

        return false;
    }
}

using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Parsing;

/// <summary>Calls of AssumeIrreps, as syntax shows them.</summary>
internal static class Assumption
{
    public const string Method = "AssumeIrreps";

    public static bool IsCall(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == Method,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText == Method,
        SimpleNameSyntax name => name.Identifier.ValueText == Method,
        _ => false,
    };
}

using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G04xx: a value whose irreps are known reaches a place that requires others.</summary>
internal static class FlowRules
{
    public static readonly DiagnosticDescriptor Argument = Rule.Error(
        "E3G0401", "An argument has other irreps than the parameter", "'{0}' wants {1} but '{2}' is {3} here: {4}");

    public static readonly DiagnosticDescriptor Return = Rule.Error(
        "E3G0402", "A returned value has other irreps than declared", "'{0}' is declared to return {1} but '{2}' is {3} here: {4}");

    public static readonly DiagnosticDescriptor Assignment = Rule.Error(
        "E3G0403", "A member is assigned other irreps than declared", "'{0}' holds {1} but '{2}' is {3} here: {4}");

    public static readonly DiagnosticDescriptor Ambiguous = Rule.Error(
        "E3G0404", "A value has different irreps on different control-flow paths", "'{0}' is {1} or {2}, depending on the control-flow path taken to this point");

    public static readonly DiagnosticDescriptor Override = Rule.Error(
        "E3G0405", "An override declares other irreps than its base", "'{0}' declares {1} where the method it overrides declares {2}: {3}");
}

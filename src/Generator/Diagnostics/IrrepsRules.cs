using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G01xx: the grammar of irreps strings. <c>{0}</c> is always the parser's own sentence, which names the value and says what is allowed.</summary>
internal static class IrrepsRules
{
    public static readonly DiagnosticDescriptor Parity = Rule.Error("E3G0101", "An irrep needs a parity, 'e' or 'o'", "{0}");

    public static readonly DiagnosticDescriptor Multiplicity = Rule.Error("E3G0102", "A multiplicity is a whole number, zero or more", "{0}");

    public static readonly DiagnosticDescriptor DegreeOutOfRange = Rule.Error("E3G0103", "The degree l is out of range", "{0}");

    public static readonly DiagnosticDescriptor EmptyTerm = Rule.Error("E3G0104", "A term between '+' signs is empty", "{0}");

    public static readonly DiagnosticDescriptor UnexpectedText = Rule.Error("E3G0105", "This is not an irrep", "{0}");

    public static readonly DiagnosticDescriptor TooLarge = Rule.Error("E3G0106", "These irreps are too large", "{0}");

    public static readonly DiagnosticDescriptor UnknownReference = Rule.Error(
        "E3G0107", "'@' refers to an operation that does not exist", "There is no operation '{0}' in '{1}'; '@' can name {2}");

    public static readonly DiagnosticDescriptor CircularReference = Rule.Error(
        "E3G0108", "Operations refer to each other's irreps in a circle", "The irreps of '{0}' depend on themselves through '@{1}'; write one of them out");

    public static readonly DiagnosticDescriptor Missing = Rule.Error(
        "E3G0109", "Irreps are missing", "'{0}' needs irreps such as \"16x0e + 8x1o\" for '{1}', but has {2}");
}

using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>How every rule of E3Gen is described: an ID with a page of its own, a title, a message that names the values involved.</summary>
internal static class Rule
{
    private const string Help = "https://github.com/e3gen/e3gen/blob/main/docs/diagnostics/";

    public static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    /// <summary>An error that guards the promise: its severity cannot be lowered for a whole project.</summary>
    public static DiagnosticDescriptor Proof(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    public static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    public static DiagnosticDescriptor Info(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category(id), severity, isEnabledByDefault: true, helpLinkUri: $"{Help}{id}.md", customTags: tags);

    private static string Category(string id) => id.Substring(0, 5) switch
    {
        "E3G01" => "E3Gen.Irreps",
        "E3G02" => "E3Gen.SelectionRules",
        "E3G04" => "E3Gen.Flow",
        "E3G05" => "E3Gen.Equivariance",
        _ => "E3Gen.Declaration",
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Support;

/// <summary>
/// The compiler settings of a stranger's project. Whatever they are, generated code must bear them: no implicit usings, no unsafe code, all warnings on.
/// </summary>
/// <param name="Language">Version of C#.</param>
/// <param name="Nullable">Whether the user writes nullable annotations.</param>
/// <param name="Documentation">Whether documentation comments are parsed and checked.</param>
public sealed record ProjectSettings(
    LanguageVersion Language = LanguageVersion.CSharp14,
    NullableContextOptions Nullable = NullableContextOptions.Enable,
    DocumentationMode Documentation = DocumentationMode.Diagnose)
{
    public CSharpParseOptions ParseOptions => new(Language, Documentation);

    public CSharpCompilationOptions CompilationOptions => new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: Nullable,
        allowUnsafe: false,
        warningLevel: 9999,
        concurrentBuild: false,
        specificDiagnosticOptions: AsTheSdk);

    /// <summary>"Assuming assembly reference matches": every build of the .NET SDK leaves these two out.</summary>
    private static IEnumerable<KeyValuePair<string, ReportDiagnostic>> AsTheSdk => new[] { "CS1701", "CS1702" }.ToDictionary(id => id, _ => ReportDiagnostic.Suppress);
}

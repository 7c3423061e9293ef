using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Support;

/// <summary>Asserts that E3Gen says nothing about sources and that what it generates compiles without a single warning, whatever the project's settings.</summary>
public static class Accept
{
    private static readonly ProjectSettings[] Projects =
    [
        new(),
        new(Nullable: NullableContextOptions.Disable, Documentation: DocumentationMode.None),
        new(Language: LanguageVersion.CSharp12),
    ];

    /// <summary>Members of a module.</summary>
    public static void Members(string members) => Sources(Sample.Module(members));

    /// <summary>A whole file, usings aside.</summary>
    public static void Source(string source) => Sources(Sample.Usings + source);

    /// <summary>Whole files.</summary>
    public static void Sources(params string[] sources)
    {
        foreach (var project in Projects)
        {
            var compiled = TestCompiler.Compile(project, sources);
            var problems = compiled.Reported.Concat(compiled.Emit()).Select(d => $"{project.Language}, nullable {project.Nullable}: {d}\n    {Line(d)}").ToList();
            Assert.True(problems.Count == 0, string.Join("\n", problems));
            Assert.NotEmpty(compiled.Sources);
        }
    }

    private static string Line(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString().Trim() ?? "";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Rename;

namespace E3Gen.CodeFixes.Tests;

/// <summary>The ways that docs/light-bulbs.md names to rename an operation with what refers to it.</summary>
public class RenameTests
{
    private static string Two(string name, string reference, string inputs) => Sample.Module($$"""
            [Linear("8x0e", "8x0e")]
            private partial Tensor {{name}}(Tensor x);

            [Linear({{reference}}, "2x0e")]
            private partial Tensor Update(Tensor x);

            [return: Irreps({{reference}})]
            public Tensor forward([Irreps({{inputs}})] Tensor x) => {{name}}(x);
        """);

    [Theory]
    [InlineData("\"@\" + nameof(Convolve)", "$\"@{nameof(Convolve)}.Input\"", false)]
    [InlineData("$\"@{nameof(Convolve)}\"", "\"@\" + nameof(Convolve) + \".Input\"", false)]
    [InlineData("\"@Convolve\"", "\"@Convolve.Input\"", true)]
    public async Task An_operation_is_renamed_with_its_references(string reference, string inputs, bool inStrings)
    {
        string before = Two("Convolve", reference, inputs);
        var project = EditedProject.Create([before]);
        Assert.DoesNotContain(await EditedProject.AnalyzeAsync(project), d => d.Severity > DiagnosticSeverity.Info);

        var operation = (await project.GetCompilationAsync())!.GetTypeByMetadataName("Sample")!.GetMembers("Convolve").Single();
        var renamed = await Renamer.RenameSymbolAsync(project.Solution, operation, new SymbolRenameOptions(RenameInStrings: inStrings), "Gather");
        var changed = EditedProject.Create(EditedProject.Texts(renamed.GetProject(project.Id)!)); // read anew, as an editor does: Roslyn leaves the quotes in the new tokens' values
        Assert.Equal(before.Replace("Convolve", "Gather"), EditedProject.Texts(changed).Single());
        Assert.DoesNotContain(await EditedProject.AnalyzeAsync(changed), d => d.Severity > DiagnosticSeverity.Info);
        Assert.Equal([], await EditedProject.ErrorsAsync(changed));
    }

    [Fact]
    public void Hovering_is_not_open_to_us() =>
        Assert.False(typeof(Microsoft.CodeAnalysis.QuickInfo.QuickInfoService).Assembly.GetType("Microsoft.CodeAnalysis.QuickInfo.QuickInfoProvider", throwOnError: true)!.IsPublic);
}

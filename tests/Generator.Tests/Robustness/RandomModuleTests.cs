using E3Gen.Generator.Tests.Robustness.Random;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Tests.Robustness;

/// <summary>What holds for every module that anybody might write, right or wrong, tried on random ones.</summary>
public class RandomModuleTests
{
    private const int Size = 100;

    public static TheoryData<int> Batches => Sampling.Batches(usual: 5);

    /// <summary>What is right is accepted without a word against it, and compiles without a warning.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Right_modules_are_accepted(int batch) => Sampling.Check(RandomModules.Valid, batch, Size, compiled =>
    {
        Assert.Empty(compiled.Homeless);
        Each(compiled, m => compiled.IsAccepted(m) && !compiled.Generated(m).Any());
        AcceptedCompile(compiled);
    });

    /// <summary>What is wrong is reported in the file that the user wrote; generated code is never to blame.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Wrong_modules_are_rejected_where_they_are_wrong(int batch) => Sampling.Check(RandomModules.Broken, batch, Size, compiled =>
    {
        Assert.Empty(compiled.Homeless);
        Each(compiled, m => !compiled.Generated(m).Any() || compiled.Errors(m).Any());
        Each(compiled, m => compiled.IsAccepted(m) || compiled.Ours(m).Any(d => d.Severity == DiagnosticSeverity.Error) || compiled.Errors(m).Any(e => !IsConsequence(e)));
        AcceptedCompile(compiled);
    });

    /// <summary>Whether an error of the compiler's is there whenever nothing is generated for a class of ours, so that it does not say why.</summary>
    private static bool IsConsequence(Diagnostic error) => error.Id switch
    {
        "CS8795" or "CS0534" => true,
        "CS1729" or "CS7036" => error.Location.SourceTree!.GetRoot().FindNode(error.Location.SourceSpan) is ClassDeclarationSyntax { ParameterList: null, AttributeLists: var lists }
            && lists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is var name && (name.Contains("EquivariantModule") || name.Contains("MessagePassingNetwork"))),
        _ => false,
    };

    private static void Each(Batch batch, Func<int, bool> holds)
    {
        var failing = Enumerable.Range(0, batch.Modules.Count).Where(m => !holds(m)).ToList();
        Assert.True(failing.Count == 0, $"{failing.Count} modules fail. The shortest:\n{string.Concat(failing.OrderBy(m => batch.Modules[m].Text.Length).Take(3).Select(batch.Describe))}");
    }

    private static void AcceptedCompile(Batch batch)
    {
        using MemoryStream assembly = new(), documentation = new();
        var problems = batch.Accepted().Emit(assembly, xmlDocumentationStream: documentation).Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && batch.IsGenerated(d)));
        Assert.True(!problems.Any(), $"{string.Join("\n", problems)}\n{problems.FirstOrDefault()?.Location.SourceTree}");
    }
}

using Microsoft.CodeAnalysis;

namespace E3Gen.Flow.Tests.Planted;

/// <summary>Every mistake is planted into its own copy of the modules; all copies are analysed at once, each in its own namespace.</summary>
public sealed class PlantedModules
{
    public const string Modules = "Planted/Sources/Interaction.cs";

    public PlantedModules()
    {
        string correct = FlowCompiler.Read(Modules);
        Compiled = FlowCompiler.Analyze([.. Mistakes.All.Select((m, i) => InNamespace(m.Plant(correct).Source, i))]);
    }

    public Compiled Compiled { get; }

    public IEnumerable<Diagnostic> Complaints(int mistake) => Compiled.Complaints.Where(d => d.Location.SourceTree?.FilePath == FlowCompiler.PathOf(mistake));

    public static string InNamespace(string source, int number) => source.Replace("namespace Planted;", $"namespace Planted{number:D3};");
}

public sealed class PlantedMistakeTests(PlantedModules planted) : IClassFixture<PlantedModules>
{
    public static IEnumerable<object[]> Numbers => Mistakes.All.Select((m, i) => new object[] { i, m.ToString() });

    [Fact]
    public void TheModulesAreCorrect()
    {
        var compiled = FlowCompiler.Compile(FlowCompiler.Read(PlantedModules.Modules));
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        Assert.Equal([], compiled.Complaints.Select(d => d.ToString()));
        Assert.Equal(["E3G0509", "E3G0509", "E3G0509"], compiled.Proven.Select(d => d.Id));
    }

    [Fact]
    public void ThereAreEnoughMistakes() => Assert.True(Mistakes.All.Count >= 60, $"{Mistakes.All.Count} mistakes");

    [Theory]
    [MemberData(nameof(Numbers))]
    public void IsReportedThereAndNowhereElse(int number, string name)
    {
        var mistake = Mistakes.All[number];
        var (source, start, length) = mistake.Plant(FlowCompiler.Read(PlantedModules.Modules));
        string expected = Describe(mistake.Id, source, start, length);
        int shift = "000".Length;
        var complaints = planted.Complaints(number).ToList();
        string actual = string.Join("\n", complaints.Select(d => Describe(d.Id, source, d.Location.SourceSpan.Start - shift, d.Location.SourceSpan.Length) + "   " + d.GetMessage()));
        Assert.True(complaints.Count == 1 && actual.StartsWith(expected + "   ", StringComparison.Ordinal), $"'{name}'\nExpected\n{expected}\nbut reported was\n{actual}");
        Assert.Contains(mistake.Message, complaints[0].GetMessage());
    }

    /// <summary>Otherwise somebody would have noticed without E3Gen. Declarations that nothing is generated for are refused by the compiler too.</summary>
    [Fact]
    public void TheCompilerSeesNone()
    {
        string correct = FlowCompiler.Read(PlantedModules.Modules);
        string[] refused = ["E3G0301", "E3G0302", "E3G0304", "E3G0305"];
        var compiled = FlowCompiler.Compile([.. Mistakes.All.Where(m => !refused.Contains(m.Id)).Select((m, i) => PlantedModules.InNamespace(m.Plant(correct).Source, i))]);
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
    }

    private static string Describe(string id, string source, int start, int length) => $"{id} at {start} '{source.Substring(start, length)}'";
}

using Microsoft.CodeAnalysis;

namespace E3Gen.Flow.Tests.Twins;

/// <summary>All twins, analysed at once.</summary>
public sealed class TwinModules
{
    public static IReadOnlyList<Twin> All { get; } = [.. Counting.Twins, .. Collecting.Twins, .. Constructing.Twins, .. Choosing.Twins];

    public Compiled Right { get; } = FlowCompiler.Analyze([.. All.Select((t, i) => t.Source(isRight: true, i))]);

    public Compiled Wrong { get; } = FlowCompiler.Analyze([.. All.Select((t, i) => t.Source(isRight: false, i))]);
}

/// <summary>Of two modules that look nearly the same, the one that is equivariant is proven, and the other is not.</summary>
public sealed class TwinTests(TwinModules modules) : IClassFixture<TwinModules>
{
    public static IEnumerable<object[]> Numbers => TwinModules.All.Select((t, i) => new object[] { i, t.ToString() });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void IsToldApart(int number, string name)
    {
        var said = Of(modules.Right, number).Select(d => d.ToString()).ToList();
        Assert.True(said is [var only] && only.Contains("E3G0509"), $"'{name}' is right, but\n{string.Join("\n", said)}");
        Assert.True(Of(modules.Wrong, number).Any(d => d.Severity == DiagnosticSeverity.Error), $"'{name}' is wrong, and nothing stops it");
    }

    [Fact]
    public void AllCompile() => Assert.Equal([], modules.Right.Errors.Concat(modules.Wrong.Errors).Select(d => d.ToString()));

    private static IEnumerable<Diagnostic> Of(Compiled compiled, int number) => compiled.Reported.Where(d => d.Location.SourceTree?.FilePath == FlowCompiler.PathOf(number));
}

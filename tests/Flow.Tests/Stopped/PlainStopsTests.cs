using Microsoft.CodeAnalysis;

namespace E3Gen.Flow.Tests.Stopped;

/// <summary>All of them are analysed at once: first what is to be stopped, then what is not.</summary>
public sealed class PlainModules
{
    internal static IReadOnlyList<Stop> All { get; } = [.. PlainStops.All, .. PlainTwins.All];

    public Compiled Compiled { get; } = FlowCompiler.Analyze(
        [.. All.Select((s, i) => StoppedModules.Whole(s, i).Source)], FlowCompiler.Analyze(["namespace Library;"]).Image());
}

public sealed class PlainStopsTests(PlainModules modules) : IClassFixture<PlainModules>
{
    public static IEnumerable<object[]> Stopped => PlainStops.All.Select((s, i) => new object[] { i, s.ToString() });

    public static IEnumerable<object[]> Proven => PlainTwins.All.Select((s, i) => new object[] { i + PlainStops.All.Count, s.Name });

    [Theory]
    [MemberData(nameof(Stopped))]
    public void IsNotProven(int number, string name)
    {
        var stop = PlainModules.All[number];
        var (source, places) = StoppedModules.Whole(stop, number);
        string expected = $"{stop.Id} '{places[0].Text}' at {places[0].Start}";
        var actual = Complaints(number, source);
        Assert.True(actual.Contains(expected), $"'{name}'\nExpected\n{expected}\nbut reported was\n{string.Join("\n", actual)}");
    }

    [Theory]
    [MemberData(nameof(Proven))]
    public void IsProven(int number, string name) =>
        Assert.True(Complaints(number, StoppedModules.Whole(PlainModules.All[number], number).Source) is [], name);

    private IReadOnlyList<string> Complaints(int number, string source) =>
    [
        .. modules.Compiled.Complaints.Where(d => d.Location.SourceTree?.FilePath == FlowCompiler.PathOf(number))
            .Select(d => $"{d.Id} '{source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}' at {d.Location.SourceSpan.Start}"),
    ];
}

namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Each piece of code stands in a module of its own; all are analysed at once.</summary>
public sealed class StoppedModules
{
    private const string Library = """
        using TorchSharp;

        namespace Library;

        public static class Functions
        {
            public static readonly torch.Tensor Scale = torch.ones(1);

            public static torch.Tensor Any(torch.Tensor x) => x;
        }
        """;

    public StoppedModules() =>
        Compiled = FlowCompiler.Analyze([.. Stops.All.Select((s, i) => Whole(s, i).Source)], FlowCompiler.Analyze([Library]).Image());

    public Compiled Compiled { get; }

    /// <summary>The source, and where the diagnostic must stand in it.</summary>
    public static (string Source, IReadOnlyList<(int Start, string Text)> Places) Whole(Stop stop, int number)
    {
        string marked = $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using E3Gen;
            using Library;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;

            namespace Stopped{{number:D3}};

            public class Base
            {
                public virtual Tensor Any(Tensor x) => x;
            }

            public sealed class Holder
            {
                public Tensor Value { get; set; } = torch.zeros(1, 20);
            }

            [EquivariantModule]
            public sealed partial class Sample : nn.Module<Tensor, Tensor>
            {
                private const string X = "8x0e + 4x1o";

                [return: Irreps(X)]
                public override Tensor forward([Irreps(X)] Tensor x) => Mix(x);

                [Linear(X, X)]
                private partial Tensor Mix(Tensor x);

                [Linear("4x0e + 2x1o", X)]
                private partial Tensor Grow(Tensor x);

                {{stop.Members}}
            }

            {{stop.Types}}
            """;
        string[] pieces = marked.Split(["[|", "|]"], StringSplitOptions.None); // every other one is marked
        var places = Enumerable.Range(0, pieces.Length / 2).Select(i => (string.Concat(pieces.Take((2 * i) + 1)).Length, pieces[(2 * i) + 1]));
        return (string.Concat(pieces), [.. places]);
    }
}

public sealed class StoppedTests(StoppedModules stopped) : IClassFixture<StoppedModules>
{
    public static IEnumerable<object[]> Numbers => Stops.All.Select((s, i) => new object[] { i, s.ToString() });

    /// <summary>Otherwise the compiler would stop it, and not what is tested. What the generator writes is missing here.</summary>
    [Fact]
    public void TheCompilerSeesNothing()
    {
        string[] missing = ["CS8795", "CS7036", "CS1729"];
        var errors = stopped.Compiled.Errors.Where(d => !missing.Contains(d.Id)).Select(d => d.ToString()).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    [Fact]
    public void EachHasItsOwnName() => Assert.Distinct(Stops.All.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void IsNotProven(int number, string name)
    {
        var stop = Stops.All[number];
        var (source, places) = StoppedModules.Whole(stop, number);
        var complaints = stopped.Compiled.Complaints.Where(d => d.Location.SourceTree?.FilePath == FlowCompiler.PathOf(number))
            .OrderBy(d => d.Location.SourceSpan.Start).ToList();
        string At(int start, string text) => $"{stop.Id} '{text}' at {start}";
        var expected = places.Select(p => At(p.Start, p.Text)).ToList();
        var actual = complaints.Select(d => $"{d.Id} '{source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}' at {d.Location.SourceSpan.Start}").ToList();
        string messages = string.Join("\n", complaints.Zip(actual, (d, place) => $"{place}   {d.GetMessage()}"));
        Assert.True(actual.SequenceEqual(expected), $"'{name}'\nExpected\n{string.Join("\n", expected)}\nbut reported was\n{messages}");
        Assert.All(complaints, d => Assert.Contains(stop.Message, d.GetMessage()));
    }
}
